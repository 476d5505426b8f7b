import HDF5Support
import Testing

@testable import ModelImport

@Suite("Keras 3's tree of weights")
struct WeightTreeTests {
  private let architecture = ArchitectureText(file: "m.json", text: "{}")

  @Test("Objects have their own weights in the order of their numbers, and their layers' names.")
  func objects() throws {
    let path = try TinyTree(objects: [
      .init(path: "layers/d", layerName: "first", shapes: (1...11).map { [$0] }),
      .init(path: "layers/rnn", layerName: "second"),
      .init(path: "layers/rnn/cell", shapes: [[2, 3]]), .init(path: "layers/empty"),
      .init(path: "optimizer", shapes: [[5]]), .init(path: "optimizer/x", shapes: [[5]]),
    ]).write()
    let file = try HDF5File(reading: path)
    #expect(WeightTree.isIn(file))
    let contents = try WeightTree(file).contents(architecture: architecture)
    #expect(contents.layout == .tree)
    #expect(contents.groups.map(\.name) == ["", "layers/d", "layers/rnn", "layers/rnn/cell"])
    #expect(contents.groups.map(\.layerName) == [nil, "first", "second", nil])
    #expect(contents.groups[1].weights.map(\.extents) == (1...11).map { [$0] })
    #expect(contents.groups[3].weights.map(\.name) == ["layers/rnn/cell/vars/0"])
  }

  @Test("A legacy file with a layer named 'vars' is a legacy file.")
  func legacy() throws {
    let path = try TinyModel(
      config: nil, groups: [("vars", [.init(name: "0", shape: [2])])]
    ).write()
    #expect(try !WeightTree.isIn(HDF5File(reading: path)))
  }

  @Test("Weights alone ask for an architecture.")
  func noArchitecture() throws {
    let path = try TinyTree(objects: [.init(path: "layers/d", shapes: [[1]])]).write()
    #expect(
      message { _ = try KerasModel(reading: path) }
        == """
        '\(path)' holds weights without an architecture (no 'model_config').
          Give the architecture too:  --architecture model.json
        """)
  }
}
