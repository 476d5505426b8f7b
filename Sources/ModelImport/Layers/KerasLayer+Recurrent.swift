import NetworkGraph

extension KerasLayer {
  /// The names under which versions of Keras give a recurrent layer its inputs.
  static let recurrentParameters = ["inputs", "sequence", "sequences", "initial_state"]

  static let recurrents: [KerasLayer] =
    [
      ("SimpleRNN", "a recurrent cell, whose activation is a nonlinearity"),
      ("LSTM", "a recurrent cell of four gates and a cell state, all of them nonlinearities"),
      ("GRU", "a recurrent cell of three gates, all of them nonlinearities"),
      ("RNN", "the recurrent cell that it holds"),
      ("CuDNNLSTM", "an LSTM, its weights in another order"),
      ("CuDNNGRU", "a GRU that resets the product, its weights in another order"),
    ].map { name, summary in
      KerasLayer(
        name, summary, parameters: recurrentParameters,
        weights: { try RecurrentSettings($0).weights },
        translateAll: { layer, graph in
          let (output, states) = try layer.addRecurrence(to: &graph)
          return [output] + states
        })
    }
}

/// The settings of a recurrent layer and of its cell, which only `RNN` keeps apart.
struct RecurrentSettings {
  enum Kind { case simple, lstm, gru }

  let layer: LayerSettings
  let cell: LayerSettings
  let kind: Kind
  /// Whether the weights are those of NVIDIA's library.
  let isCuDNN: Bool

  /// A layer that keeps its state from batch to batch is taken to be reset before each sample, so
  /// that samples do not depend on those before them.
  ///
  /// - Throws: `ModelImportError.unsupportedSetting` if an `RNN` holds another cell, or the layer has
  ///   the steps before the batch.
  init(_ layer: LayerSettings) throws {
    self.layer = layer
    cell = layer.className == "RNN" ? try layer.inner("cell") : layer
    isCuDNN = layer.className.hasPrefix("CuDNN")
    switch cell.className {
    case "SimpleRNN", "SimpleRNNCell": kind = .simple
    case "LSTM", "LSTMCell", "CuDNNLSTM": kind = .lstm
    case "GRU", "GRUCell", "CuDNNGRU": kind = .gru
    default:
      throw layer.unsupported(
        "cell", cell.className, supported: "SimpleRNNCell, LSTMCell, GRUCell")
    }
    if try layer.bool("time_major", default: false) {
      throw layer.unsupported("time_major", "true", supported: "false")
    }
  }

  /// A cell's weights, in Keras' order.
  ///
  /// Keras 1 kept a matrix for each gate, unless `consume_less` was "gpu".
  var weights: [KerasLayer.WeightSlot] {
    get throws {
      let hasBias = try isCuDNN || cell.bool("use_bias", default: true)
      let names = ["kernel", "recurrent_kernel"] + (hasBias ? ["bias"] : [])
      guard let gates = try separateGates else {
        return names.map { KerasLayer.WeightSlot(name: $0, owner: "cell") }
      }
      return gates.flatMap { gate in
        names.map { KerasLayer.WeightSlot(name: Self.name($0, ofGate: gate), owner: "cell") }
      }
    }
  }

  /// The gates in the order in which Keras 1 stored a matrix for each; `nil` if they are joined.
  fileprivate var separateGates: [String]? {
    get throws {
      guard kind != .simple, cell.value(["consume_less"]) != nil,
        try cell.string("consume_less") != "gpu"
      else { return nil }
      return kind == .lstm ? ["i", "c", "f", "o"] : ["z", "r", "h"]
    }
  }

  fileprivate static func name(_ weight: String, ofGate gate: String) -> String {
    "\(weight)_\(gate)"
  }

  /// The cell with its functions.
  ///
  /// - Parameter resetsProduct: Whether a GRU resets the product of the state.
  func cell(generation: Int, resetsProduct: Bool) throws -> Recurrence.Cell {
    let activation =
      cell.values["activation"] == nil
      ? .tanh : try function("activation", generation: generation)
    switch kind {
    case .simple: return .simple(activation)
    case .lstm: return .lstm(activation: activation, gates: try gates(generation: generation))
    case .gru:
      return .gru(
        activation: activation, gates: try gates(generation: generation),
        resetsProduct: resetsProduct)
    }
  }

  /// The function of the gates. It must be given: what Keras takes if it is not has changed.
  private func gates(generation: Int) throws -> ActivationFunction? {
    if isCuDNN { return .sigmoid }
    let names = ["recurrent_activation", "inner_activation"]
    guard let name = names.first(where: { cell.values[$0] != nil }) else {
      throw cell.invalid(names[0], nil, expected: "the name of a function")
    }
    return try function(name, generation: generation)
  }

  private func function(_ name: String, generation: Int) throws -> ActivationFunction? {
    let function = try cell.activationFunction(name, generation: generation)
    switch function {
    case .softmax, .logSoftmax, .prelu:
      throw cell.unsupported(
        name, function?.name ?? "", supported: "functions of one number, such as tanh")
    default: return function
    }
  }
}

