import Foundation
import NetworkGraph
import TestSupport
import Testing

@testable import ModelImport

@Suite("Keras 3's .keras")
struct KerasArchiveTests {
  private let config = """
    {"module": "keras", "class_name": "Sequential", "config": {"name": "net", "layers": [
      {"module": "keras.layers", "class_name": "InputLayer",
        "config": {"name": "x", "batch_shape": [null, 3]}},
      {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d", "units": 2,
        "activation": "hard_sigmoid",
        "dtype": {"module": "keras", "class_name": "DTypePolicy", "config": {"name": "float32"}}}}
      ]}, "compile_config": {}}
    """
  private let metadata = #"{"keras_version": "3.3.3", "date_saved": "2024-05-18@21:24:51"}"#
  private let tree = TinyTree(objects: [
    .init(path: "layers/dense", layerName: "d", shapes: [[3, 2], [2]]),
    .init(path: "optimizer", shapes: [[7]]),
  ])

  private func archive(
    config: String? = nil, weights: [UInt8]? = nil, without member: String? = nil
  ) throws -> StoredZip {
    StoredZip(
      members: [
        .init("metadata.json", metadata.utf8), .init("config.json", (config ?? self.config).utf8),
        .init("model.weights.h5", try weights ?? tree.bytes()),
      ].filter { $0.name != member })
  }

  @Test("Architecture, version and weights are read, and the optimizer's are not.")
  func whole() throws {
    let model = try KerasModel(reading: try archive().write())
    #expect(model.kerasVersion == "3.3.3")
    #expect(model.parameterCount == 8)
    let names = try model.graph().nodes.map(\.operation.label)
    #expect(names == ["input", "dense", "hard_sigmoid_relu6"])
  }

  @Test("An architecture that is given takes the place of the archive's, which may have none.")
  func otherArchitecture() throws {
    let text = Folders.temporaryPath(extension: "json")
    try Data(config.replacing("hard_sigmoid", with: "tanh").utf8).write(to: URL(filePath: text))
    for archive in [try archive(), try archive(without: "config.json")] {
      let model = try KerasModel(reading: try archive.write(), architecture: text)
      #expect(try model.graph().nodes.map(\.operation.label) == ["input", "dense", "tanh"])
    }
  }

  @Test("A version that is missing or no text is no version.")
  func noVersion() throws {
    var archive = try archive(without: "metadata.json")
    #expect(try KerasModel(reading: try archive.write()).kerasVersion == nil)
    archive.members.append(.init("metadata.json", "[3]".utf8))
    #expect(try KerasModel(reading: try archive.write()).kerasVersion == nil)
  }

  @Test("A missing member is named.", arguments: ["config.json", "model.weights.h5"])
  func missingMember(name: String) throws {
    let archive = try archive(without: name)
    let path = try archive.write()
    #expect(
      message { _ = try KerasModel(reading: path) }
        == """
        '\(path)' is a zip archive, but not a Keras model: it has no '\(name)'.
          In it: \(archive.members.map(\.name).joined(separator: ", ")).
        """)
  }

  @Test("Weights that are not HDF5 are named with the archive.")
  func notHDF5() throws {
    let path = try archive(weights: Array("no weights".utf8)).write()
    let words: String? = message { _ = try KerasModel(reading: path) }
    #expect(words?.hasPrefix("'\(path):/model.weights.h5' is not an HDF5 file") == true)
  }

  @Test("An architecture that is not JSON is named with the archive.")
  func notJSON() throws {
    let path = try archive(config: "{").write()
    let words: String? = message { _ = try KerasModel(reading: path) }
    #expect(words?.hasPrefix("the architecture in '\(path)' is not JSON") == true)
  }

  @Test("An archive that is cut short is refused.")
  func truncated() throws {
    let bytes = try archive().bytes
    for count in [4, 100, bytes.count / 2, bytes.count - 1] {
      let path = Folders.temporaryPath(extension: "keras")
      try Data(bytes.prefix(count)).write(to: URL(filePath: path))
      #expect(
        message { _ = try KerasModel(reading: path) }
          == """
          '\(path)' is not a zip archive that can be read (it has no directory: it is cut short, or \
          no archive).
          """)
    }
  }

  @Test("A member that would unpack to far more than the archive is refused before it does.")
  func bomb() throws {
    let gigabyte = 1 << 30
    let packed = [UInt8](repeating: 0, count: 1000)
    var archive = try archive(without: "model.weights.h5")
    archive.members.append(.init("model.weights.h5", packed, claim: gigabyte))
    let path = try archive.write()
    let limit = archive.bytes.count + 536_870_912
    #expect(
      message { _ = try KerasModel(reading: path) }
        == """
        'model.weights.h5' in '\(path)' cannot be unpacked: it has \(gigabyte) bytes; at most \
        \(limit) are read.
        """)
    archive.members[1] = .init("config.json", packed, claim: gigabyte)
    let second = try archive.write()
    #expect(
      message { _ = try KerasModel(reading: second) }?.hasSuffix("at most 33554432 are read.")
        == true)
  }
}
