extension Operation {
  /// The shape of the output for inputs of the given shapes.
  ///
  /// - Throws: `GraphError.shapeMismatch` if the operation cannot take them.
  func outputShape(layer: String, inputs: [Shape]) throws -> Shape {
    guard let first = inputs.first else { preconditionFailure("an operation reads something") }
    func mismatch(_ expected: String) -> GraphError {
      .shapeMismatch(layer: layer, operation: label, inputs: inputs, expected: expected)
    }
    func require(_ condition: Bool, _ expected: @autoclosure () -> String) throws {
      guard condition else { throw mismatch(expected()) }
    }
    func shape(_ extents: [Int]) throws -> Shape {
      if let shape = Shape(extents), shape.count <= Shape.countLimit { return shape }
      throw mismatch(
        extents.contains { $0 < 1 }
          ? "an input that leaves a positive size, not \(extents)"
          : "an input that leaves at most \(Shape.countLimit) values, not \(extents)")
    }
    // Sums and products of two such numbers do not overflow.
    func bounded(_ number: Int) -> Int { min(number, Shape.countLimit) }
    func slide(_ window: Window, channels: Int) throws -> Shape {
      try require(
        first.rank == window.size.count + 1,
        "\(window.size.count) spatial axes and the channels")
      guard let extents = window.outputExtents(for: first.spatial) else {
        throw mismatch("at least the window \(window.size) along each axis")
      }
      return try shape(extents + [channels])
    }

    switch self {
    case .input: preconditionFailure("an input reads nothing")
    case .dense(let kernel, let bias):
      try require(
        first.rank >= 1 && first.channels == kernel.extents[0], "\(kernel.extents[0]) channels")
      try require(bias.map { $0.count == kernel.extents[1] } ?? true, "a bias a unit")
      return try shape(first.spatial + [kernel.extents[1]])
    case .convolution(let window, let groups, let kernel, let bias):
      let rank = window.size.count
      let (channels, filters) = (kernel.extents[rank] * groups, kernel.extents[rank + 1])
      try require(first.channels == channels, "\(channels) channels")
      try require(filters.isMultiple(of: groups), "filters that \(groups) groups share evenly")
      try require(bias.map { $0.count == filters } ?? true, "a bias a filter")
      return try slide(window, channels: filters)
    case .transposedConvolution(let window, let extents, let kernel, let bias):
      let rank = window.size.count
      let (filters, channels) = (kernel.extents[rank], kernel.extents[rank + 1])
      try require(first.rank == rank + 1, "\(rank) spatial axes and the channels")
      try require(first.channels == channels, "\(channels) channels")
      try require(bias.map { $0.count == filters } ?? true, "a bias a filter")
      try require(
        window.outputExtents(for: extents[...]) == Array(first.spatial),
        "what its window makes of \(extents)")
      return try shape(extents + [filters])
    case .matrixProduct(let transposed):
      try require(inputs.count == 2 && first.rank >= 2, "two inputs of two axes or more")
      let (rank, second) = (first.rank, inputs[1])
      try require(
        second.rank == rank && first.extents.dropLast(2) == second.extents.dropLast(2),
        "inputs that agree in all axes but the last two")
      let (inner, columns) = transposed ? (rank - 1, rank - 2) : (rank - 2, rank - 1)
      try require(
        first.channels == second.extents[inner],
        "a second input with \(first.channels) along axis \(inner)")
      return try shape(first.spatial + [second.extents[columns]])
    case .mean(let axes):
      try require(axes.allSatisfy(first.extents.indices.contains), "the axes \(axes)")
      return try shape(first.extents.enumerated().map { axes.contains($0.offset) ? 1 : $0.element })
    case .affine(let scale, let shift):
      try require(
        [1, first.channels, first.count].contains(scale.count) && shift.count == scale.count,
        "\(scale.count) channels or values")
      return first
    case .activation(.prelu(let slopes)):
      try require(
        [first.channels, first.count].contains(slopes.count), "\(slopes.count) channels or values")
      return first
    case .activation, .localSquareSum: return first
    case .maskedSoftmax:
      try require(first.rank >= 2, "rows and columns")
      for mask in inputs.dropFirst() {
        try require(
          mask.rank == first.rank
            && zip(mask.extents, first.extents).allSatisfy { $0 == $1 || $0 == 1 },
          "a mask that stretches over the first input")
      }
      return first
    case .maxPooling(let window), .averagePooling(let window):
      try require(window.dilations.allSatisfy { $0 == 1 }, "a window without dilation")
      return try slide(window, channels: first.channels)
    case .globalAveragePooling(let keepsAxes), .globalMaxPooling(let keepsAxes):
      try require(first.rank >= 2, "spatial axes")
      try require(
        inputs.dropFirst().allSatisfy { $0.extents == Array(first.spatial) },
        "a mask over the spatial axes")
      return try shape(
        keepsAxes ? first.spatial.map { _ in 1 } + [first.channels] : [first.channels])
    case .elementwise(let combination):
      try require(combination != .subtract || inputs.count == 2, "exactly two inputs")
      try require(inputs.allSatisfy { $0.rank == first.rank }, "inputs with as many axes each")
      let extents = first.extents.indices.map { axis in inputs.map { $0.extents[axis] }.max()! }
      for input in inputs {
        try require(
          zip(input.extents, extents).allSatisfy { $0 == $1 || $0 == 1 }, "inputs of one shape")
      }
      return try shape(extents)
    case .concatenation(let axis):
      try require(
        inputs.allSatisfy { $0.rank == first.rank } && first.extents.indices.contains(axis),
        "inputs with as many axes each")
      var extents = first.extents
      extents[axis] = inputs.reduce(0) { $0 + $1.extents[axis] }
      for input in inputs {
        let others = input.extents.indices.filter { $0 != axis }
        try require(
          others.allSatisfy { input.extents[$0] == extents[$0] },
          "inputs that agree in all axes but \(axis)")
      }
      return try shape(extents)
    case .reshape(let target):
      try require(target.count == first.count, "\(target.count) values, for \(target)")
      return target
    case .permutation(let order):
      try require(order.sorted() == Array(first.extents.indices), "\(order.count) axes")
      return try shape(order.map { first.extents[$0] })
    case .zeroPadding(let amounts):
      try require(first.rank == amounts.count + 1, "\(amounts.count) spatial axes and the channels")
      return try shape(
        zip(first.extents, amounts).map { $0 + bounded($1.before) + bounded($1.after) }
          + [first.channels])
    case .cropping(let amounts):
      try require(first.rank == amounts.count + 1, "\(amounts.count) spatial axes and the channels")
      return try shape(
        zip(first.extents, amounts).map { $0 - bounded($1.before) - bounded($1.after) }
          + [first.channels])
    case .nearestUpsampling(let factors):
      try require(first.rank == factors.count + 1, "\(factors.count) spatial axes and the channels")
      return try shape(zip(first.extents, factors).map { $0 * bounded($1) } + [first.channels])
    case .resizing(let extents, _):
      try require(first.rank == extents.count + 1, "\(extents.count) spatial axes and the channels")
      return try shape(extents + [first.channels])
    case .embedding(let table): return try shape(first.extents + [table.extents[1]])
    case .mask:
      try require(first.rank >= 2, "places and the channels")
      return try shape(Array(first.spatial))
    case .recurrence(let recurrence):
      let channels = recurrence.kernel.extents[0]
      try require(
        first.rank == 2 && first.channels == channels, "steps of \(channels) channels")
      let (steps, states) = (first.extents[0], recurrence.stateInputs)
      try require(
        inputs.count >= states.upperBound
          && inputs[states].allSatisfy { $0.extents == [recurrence.units] },
        "states of \(recurrence.units) units")
      try require(
        inputs[states.upperBound...].allSatisfy { $0.extents == [steps] }, "a mask over the steps")
      let rows = recurrence.outputRows(steps: steps)
      let hasRows = recurrence.returnsSequence || recurrence.givesStates
      return try shape(hasRows ? [rows, recurrence.units] : [recurrence.units])
    }
  }

