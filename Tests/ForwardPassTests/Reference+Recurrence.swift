import NetworkGraph

extension Reference {
  /// Runs a recurrent cell, one number after the other, as the formulas of the papers have it.
  ///
  /// - Returns: The output, and what enters each function of the cell that is not the identity,
  ///   `[steps, units]`, NaN where a step is masked.
  static func run(
    _ recurrence: Recurrence, _ inputs: [(shape: Shape, values: [Double])]
  ) -> (output: [Double], parts: [[Double]]) {
    let (steps, channels) = (inputs[0].shape.extents[0], inputs[0].shape.extents[1])
    let (units, cell) = (recurrence.units, recurrence.cell)
    let width = cell.gateCount * units
    func product(_ row: some Collection<Double>, _ matrix: Tensor, _ column: Int) -> Double {
      zip(row, 0...).reduce(0) { $0 + $1.0 * Double(matrix.values[$1.1 * width + column]) }
    }
    var parts = cell.parts.map { _ in [Double](repeating: .nan, count: steps * units) }
    let zeros = [Double](repeating: 0, count: units)
    let given = recurrence.readsStates ? inputs.dropFirst().map(\.values) : []
    var state = given.first ?? zeros
    var memory = given.dropFirst().first ?? zeros
    let mask = inputs.dropFirst(recurrence.stateInputs.upperBound).first?.values
    var outputs: [[Double]] = []
    for turn in 0..<steps {
      let step = recurrence.goesBackwards ? steps - 1 - turn : turn
      if mask?[step] == 0 {
        outputs.append(recurrence.zeroesMaskedSteps ? zeros : outputs.last ?? zeros)
        continue
      }
      let x = inputs[0].values[step * channels..<(step + 1) * channels]
      func outer(_ gate: Int, _ unit: Int) -> Double {
        let column = gate * units + unit
        return product(x, recurrence.kernel, column) + Double(recurrence.bias?[column] ?? 0)
      }
      func inner(_ gate: Int, _ unit: Int, _ state: [Double]) -> Double {
        let column = gate * units + unit
        return product(state, recurrence.recurrentKernel, column)
          + Double(recurrence.recurrentBias?[column] ?? 0)
      }
      /// Notes what enters a part, and applies its function.
      func enter(_ part: Int, _ preactivation: (Int) -> Double) -> [Double] {
        (0..<units).map { unit in
          let value = preactivation(unit)
          parts[part][step * units + unit] = value
          return cell.parts[part].function.map { activation($0, value) } ?? value
        }
      }
      switch cell {
      case .simple:
        state = enter(0) { outer(0, $0) + inner(0, $0, state) }
      case .lstm:
        let gates = (0..<4).map { gate in enter(gate) { outer(gate, $0) + inner(gate, $0, state) } }
        memory = (0..<units).map { gates[1][$0] * memory[$0] + gates[0][$0] * gates[2][$0] }
        let shown = enter(4) { memory[$0] }
        state = (0..<units).map { gates[3][$0] * shown[$0] }
      case .gru(_, _, let resetsProduct):
        let gates = (0..<2).map { gate in enter(gate) { outer(gate, $0) + inner(gate, $0, state) } }
        let reset = (0..<units).map { gates[1][$0] * state[$0] }
        let candidate = enter(2) {
          outer(2, $0)
            + (resetsProduct ? gates[1][$0] * inner(2, $0, state) : inner(2, $0, reset))
        }
        state = (0..<units).map { gates[0][$0] * state[$0] + (1 - gates[0][$0]) * candidate[$0] }
      }
      outputs.append(state)
    }
    let shown = zip(cell.parts, parts).compactMap { $0.function == nil ? nil : $1 }
    let ordered = recurrence.flipsOutput ? outputs.reversed() : outputs
    let states = recurrence.givesStates ? [state, memory].prefix(cell.stateCount) : []
    let rows = (recurrence.returnsSequence ? ordered : [outputs.last!]) + states
    return (rows.flatMap { $0 }, shown)
  }
}
