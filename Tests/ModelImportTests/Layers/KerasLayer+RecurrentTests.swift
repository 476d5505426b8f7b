import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Recurrent layers")
struct KerasLayerRecurrentTests {
  /// The cell of a model of one layer.
  private func recurrence(_ model: TinyModel) throws -> Recurrence {
    let graph = try model.graph()
    guard case .recurrence(let recurrence) = graph.nodes[graph.outputs[0]].operation else {
      throw ModelImportError.cycle(layer: "no recurrence")
    }
    return recurrence
  }

  private func weights(_ gates: Int, bias: [Int]?) -> [TinyModel.Weight] {
    [
      .init(name: "kernel", shape: [3, 2 * gates]),
      .init(name: "recurrent_kernel", shape: [2, 2 * gates], start: 100),
    ] + (bias.map { [.init(name: "bias", shape: $0, start: 200)] } ?? [])
  }

  private func model(
    _ className: String, _ settings: String, gates: Int, bias: [Int]? = nil,
    version: String = "2.4.0"
  ) -> TinyModel {
    TinyModel(
      className, #""units": 2, \#(settings)"#, input: [5, 3],
      weights: weights(gates, bias: bias), version: version)
  }

  private let gates = #""activation": "tanh", "recurrent_activation": "hard_sigmoid""#

  @Test("Every gate is a site, in Keras' order.")
  func sites() throws {
    let lstm = try model("LSTM", gates, gates: 4, bias: [8]).graph()
    #expect(lstm.outline == ["input 5×3", "LSTM 2"])
    #expect(
      lstm.sites.map(\.name) == [
        "layer/gate_i/hard_sigmoid", "layer/gate_f/hard_sigmoid", "layer/gate_c/tanh",
        "layer/gate_o/hard_sigmoid", "layer/cell/tanh",
      ])
    let simple = try model("SimpleRNN", #""activation": "relu""#, gates: 1, bias: [2]).graph()
    #expect(simple.sites.map(\.name) == ["layer/relu"])
    let sequence = #""return_sequences": true, "# + gates
    #expect(try model("GRU", sequence, gates: 3, bias: [6]).graph().outputExtents == [5, 2])
  }

  @Test("Weights keep their order, and options are taken over.")
  func options() throws {
    let cell = try recurrence(
      model(
        "LSTM", #""go_backwards": true, "zero_output_for_mask": true, "# + gates, gates: 4,
        bias: [8]))
    #expect(cell.kernel.values[1] == 0.125)
    #expect(cell.recurrentKernel.values[0] == 100)
    #expect(cell.bias?[0] == 200)
    #expect(cell.recurrentBias == nil)
    #expect(cell.goesBackwards && cell.zeroesMaskedSteps)
    #expect(!cell.returnsSequence && !cell.flipsOutput)
  }

