import Foundation
import ModelImport
import NetworkGraph
import TestSupport

/// A network, and where Keras' word on it is kept.
struct ParityNetwork: Sendable {
  /// The name of the reference.
  let name: String

  /// Where the network's files are.
  let folder: URL?

  /// The file in the folder.
  let file: String

  /// A file in the folder that takes the place of the network's own architecture.
  var architecture: String?

  /// For classes of custom layers, the known class that computes the same.
  var aliases: [String: String] = [:]

  /// What takes the place of layers.
  var replacements: [String: String] = [:]

  /// The samples' shape where it is not that of the reference, which another layout was computed in.
  var sampleShape: [Int]?

  /// What a site's statistics may differ by, in standard deviations of the site: what float32 engines
  /// differ by.
  var tolerance = 1e-4

  /// What an output's values may differ by, where that is not 1e-5 of the largest, or of 1.
  var outputTolerance: Double?

  /// The folder and the file of the reference, read when it is needed.
  let reference: @Sendable () throws -> KerasReference

  /// Whether the network's file is there.
  var isHere: Bool {
    folder.map { FileManager.default.fileExists(atPath: $0.appending(path: file).path) } ?? false
  }

  /// Reads the network.
  func model() throws -> KerasModel {
    guard let folder else { throw CocoaError(.fileNoSuchFile) }
    return try KerasModel(
      reading: folder.appending(path: file).path,
      architecture: architecture.map { folder.appending(path: $0).path }, aliases: aliases,
      replacements: replacements.mapValues { try LayerReplacement(parsing: $0) })
  }
}
