import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Layers around layers")
struct KerasLayerWrappersTests {
  /// - Parameters:
  ///   - cell: More settings of the layer.
  ///   - own: Those of a backward layer of its own, if there is one.
  private func bidirectional(
    _ settings: String, cell: String = "", own: String? = nil
  ) -> TinyModel {
    func layer(_ more: String) -> String {
      #"""
      {"class_name": "GRU", "config": {"units": 2, "recurrent_activation": "sigmoid"\#(more)}}
      """#
    }
    let backward = own.map { #", "backward_layer": \#(layer($0))"# } ?? ""
    let weights: [TinyModel.Weight] = [0, 1000].flatMap { start in
      [
        TinyModel.Weight(name: "k\(start)", shape: [3, 6], start: start),
        TinyModel.Weight(name: "r\(start)", shape: [2, 6], start: start + 100),
        TinyModel.Weight(name: "b\(start)", shape: [2, 6], start: start + 200),
      ]
    }
    return TinyModel(
      "Bidirectional", #""layer": \#(layer(cell))\#(backward)\#(settings)"#, input: [5, 3],
      weights: weights)
  }

  private func cells(_ graph: Graph) -> [Recurrence] {
    graph.nodes.compactMap {
      if case .recurrence(let recurrence) = $0.operation { recurrence } else { nil }
    }
  }

  @Test("Both directions have their own weights and sites, and the backward one is turned round.")
  func directions() throws {
    let graph = try bidirectional("", cell: #", "return_sequences": true"#).graph()
    #expect(graph.outline == ["input 5×3", "GRU 5×2", "GRU 5×2", "concatenation 5×4"])
    #expect(
      graph.sites.map(\.name)
        == ["forward", "backward"].flatMap { direction in
          ["gate_z/sigmoid", "gate_r/sigmoid", "gate_h/tanh"].map { "layer/\(direction)/\($0)" }
        })
    let cells = cells(graph)
    #expect(cells.map(\.goesBackwards) == [false, true])
    #expect(cells.map(\.flipsOutput) == [false, true])
    #expect(cells.map(\.zeroesMaskedSteps) == [true, true])
    #expect(cells.map(\.kernel.values[0]) == [0, 1000])
    #expect(cells.map { $0.recurrentBias?[0] } == [200.75, 1200.75])
  }

  @Test("A layer of its own says which way the backward one goes.")
  func ownLayer() throws {
    let model = bidirectional(
      "", cell: #", "go_backwards": true, "zero_output_for_mask": true"#,
      own: #", "go_backwards": false"#)
    let cells = cells(try model.graph())
    #expect(cells.map(\.goesBackwards) == [true, false])
    #expect(cells.map(\.flipsOutput) == [false, true])
    #expect(cells.map(\.zeroesMaskedSteps) == [false, false])
  }

  @Test("Outputs are joined as merge_mode says.")
  func merging() throws {
    let labels = try ["concat", "sum", "mul", "ave"].map {
      try bidirectional(#", "merge_mode": "\#($0)""#).graph().outline.last
    }
    #expect(labels == ["concatenation 4", "add 2", "multiply 2", "average 2"])
    #expect(
      message { _ = try bidirectional(#", "merge_mode": null"#).graph() } == """
        layer 'layer' (Bidirectional) has merge_mode null, which Rangefinder does not support.
          Supported: concat, sum, mul, ave.
        """)
  }

  private func distributed(
    _ className: String, _ settings: String, input: [Int], weights: [TinyModel.Weight] = []
  ) throws -> Graph {
    try TinyModel(
      "TimeDistributed",
      #""layer": {"class_name": "\#(className)", "config": {\#(settings)}}"#, input: input,
      weights: weights
    ).graph()
  }

  @Test("A layer at each step is the layer with one axis more.")
  func steps() throws {
    let dense = try distributed(
      "Dense", #""units": 4, "activation": "relu""#, input: [5, 3],
      weights: [.init(name: "k", shape: [3, 4]), .init(name: "b", shape: [4])])
    #expect(dense.outline == ["input 5×3", "dense 5×4", "relu 5×4"])
    #expect(dense.sites.map(\.name) == ["layer/relu"])
    #expect(try distributed("Dropout", #""rate": 0.5"#, input: [5, 3]).outline == ["input 5×3"])
    #expect(try distributed("Flatten", "", input: [5, 3, 2]).outputExtents == [5, 6])
    let pooled = try distributed("GlobalAveragePooling2D", "", input: [5, 6, 4, 3])
    #expect(
      pooled.outline == ["input 5×6×4×3", "average pooling 5×1×1×3", "reshape 5×3"])
    let greatest = try distributed("MaxPooling2D", #""pool_size": [2, 2]"#, input: [5, 6, 4, 3])
    #expect(greatest.outline == ["input 5×6×4×3", "max pooling 5×3×2×3"])
    #expect(greatest.sites.map(\.name) == ["layer/max"])
    let convolution = try distributed(
      "Conv2D", #""filters": 2, "kernel_size": [3, 3], "use_bias": false"#, input: [5, 6, 4, 3],
      weights: [.init(name: "k", shape: [3, 3, 3, 2])])
    #expect(convolution.outline == ["input 5×6×4×3", "convolution 5×4×2×2"])
    let turned = try distributed("Permute", #""dims": [2, 1]"#, input: [5, 3, 2])
    #expect(turned.outputExtents == [5, 2, 3])
  }

  @Test("What cannot be done to all steps at once is refused.")
  func refusals() {
    #expect(
      message {
        _ = try distributed(
          "LSTM", #""units": 1, "recurrent_activation": "sigmoid""#, input: [5, 4, 3],
          weights: [
            .init(name: "k", shape: [3, 4]), .init(name: "r", shape: [1, 4]),
            .init(name: "b", shape: [4]),
          ])
      } == """
        layer 'layer' (TimeDistributed) has layer of class 'LSTM', which Rangefinder does not support.
          Supported: layers that treat each place alone, convolutions, pooling, and reshaping.
        """)
    #expect(
      message { _ = try distributed("Mystery", "", input: [5, 3]) }?
        .contains("layer 'layer' has class 'Mystery', which Rangefinder does not know.") == true)
    #expect(
      message { _ = try distributed("Dropout", "", input: [5]) }?
        .contains("steps that have axes of their own") == true)
  }
}
