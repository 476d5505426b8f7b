import Foundation
import TestSupport

extension Folders {
  private static let temporary: URL = {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "ModelImportTests-\(UUID().uuidString)")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    atexit { try? FileManager.default.removeItem(at: Folders.temporary) }
    return folder
  }()

  /// A path for a file that is removed when the tests end.
  static func temporaryPath(extension fileExtension: String) -> String {
    temporary.appending(path: "\(UUID().uuidString).\(fileExtension)").path
  }
}
