import NetworkGraph

extension Step {
  /// Runs a cell's bounds over all steps.
  ///
  /// - Returns: The bounds of the output, and for each site the range of what enters it in any step
  ///   that may not be masked.
  func recurrence(
    _ recurrence: Recurrence
  ) -> (output: Bounds, shown: [Int: ClosedRange<Double>]) {
    let (steps, channels) = (inputShape.extents[0], inputShape.channels)
    var cell = CellBounds(recurrence, step: self)
    var outputs = [Bounds](repeating: Bounds(zeros: recurrence.units), count: steps)
    var output = outputs[0]
    for turn in 0..<steps {
      let step = recurrence.goesBackwards ? steps - 1 - turn : turn
      let mask = inputs.dropFirst(recurrence.stateInputs.upperBound).first?[step] ?? 1...1
      let isMasked = mask == 0...0
      let mayBeMasked = mask.contains(0)
      if !isMasked {
        let row = step * channels..<(step + 1) * channels
        let before = (cell.state, cell.memory, output)
        cell.take(
          Bounds(lower: Array(first.lower[row]), upper: Array(first.upper[row])))
        output = cell.state
        if mayBeMasked {
          cell.state = cell.state.union(before.0)
          cell.memory = cell.memory.union(before.1)
          output = recurrence.zeroesMaskedSteps ? output : output.union(before.2)
        }
      }
      if recurrence.zeroesMaskedSteps && mayBeMasked {
        let zeros = Bounds(zeros: recurrence.units)
        output = isMasked ? zeros : output.union(zeros)
      }
      outputs[recurrence.flipsOutput ? steps - 1 - turn : turn] = output
      if !recurrence.returnsSequence && turn == steps - 1 { outputs = [output] }
    }
    if recurrence.givesStates {
      outputs += [cell.state, cell.memory].prefix(recurrence.cell.stateCount)
    }
    let all = Bounds(lower: outputs.flatMap(\.lower), upper: outputs.flatMap(\.upper))
    return (all, cell.shown)
  }
}

/// The bounds of a cell's state, step after step.
private struct CellBounds {
  var state: Bounds
  /// The cell state of an LSTM.
  var memory: Bounds
  /// For each site the range of what has entered it.
  private(set) var shown: [Int: ClosedRange<Double>] = [:]

  private let recurrence: Recurrence
  private let step: Step
  /// For each part of the cell the site, if it has a function.
  private let sites: [Int?]

  init(_ recurrence: Recurrence, step: Step) {
    self.recurrence = recurrence
    self.step = step
    let (zeros, first) = (Bounds(zeros: recurrence.units), step.inputs[recurrence.stateInputs])
    (state, memory) = (first.first ?? zeros, first.dropFirst().first ?? zeros)
    var next = step.node.sites.lowerBound
    sites = recurrence.cell.parts.map { _, function in
      guard function != nil else { return nil }
      defer { next += 1 }
      return next
    }
  }

  /// Takes one step.
  mutating func take(_ input: Bounds) {
    let projected = step.dense(input, recurrence.kernel, recurrence.bias)
    switch recurrence.cell {
    case .simple: state = pass(part: 0, sum(gate(0, projected), gate(0, product(state))))
    case .lstm:
      let recurrent = product(state)
      let gates = (0..<4).map { pass(part: $0, sum(gate($0, projected), gate($0, recurrent))) }
      memory = sum(products(gates[1], memory), products(gates[0], gates[2]))
      state = products(gates[3], pass(part: 4, memory))
    case .gru(_, _, let resetsProduct):
      let recurrent = product(state)
      let update = pass(part: 0, sum(gate(0, projected), gate(0, recurrent)))
      let reset = pass(part: 1, sum(gate(1, projected), gate(1, recurrent)))
      let inner =
        resetsProduct
        ? products(reset, gate(2, recurrent)) : gate(2, product(products(reset, state)))
      let candidate = pass(part: 2, sum(gate(2, projected), inner))
      state = mixed(update, state, candidate)
    }
  }

  private func product(_ state: Bounds) -> Bounds {
    step.dense(state, recurrence.recurrentKernel, recurrence.recurrentBias)
  }

  /// The numbers of one gate.
  private func gate(_ gate: Int, _ numbers: Bounds) -> Bounds {
    let units = gate * recurrence.units..<(gate + 1) * recurrence.units
    return Bounds(lower: Array(numbers.lower[units]), upper: Array(numbers.upper[units]))
  }

  /// Notes the bounds at a part of the cell, and applies its function.
  private mutating func pass(part: Int, _ bounds: Bounds) -> Bounds {
    guard let function = recurrence.cell.parts[part].function, let site = sites[part] else {
      return bounds
    }
    shown[site] = shown[site]?.hull(bounds.hull) ?? bounds.hull
    return step.activation(function, of: bounds, channels: recurrence.units)
  }

  private func sum(_ left: Bounds, _ right: Bounds) -> Bounds {
    combine(left, right) { ($0 + $1).rounded(2, $0.magnitude + $1.magnitude) }
  }

  private func products(_ left: Bounds, _ right: Bounds) -> Bounds {
    combine(left, right) { a, b in
      let product = a * b
      return product.rounded(1, product.magnitude)
    }
  }

  /// `z·a + (1 − z)·b`, which lies between a and b where z does between 0 and 1.
  private func mixed(_ share: Bounds, _ old: Bounds, _ new: Bounds) -> Bounds {
    var bounds = old
    bounds.update { index, a in
      let (z, b) = (share[index], new[index])
      let magnitude = a.magnitude * z.magnitude + b.magnitude * (1 + z.magnitude)
      let mixed = (z * a + ((1...1) + -z) * b).rounded(4, magnitude)
      let beyond = max(0, -z.lowerBound, z.upperBound - 1)
      let slack = beyond * (a.magnitude + b.magnitude)
      guard slack.isFinite, magnitude.isFinite else { return mixed }
      return mixed.narrowed(
        to: a.hull(b).widened(by: slack + Rounding.error(terms: 4, magnitude: magnitude)))
    }
    return bounds
  }

  private func combine(
    _ left: Bounds, _ right: Bounds,
    _ rule: (ClosedRange<Double>, ClosedRange<Double>) -> ClosedRange<Double>
  ) -> Bounds {
    var bounds = left
    bounds.update { index, range in rule(range, right[index]) }
    return bounds
  }
}
