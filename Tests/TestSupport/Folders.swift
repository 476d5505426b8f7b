import Foundation

/// Folders beside the tests.
public enum Folders {
  /// The package.
  public static let package = URL(filePath: #filePath).resolvingSymlinksInPath()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The networks that are kept with the package.
  public static let samples = package.appending(path: "SampleModels")

  /// The names of the networks that are kept with the package.
  public static let sampleNames: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: samples.path)) ?? []
    return names.sorted().filter {
      FileManager.default.fileExists(atPath: samples.appending(path: "\($0)/model.h5").path)
    }
  }()

  /// Where `make networks` writes what is too big to be kept with the package.
  public static let made: URL =
    ProcessInfo.processInfo.environment["RANGEFINDER_NETWORKS"].map { URL(filePath: $0) }
    ?? package.appending(path: ".build/networks")

  /// The networks that others trained, which some checkouts have beside the package.
  public static let trained: URL? = {
    var folder = package
    while folder.path != "/" {
      let candidate = folder.appending(path: "shared/models")
      if FileManager.default.fileExists(atPath: candidate.path) { return candidate }
      folder.deleteLastPathComponent()
    }
    return nil
  }()
}