  /// A word for messages and listings.
  public var label: String {
    switch self {
    case .input: "input"
    case .dense: "dense"
    case .convolution(_, let groups, _, _): groups == 1 ? "convolution" : "grouped convolution"
    case .transposedConvolution: "transposed convolution"
    case .matrixProduct: "matrix product"
    case .mean: "mean"
    case .affine: "affine"
    case .activation(let function): function.canonicalText
    case .maskedSoftmax(let isCausal): isCausal ? "causal softmax" : "masked softmax"
    case .maxPooling: "max pooling"
    case .averagePooling: "average pooling"
    case .globalAveragePooling: "global average pooling"
    case .globalMaxPooling: "global max pooling"
    case .localSquareSum: "local square sum"
    case .elementwise(let combination): combination.rawValue
    case .concatenation: "concatenation"
    case .reshape: "reshape"
    case .permutation: "permutation"
    case .zeroPadding: "zero padding"
    case .cropping: "cropping"
    case .nearestUpsampling: "nearest upsampling"
    case .resizing(_, let interpolation): "\(interpolation.rawValue) resizing"
    case .embedding: "embedding"
    case .mask: "mask"
    case .recurrence(let recurrence): recurrence.cell.label
    }
  }
}

extension Shape {
  /// More values than any sample has: places can be counted in 32 bits, and a batch in 64.
  static let countLimit = Int(Int32.max)
}
