import FileSupport
import Glibc

extension ImageList {
  /// Lists the images in a folder and in its folders, sorted by the bytes of their paths.
  ///
  /// A file is an image if its name ends like one, or if it begins like one; hidden files are left
  /// out. If all images are in folders in the folder, those are the classes, sorted, with or
  /// without images. Links are followed, and every folder is entered once.
  ///
  /// - Throws: `SampleDataError.noImages`, `FileError.cannotRead`.
  init(folder: String) throws {
    let root = folder.hasSuffix("/") ? folder : folder + "/"
    var names: [String] = []
    var tops: [String] = []
    var entered: Set<FolderIdentity> = []
    var pending = [""]
    while let current = pending.popLast() {
      guard try entered.insert(FolderIdentity(root + current)).inserted else { continue }
      for name in try Self.visibleNames(in: root + current) {
        let path = current + name
        switch SampleFile.kind(of: root + path) {
        case .folder:
          pending.append(path + "/")
          if current.isEmpty { tops.append(name) }
        case .file:
          if try Self.isImage(root + path) { names.append(path) }
        case nil: break
        }
      }
    }
    guard !names.isEmpty else { throw SampleDataError.noImages(file: folder) }
    names = SampleNames.sorted(names)
    paths = names.map { root + $0 }
    let places = SampleNames.places(of: SampleNames.sorted(tops))
    let found = names.compactMap { name in
      name.firstIndex(of: "/").flatMap { places[String(name[..<$0])] }
    }
    classes = found.count == names.count ? found : nil
  }

  /// The endings of images, also of those that are not read: leaving them out without a word would
  /// change the samples.
  private static let endings = [
    ".jpg", ".jpeg", ".jpe", ".png", ".webp",
    ".bmp", ".gif", ".tif", ".tiff", ".jp2", ".avif", ".heic",
  ]

  /// Returns whether a file's name ends like an image's.
  static func hasImageEnding(_ path: String) -> Bool {
    let lowercased = path.lowercased()
    return endings.contains { lowercased.hasSuffix($0) }
  }

  private static func isImage(_ path: String) throws -> Bool {
    if hasImageEnding(path) { return true }
    return ImageFile.Format(try RandomAccessFile(path).bytes(at: 0, count: 12)) != nil
  }

  /// Returns the names in a folder that do not begin with a dot, sorted.
  private static func visibleNames(in folder: String) throws -> [String] {
    guard let stream = opendir(folder) else {
      throw FileError.cannotRead(file: folder, reason: String(cString: strerror(errno)))
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return SampleNames.sorted(names)
  }
}

/// What a folder is, under whatever name.
private struct FolderIdentity: Hashable {
  let device: UInt
  let number: UInt

  init(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw FileError.cannotRead(file: path, reason: String(cString: strerror(errno)))
    }
    device = UInt(status.st_dev)
    number = UInt(status.st_ino)
  }
}
