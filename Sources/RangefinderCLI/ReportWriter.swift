import ActivationProfiling
import FoundationEssentials
import RangeRecommendation
import Reporting

/// Writes a report's files into a folder.
struct ReportWriter {
  private let folder: String

  /// Creates the folder if it is not there, before any work starts.
  ///
  /// - Throws: `OutputError.cannotWrite`.
  init(folder: String) throws {
    self.folder = folder
    try OutputFile.createFolder(folder)
    _ = try OutputFile("\(folder)/index.html")
  }

  /// The page that a reader opens.
  var page: String { "\(folder)/index.html" }

  /// Writes all files of a report or a comparison, of which the page is the first, the page last.
  ///
  /// - Throws: `OutputError.cannotWrite`.
  func write(_ files: [ReportFiles.File]) throws {
    for file in files.reversed() {
      try OutputFile("\(folder)/\(file.name)").write(Data(file.bytes))
    }
  }
}