  @Test("The shape of a GRU's bias says what the reset gate scales; without one, the setting.")
  func resetAfter() throws {
    let before = try recurrence(model("GRU", gates, gates: 3, bias: [6]))
    let after = try recurrence(model("GRU", gates, gates: 3, bias: [2, 6]))
    let none = #""use_bias": false, "# + gates
    let unset = try recurrence(model("GRU", none, gates: 3))
    let set = try recurrence(model("GRU", #""reset_after": true, "# + none, gates: 3))
    let kinds = [before, after, unset, set].map { recurrence in
      if case .gru(_, _, let resetsProduct) = recurrence.cell { resetsProduct } else { false }
    }
    #expect(kinds == [false, true, false, true])
    #expect(after.bias?[0] == 200)
    #expect(after.recurrentBias?[0] == 200.75)
    #expect(before.recurrentBias == nil)
  }

  @Test("Keras' generation decides what a hard sigmoid is.")
  func hardSigmoid() throws {
    let names = try ["2.15.0", "3.3.3"].map {
      try model("GRU", gates, gates: 3, bias: [6], version: $0).graph().sites[0].name
    }
    #expect(names == ["layer/gate_z/hard_sigmoid", "layer/gate_z/hard_sigmoid_relu6"])
  }

  @Test("An RNN takes the settings of its cell.")
  func cells() throws {
    for (className, count) in [("SimpleRNNCell", 1), ("LSTMCell", 4), ("GRUCell", 3)] {
      let graph = try TinyModel(
        "RNN",
        #"""
        "return_sequences": true,
        "cell": {"class_name": "\#(className)", "config": {"units": 2, \#(gates)}}
        """#,
        input: [5, 3], weights: weights(count, bias: [2 * count])
      ).graph()
      #expect(graph.outputExtents == [5, 2])
    }
    let other = TinyModel(
      "RNN", #""cell": {"class_name": "StackedRNNCells", "config": {}}"#, input: [5, 3])
    #expect(
      message { _ = try other.graph() } == """
        layer 'layer' (RNN) has cell StackedRNNCells, which Rangefinder does not support.
          Supported: SimpleRNNCell, LSTMCell, GRUCell.
        """)
  }

  @Test("NVIDIA's weights are brought into Keras' order, as Keras does it.")
  func cuDNN() throws {
    let lstm = try recurrence(model("CuDNNLSTM", #""go_backwards": false"#, gates: 4, bias: [16]))
    // From _convert_rnn_weights of tf_keras 2.19.
    #expect(
      lstm.kernel.values.array == [
        0, 1.125, 0.25, 1.375, 0.5, 1.625, 0.75, 1.875, 0.125, 2, 0.375, 2.25, 0.625, 2.5, 0.875,
        2.75, 1, 2.125, 1.25, 2.375, 1.5, 2.625, 1.75, 2.875,
      ])
    #expect(
      lstm.recurrentKernel.values.map { $0 - 100 } == [
        0, 1, 0.25, 1.25, 0.5, 1.5, 0.75, 1.75, 0.125, 1.125, 0.375, 1.375, 0.625, 1.625, 0.875,
        1.875,
      ])
    #expect(lstm.cell == .lstm(activation: .tanh, gates: .sigmoid))
    let gru = try recurrence(model("CuDNNGRU", #""go_backwards": false"#, gates: 3, bias: [12]))
    #expect(gru.cell == .gru(activation: .tanh, gates: .sigmoid, resetsProduct: true))
    #expect(gru.recurrentBias?[0] == 200.75)
  }

  @Test("A layer that would keep its state starts each sample without one.")
  func stateful() throws {
    let kept = try model("LSTM", #""stateful": true, "# + gates, gates: 4, bias: [8]).graph()
    #expect(kept.outline == ["input 5×3", "LSTM 2"])
  }

  @Test("What would change the result is refused.")
  func refusals() {
    func fault(_ settings: String, _ className: String = "LSTM") -> String? {
      message { _ = try model(className, settings, gates: 4, bias: [8]).graph() }
    }
    #expect(fault(#""time_major": true, "# + gates)?.contains("time_major true") == true)
    #expect(
      fault(#""activation": "tanh""#) == """
        layer 'layer' (LSTM) has nothing as recurrent_activation; expected: the name of a function.
        """)
    #expect(
      fault(#""activation": "softmax", "recurrent_activation": "sigmoid""#) == """
        layer 'layer' (LSTM) has activation softmax, which Rangefinder does not support.
          Supported: functions of one number, such as tanh.
        """)
    #expect(fault(gates, "GRU")?.contains("stored kernel of shape [3, 8]") == true)
  }

  @Test(
    "Keras 1's matrix for each gate goes to that gate's place.",
    arguments: [
      ("LSTM", ["i", "c", "f", "o"], [0, 2, 1, 3]), ("GRU", ["z", "r", "h"], [0, 1, 2]),
    ])
  func separateGates(className: String, gates: [String], stored: [Int]) throws {
    let weights: [TinyModel.Weight] = gates.enumerated().flatMap { index, gate in
      let start = Float(1000 * index)
      return [
        TinyModel.Weight(name: "W_\(gate)", shape: [3, 2], start: start),
        TinyModel.Weight(name: "U_\(gate)", shape: [2, 2], start: start + 100),
        TinyModel.Weight(name: "b_\(gate)", shape: [2], start: start + 200),
      ]
    }
    let cell = try recurrence(
      TinyModel(
        className,
        #"""
        "output_dim": 2, "activation": "tanh", "inner_activation": "hard_sigmoid",
        "consume_less": "cpu"
        """#, input: [5, 3], weights: weights, version: "1.2.0"))
    for (gate, index) in stored.enumerated() {
      let start = Float(1000 * index)
      #expect(cell.kernel.values[2 * gate] == start)
      // The second row, [row, gate, unit].
      #expect(cell.kernel.values[2 * gates.count + 2 * gate + 1] == start + 3 / 8)
      #expect(cell.recurrentKernel.values[2 * gate + 1] == start + 100.125)
      #expect(cell.bias?[2 * gate + 1] == start + 200.125)
    }
    #expect(cell.recurrentBias == nil)
  }
}
