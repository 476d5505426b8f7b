import NetworkGraph
import Testing

@Suite struct RecurrenceTests {
  private func recurrence(
    _ cell: Recurrence.Cell, units: Int = 4, returnsSequence: Bool = false, states: Bool = false
  ) -> NetworkGraph.Operation {
    let width = cell.gateCount * units
    return .recurrence(
      Recurrence(
        cell: cell, kernel: zeros(3, width), recurrentKernel: zeros(units, width),
        bias: zeros(width).values.array, returnsSequence: returnsSequence, readsStates: states,
        givesStates: states))
  }

  /// The names and shapes of the sites of two uses of a layer.
  private func sites(_ cell: Recurrence.Cell) throws -> [String] {
    var graph = Graph(name: "cell")
    let input = graph.addInput(layer: "x", shape: try #require(Shape([6, 3])))
    let first = try graph.add(recurrence(cell), layer: "it", inputs: [input])
    let second = try graph.add(recurrence(cell), layer: "it", inputs: [input])
    #expect(graph.nodes[first].sites.count == graph.nodes[second].sites.count)
    #expect(graph.nodes[second].sites.upperBound == graph.sites.count)
    #expect(graph.sites.allSatisfy { $0.shape.extents == [6, 4] })
    #expect(graph.sites.allSatisfy { $0.name.hasPrefix($0.layer + "/") })
    return graph.sites.map(\.name)
  }

  @Test("Each gate of a cell is a site of its own, named after the layer.")
  func names() throws {
    let lstm = try sites(.lstm(activation: .tanh, gates: .sigmoid))
    #expect(
      lstm.prefix(5) == [
        "it/gate_i/sigmoid", "it/gate_f/sigmoid", "it/gate_c/tanh", "it/gate_o/sigmoid",
        "it/cell/tanh",
      ])
    #expect(lstm.suffix(5) == lstm.prefix(5).map { $0 + "#2" })
    let gru = try sites(.gru(activation: .tanh, gates: .sigmoid, resetsProduct: true))
    #expect(gru.prefix(3) == ["it/gate_z/sigmoid", "it/gate_r/sigmoid", "it/gate_h/tanh"])
    #expect(try sites(.simple(.relu)) == ["it/relu", "it/relu#2"])
  }

  @Test("The identity is no nonlinearity.")
  func identities() throws {
    #expect(try sites(.simple(nil)).isEmpty)
    #expect(
      try sites(.lstm(activation: nil, gates: .sigmoid)).prefix(3) == [
        "it/gate_i/sigmoid", "it/gate_f/sigmoid", "it/gate_o/sigmoid",
      ])
  }

  @Test("A cell gives its state once, or for each step.")
  func shapes() throws {
    let cell = Recurrence.Cell.simple(.tanh)
    #expect(try outputExtents(recurrence(cell), [6, 3]) == [4])
    #expect(try outputExtents(recurrence(cell, returnsSequence: true), [6, 3]) == [6, 4])
    #expect(try outputExtents(recurrence(cell), [6, 3], [6]) == [4])
    #expect(try outputExtents(.embedding(table: zeros(9, 2)), [6]) == [6, 2])
    #expect(try outputExtents(.mask(unless: 0), [6, 3]) == [6])
    let pooling = Operation.globalAveragePooling(keepsAxes: false)
    #expect(try outputExtents(pooling, [6, 3], [6]) == [3])
  }

  @Test("States are inputs before the mask, and rows after the output.")
  func states() throws {
    let lstm = Recurrence.Cell.lstm(activation: .tanh, gates: .sigmoid)
    let last = recurrence(lstm, states: true)
    let all = recurrence(lstm, returnsSequence: true, states: true)
    #expect(try outputExtents(last, [6, 3], [4], [4]) == [3, 4])
    #expect(try outputExtents(all, [6, 3], [4], [4], [6]) == [8, 4])
    #expect(try outputExtents(recurrence(.simple(nil), states: true), [6, 3], [4]) == [2, 4])
    #expect(try message(last, [6, 3], [4]).contains("It needs states of 4 units."))
    #expect(try message(last, [6, 3], [4], [5]).contains("It needs states of 4 units."))
    #expect(try message(last, [6, 3], [4], [4], [5]).contains("It needs a mask over the steps."))
  }

  @Test("Other inputs are refused with what is needed.")
  func refusals() throws {
    let lstm = recurrence(.lstm(activation: .tanh, gates: .sigmoid))
    #expect(
      try message(lstm, [6, 2]) == """
        layer 'it' (LSTM) cannot take 6×2.
          It needs steps of 3 channels. Check that the input has the size the network was trained on.
        """)
    #expect(try message(lstm, [2, 6, 3]).contains("It needs steps of 3 channels."))
    #expect(try message(lstm, [6, 3], [5]).contains("It needs a mask over the steps."))
    #expect(try message(.mask(unless: 0), [6]).contains("It needs places and the channels."))
    let pooling = Operation.globalAveragePooling(keepsAxes: false)
    #expect(try message(pooling, [6, 3], [3]).contains("It needs a mask over the spatial axes."))
  }

  @Test("A cell counts all its weights, and a label names its kind.")
  func listing() {
    let gru = Recurrence.Cell.gru(activation: .tanh, gates: .sigmoid, resetsProduct: false)
    #expect(recurrence(gru).parameterCount == 3 * 12 + 4 * 12 + 12)
    #expect(recurrence(gru).label == "GRU")
    #expect(recurrence(.simple(nil)).label == "simple recurrence")
    #expect(NetworkGraph.Operation.embedding(table: zeros(9, 2)).parameterCount == 18)
  }
}
