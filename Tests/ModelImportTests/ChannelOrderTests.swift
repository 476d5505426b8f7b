import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Channels that come first")
struct ChannelOrderTests {
  /// A sequential model of layers with `data_format` channels_first where `CF` stands.
  private func graph(
    _ layers: [String], input: [Int], groups: [(name: String, weights: [TinyModel.Weight])] = []
  ) throws -> Graph {
    let shape = (["null"] + input.map(String.init)).joined(separator: ", ")
    let entries = layers.enumerated().map { index, text in
      let parts = text.split(separator: " ", maxSplits: 1)
      let more = parts.count > 1 ? ", " + parts[1] : ""
      let first = index == 0 ? #", "batch_input_shape": [\#(shape)]"# : ""
      return """
        {"class_name": "\(parts[0])", "config": {"name": "l\(index)"\(first)\(more)}}
        """.replacing("CF", with: #""data_format": "channels_first""#)
    }
    return try TinyModel(
      config: #"{"class_name": "Sequential", "config": [\#(entries.joined(separator: ", "))]}"#,
      groups: groups
    ).graph()
  }

  @Test("A network is turned once, stays so as long as its layers allow, and is turned back.")
  func turnedOnce() throws {
    let graph = try graph(
      [
        #"ZeroPadding2D "padding": 1, CF"#, "Dropout", #"Activation "activation": "relu""#,
        #"MaxPooling2D CF"#, #"UpSampling2D "size": 2, CF"#, "ReLU",
      ], input: [3, 6, 4])
    #expect(
      graph.outline == [
        "input 3×6×4", "permutation 6×4×3", "zero padding 8×6×3", "relu 8×6×3",
        "max pooling 4×3×3", "nearest upsampling 8×6×3", "relu 8×6×3", "permutation 3×8×6",
      ])
    // The channels of the statistics are the channels.
    #expect(graph.sites.allSatisfy { $0.shape.channels == 3 })
  }

  @Test("Flatten turns channels first, if its setting says so, and else keeps Keras' order.")
  func flatten() throws {
    let pool = "MaxPooling2D CF"
    #expect(
      try graph([pool, "Flatten CF"], input: [3, 6, 4]).outline.suffix(2) == [
        "max pooling 3×2×3", "reshape 18",
      ])
    #expect(
      try graph([pool, "Flatten"], input: [3, 6, 4]).outline.suffix(3) == [
        "max pooling 3×2×3", "permutation 3×3×2", "reshape 18",
      ])
    #expect(
      try graph([pool, #"Reshape "target_shape": [9, 2]"#], input: [3, 6, 4]).outline.suffix(2)
        == ["permutation 3×3×2", "reshape 9×2"])
  }

  @Test("A global pooling leaves the channels alone, and axes that it keeps where Keras has them.")
  func globalPooling() throws {
    #expect(
      try graph(["GlobalAveragePooling2D CF"], input: [3, 6, 4]).outputExtents == [3])
    #expect(
      try graph([#"GlobalMaxPooling2D "keepdims": true, CF"#], input: [3, 6, 4]).outputExtents
        == [3, 1, 1])
  }

  @Test("A batch normalisation of axis 1 has a scale for each channel.")
  func batchNormalization() throws {
    let graph = try graph(
      ["MaxPooling2D CF", #"BatchNormalization "axis": [1]"#, "ReLU"], input: [3, 6, 4],
      groups: [
        ("l1", ["gamma", "beta", "mean", "variance"].map { .init(name: $0, shape: [3], start: 1) })
      ])
    guard case .affine(let scale, _) = graph.nodes[3].operation else {
      throw ModelImportError.tooManyNodes(limit: 3)
    }
    #expect(scale.count == 3)
    #expect(graph.sites.last?.shape.extents == [3, 2, 3])
  }

  @Test("Slopes of a PReLU follow the places they belong to.")
  func slopes() throws {
    func slopes(_ settings: String, _ shape: [Int]) throws -> [Float] {
      let graph = try graph(
        ["MaxPooling2D CF", "PReLU \(settings)"], input: [2, 4, 2],
        groups: [("l1", [.init(name: "alpha", shape: shape)])])
      guard case .activation(.prelu(let slopes)) = graph.nodes[3].operation else { return [] }
      return slopes
    }
    #expect(try slopes(#""shared_axes": [2, 3]"#, [2, 1, 1]) == [0, 0.125])
    // [row, column, channel] from [channel, row, column].
    #expect(try slopes(#""shared_axes": null"#, [2, 2, 1]) == [0, 0.25, 0.125, 0.375])
  }

  @Test("A softmax without an axis is one over Keras' last axis; one of axis 1 is over channels.")
  func softmax() throws {
    let pool = "MaxPooling2D CF"
    #expect(
      try graph([pool, #"Activation "activation": "softmax""#], input: [3, 6, 4]).outline.suffix(4)
        == ["permutation 3×3×2", "softmax 3×3×2", "permutation 3×2×3", "permutation 3×3×2"])
    #expect(
      try graph([pool, #"Softmax "axis": 1"#], input: [3, 6, 4]).outline.suffix(2)
        == ["softmax 3×2×3", "permutation 3×3×2"])
  }

  @Test("A layer that is applied to each step has its channels turned inside the step.")
  func timeDistributed() throws {
    let graph = try graph(
      [
        #"TimeDistributed "layer": {"class_name": "MaxPooling2D", "config": {"name": "p", CF}}"#
      ], input: [5, 3, 6, 4])
    #expect(
      graph.outline == [
        "input 5×3×6×4", "permutation 5×6×4×3", "max pooling 5×3×2×3", "permutation 5×3×3×2",
      ])
  }
}
