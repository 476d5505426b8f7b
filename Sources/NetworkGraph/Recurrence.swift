/// A cell that is run along the steps of a sequence, each step with the state of the one before.
///
/// It reads `[steps, channels]`, and gives the state after each step, `[steps, units]`, or after
/// the last, `[units]`. The state before the first step is zero, or what further inputs say, `[units]`
/// each: an LSTM has a cell state beside. The last input, `[steps]`, may be a mask: where it is 0 the
/// state stays as it was, and nothing enters a nonlinearity.
public struct Recurrence: Sendable {
  /// What a step makes of its input x and of the last state; a function that is `nil` is the
  /// identity.
  public enum Cell: Hashable, Sendable {
    /// `h = f(W·x + U·h + b)` (Elman 1990).
    case simple(ActivationFunction?)
    /// A long short-term memory with a forget gate (Gers, Schmidhuber, Cummins 2000). Gates: input
    /// i, forget f, candidate c, output o.
    case lstm(activation: ActivationFunction?, gates: ActivationFunction?)
    /// A gated recurrent unit (Cho et al. 2014). Gates: update z, reset r, candidate h. The reset
    /// gate scales the state, or what the recurrent kernel makes of it.
    case gru(activation: ActivationFunction?, gates: ActivationFunction?, resetsProduct: Bool)
  }

  public let cell: Cell
  /// `[channels, gates · units]`, the gates side by side in the order in which `Cell` names them.
  public let kernel: Tensor
  /// `[units, gates · units]`.
  public let recurrentKernel: Tensor
  /// Added to the input's product.
  public let bias: [Float]?
  /// Added to the state's product.
  public let recurrentBias: [Float]?
  /// Whether the last step comes first.
  public let goesBackwards: Bool
  /// Whether outputs are given in the order in which the steps were *not* taken.
  public let flipsOutput: Bool
  public let returnsSequence: Bool
  /// Whether a masked step's output is zero, instead of the one before; before the first it is zero.
  public let zeroesMaskedSteps: Bool
  /// Whether the states before the first step are inputs, after the sequence.
  public let readsStates: Bool
  /// Whether the states after the last step follow the output, as rows: it is then
  /// `[steps or 1 + states, units]`.
  public let givesStates: Bool

  /// Creates a recurrence.
  ///
  /// - Precondition: The kernels are matrices of one width, the width of all gates; so are the
  ///   biases.
  public init(
    cell: Cell, kernel: Tensor, recurrentKernel: Tensor, bias: [Float]? = nil,
    recurrentBias: [Float]? = nil, goesBackwards: Bool = false, flipsOutput: Bool = false,
    returnsSequence: Bool = false, zeroesMaskedSteps: Bool = false, readsStates: Bool = false,
    givesStates: Bool = false
  ) {
    precondition(kernel.extents.count == 2 && recurrentKernel.extents.count == 2)
    let width = cell.gateCount * recurrentKernel.extents[0]
    precondition(kernel.extents[1] == width && recurrentKernel.extents[1] == width)
    precondition([bias, recurrentBias].allSatisfy { $0 == nil || $0?.count == width })
    self.cell = cell
    self.kernel = kernel
    self.recurrentKernel = recurrentKernel
    self.bias = bias
    self.recurrentBias = recurrentBias
    self.goesBackwards = goesBackwards
    self.flipsOutput = flipsOutput
    self.returnsSequence = returnsSequence
    self.zeroesMaskedSteps = zeroesMaskedSteps
    self.readsStates = readsStates
    self.givesStates = givesStates
  }

  /// The length of the state.
  public var units: Int { recurrentKernel.extents[0] }

  /// The inputs that are states, among all.
  public var stateInputs: Range<Int> { 1..<1 + (readsStates ? cell.stateCount : 0) }

  /// The rows of the output, if it has rows.
  public func outputRows(steps: Int) -> Int {
    (returnsSequence ? steps : 1) + (givesStates ? cell.stateCount : 0)
  }
}

extension Recurrence.Cell {
  /// The number of products that a step needs.
  public var gateCount: Int {
    switch self {
    case .simple: 1
    case .lstm: 4
    case .gru: 3
    }
  }

  /// The number of states that a step leaves to the next: the output, and the cell state of an LSTM.
  public var stateCount: Int { if case .lstm = self { 2 } else { 1 } }

  /// Where functions are applied in a step, in that order: the gates, and what else there is.
  ///
  /// The name is what follows the layer's in the name of a site; a simple cell has one function, as
  /// a dense layer has.
  public var parts: [(name: String?, function: ActivationFunction?)] {
    switch self {
    case .simple(let activation): [(nil, activation)]
    case .lstm(let activation, let gates):
      [
        ("gate_i", gates), ("gate_f", gates), ("gate_c", activation), ("gate_o", gates),
        ("cell", activation),
      ]
    case .gru(let activation, let gates, _):
      [("gate_z", gates), ("gate_r", gates), ("gate_h", activation)]
    }
  }

  /// A word for listings.
  var label: String {
    switch self {
    case .simple: "simple recurrence"
    case .lstm: "LSTM"
    case .gru: "GRU"
    }
  }
}