extension LayerUse {
  /// Adds the layer's cell, run over the steps of the input.
  ///
  /// - Parameter flipsOutput: Whether the outputs are put in the opposite order.
  /// - Returns: The output, and the states after the last step if they are outputs too.
  func addRecurrence(
    flipsOutput: Bool = false, to graph: inout Graph
  ) throws -> (output: Int, states: [Int]) {
    let recurrent = try RecurrentSettings(settings)
    let stateCount = recurrent.kind == .lstm ? 2 : 1
    guard [1, 1 + stateCount].contains(inputs.count) else {
      throw ModelImportError.wrongInputCount(
        layer: settings.layer, className: settings.className, found: inputs.count,
        expected: "one, or \(1 + stateCount) with the initial state")
    }
    let input = inputs[0]
    let channels = graph.nodes[input].shape.channels
    let (kernels, biases, resetsProduct) = try weights(of: recurrent, channels: channels)
    let recurrence = Recurrence(
      cell: try recurrent.cell(generation: generation, resetsProduct: resetsProduct),
      kernel: kernels[0], recurrentKernel: kernels[1], bias: biases.first,
      recurrentBias: biases.count > 1 ? biases[1] : nil,
      goesBackwards: try settings.bool("go_backwards", default: false), flipsOutput: flipsOutput,
      returnsSequence: try settings.bool("return_sequences", default: false),
      zeroesMaskedSteps: try settings.bool("zero_output_for_mask", default: false),
      readsStates: inputs.count > 1, givesStates: try settings.bool("return_state", default: false))
    // Beside an initial state Keras 3 passes over a mask that the call does not name.
    let seesMask = generation < 3 || inputs.count == 1 || namesMasks
    let mask = (masks.first ?? nil).flatMap { seesMask ? $0 : nil }
    let node = try graph.add(
      .recurrence(recurrence), layer: settings.layer, inputs: inputs + (mask.map { [$0] } ?? []))
    guard recurrence.givesStates else { return (node, []) }
    let rows = graph.nodes[node].shape.extents[0]
    func take(_ range: Range<Int>, _ extents: [Int]) throws -> Int {
      let part = try add(
        .cropping([(range.lowerBound, rows - range.upperBound)]), after: node, to: &graph)
      return try reshape(part, to: extents, in: &graph)
    }
    let (steps, units) = (rows - stateCount, recurrence.units)
    return (
      try take(0..<steps, recurrence.returnsSequence ? [steps, units] : [units]),
      try (steps..<rows).map { try take($0..<$0 + 1, [units]) }
    )
  }

  /// The kernels, the biases, and whether a GRU resets the product, as the bias's shape says.
  private func weights(
    of recurrent: RecurrentSettings, channels: Int
  ) throws -> (kernels: [Tensor], biases: [[Float]], resetsProduct: Bool) {
    if try recurrent.separateGates != nil {
      return try joinedWeights(of: recurrent, channels: channels)
    }
    let units = try recurrent.cell.positive("units", "output_dim")
    let gates = recurrent.kind == .simple ? 1 : recurrent.kind == .lstm ? 4 : 3
    let width = gates * units
    var kernels = [
      try weight("kernel", extents: [channels, width]),
      try weight("recurrent_kernel", extents: [units, width]),
    ]
    if recurrent.isCuDNN {
      kernels = kernels.map { $0.withTransposedGates(units: units) }
      let bias = try weight("bias", extents: [2 * width]).values.array
      let halves = [Array(bias[..<width]), Array(bias[width...])]
      return (kernels, halves, recurrent.kind == .gru)
    }
    guard let bias = weights["bias"] else {
      return (kernels, [], try recurrent.cell.bool("reset_after", default: false))
    }
    guard recurrent.kind == .gru, bias.extents.count == 2 else {
      return (kernels, [try weight("bias", extents: [width]).values.array], false)
    }
    let values = try weight("bias", extents: [2, width]).values.array
    return (kernels, [Array(values[..<width]), Array(values[width...])], true)
  }
}

extension LayerUse {
  /// The weights of a layer that has a matrix for each gate, side by side in the cell's order.
  private func joinedWeights(
    of recurrent: RecurrentSettings, channels: Int
  ) throws -> (kernels: [Tensor], biases: [[Float]], resetsProduct: Bool) {
    let units = try recurrent.cell.positive("units", "output_dim")
    let gates = recurrent.kind == .lstm ? ["i", "f", "c", "o"] : ["z", "r", "h"]
    func join(_ name: String, _ extents: [Int]) throws -> [Tensor] {
      try gates.map { try weight(RecurrentSettings.name(name, ofGate: $0), extents: extents) }
    }
    let hasBias = weights[RecurrentSettings.name("bias", ofGate: gates[0])] != nil
    return (
      [
        try join("kernel", [channels, units]).joinedColumns,
        try join("recurrent_kernel", [units, units]).joinedColumns,
      ],
      hasBias ? [try join("bias", [units]).flatMap(\.values)] : [], false
    )
  }
}

extension [Tensor] {
  /// Matrices of the same extents side by side.
  fileprivate var joinedColumns: Tensor {
    let (rows, columns) = (self[0].extents[0], self[0].extents[1])
    let values = (0..<rows).flatMap { row in
      flatMap { $0.values[row * columns..<(row + 1) * columns] }
    }
    return Tensor(values, extents: [rows, count * columns])
  }
}

extension Tensor {
  /// A kernel of NVIDIA's library, which has the matrix of each gate transposed.
  fileprivate func withTransposedGates(units: Int) -> Tensor {
    let (rows, width) = (extents[0], extents[1])
    var result = values.array
    for row in 0..<rows {
      for column in 0..<width {
        // The gate's numbers in the order of its rows are those in the order of its columns.
        let (gate, unit) = column.quotientAndRemainder(dividingBy: units)
        let (sourceRow, sourceUnit) = (unit * rows + row).quotientAndRemainder(dividingBy: units)
        result[row * width + column] = values[sourceRow * width + gate * units + sourceUnit]
      }
    }
    return Tensor(result, extents: extents)
  }
}
