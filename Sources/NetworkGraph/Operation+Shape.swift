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
      guard let shape = Shape(extents) else {
        throw mismatch("an input that leaves a positive size, not \(extents)")
      }
      return shape
    }
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
    case .affine(let scale, let shift):
      try require(
        [1, first.channels].contains(scale.count) && shift.count == scale.count,
        "\(scale.count) channels")
      return first
    case .activation(.prelu(let slopes)):
      try require(
        [first.channels, first.count].contains(slopes.count), "\(slopes.count) channels or values")
      return first
    case .activation, .localSquareSum: return first
    case .maxPooling(let window), .averagePooling(let window):
      try require(window.dilations.allSatisfy { $0 == 1 }, "a window without dilation")
      return try slide(window, channels: first.channels)
    case .globalAveragePooling(let keepsAxes), .globalMaxPooling(let keepsAxes):
      try require(first.rank >= 2, "spatial axes")
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
        zip(first.extents, amounts).map { $0 + $1.before + $1.after } + [first.channels])
    case .cropping(let amounts):
      try require(first.rank == amounts.count + 1, "\(amounts.count) spatial axes and the channels")
      return try shape(
        zip(first.extents, amounts).map { $0 - $1.before - $1.after } + [first.channels])
    case .nearestUpsampling(let factors):
      try require(first.rank == factors.count + 1, "\(factors.count) spatial axes and the channels")
      return try shape(zip(first.extents, factors).map(*) + [first.channels])
    }
  }

  /// A word for messages and listings.
  public var label: String {
    switch self {
    case .input: "input"
    case .dense: "dense"
    case .convolution(_, let groups, _, _): groups == 1 ? "convolution" : "grouped convolution"
    case .affine: "affine"
    case .activation(let function): function.canonicalText
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
    }
  }
}
