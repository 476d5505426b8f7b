import IntervalPropagation
import NetworkGraph
import TestSupport
import Testing

@Suite("Bounds of single operations")
struct OperationBoundsTests {
  private func check(
    _ operation: Operation, _ shapes: [[Int]], in interval: ClosedRange<Float> = -2...3,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let graph = try single(operation, shapes)
    for seed in 1...4 as ClosedRange<UInt64> {
      var generator = SeededGenerator(seed)
      let box = shapes.map { generator.box($0.reduce(1, *), in: interval) }
      try expectEnclosure(graph, box, seed: seed, sourceLocation: sourceLocation)
    }
  }

  @Test("Linear operations enclose every run.")
  func linear() throws {
    var generator = SeededGenerator(7)
    try check(.dense(kernel: generator.tensor(5, 4), bias: generator.floats(4)), [[3, 5]])
    for padding in [Padding.valid, .same] {
      let window = Window(size: [3, 2], strides: [2, 1], dilations: [1, 2], padding: padding)
      try check(
        .convolution(
          window: window, groups: 2, kernel: generator.tensor(3, 2, 2, 6),
          bias: generator.floats(6)), [[7, 6, 4]])
    }
    try check(
      .convolution(
        window: Window(size: [3], strides: [1], padding: .causal), groups: 1,
        kernel: generator.tensor(3, 2, 3), bias: nil), [[8, 2]])
    let window = Window(size: [3, 3], strides: [2, 2], padding: .same)
    try check(
      .transposedConvolution(
        window: window, extents: [8, 6], kernel: generator.tensor(3, 3, 5, 2),
        bias: generator.floats(5)), [[4, 3, 2]])
    for count in [1, 3, 12] {
      try check(
        .affine(scale: generator.floats(count), shift: generator.floats(count)), [[2, 2, 3]])
    }
    try check(.matrixProduct(transposed: false), [[2, 3, 4], [2, 4, 2]])
    try check(.matrixProduct(transposed: true), [[2, 3, 4], [2, 5, 4]])
    try check(.mean(axes: [0, 2]), [[3, 4, 2]])
    try check(.localSquareSum(radius: 2, bias: 1, alpha: 0.3), [[2, 2, 6]])
  }

  @Test(
    "Convolutions in tiles enclose runs with one very large number, which few results see.",
    arguments: [3, 5])
  func winograd(side: Int) throws {
    var generator = SeededGenerator(UInt64(side))
    // A point, so that bounds are no wider than rounding makes them.
    var point = generator.floats(12 * 12 * 16).map { $0...$0 }
    point[(5 * 12 + 7) * 16] = 1e5...1e5
    // The first channel has one weight a filter, the first.
    var weights = generator.floats(side * side * 16 * 16)
    for tap in 1..<side * side {
      weights.replaceSubrange(tap * 256..<tap * 256 + 16, with: repeatElement(0, count: 16))
    }
    let graph = try single(
      .convolution(
        window: Window(size: [side, side], strides: [1, 1], padding: .same), groups: 1,
        kernel: Tensor(weights, extents: [side, side, 16, 16]), bias: nil), [[12, 12, 16]])
    try expectEnclosure(graph, [point], points: 4)
  }

  @Test("Pooling, with and without masks, encloses every run.")
  func pooling() throws {
    for padding in [Padding.valid, .same] {
      let window = Window(size: [3, 2], strides: [2, 2], padding: padding)
      try check(.maxPooling(window), [[7, 6, 3]])
      try check(.averagePooling(window), [[7, 6, 3]])
    }
    for keepsAxes in [true, false] {
      try check(.globalAveragePooling(keepsAxes: keepsAxes), [[4, 5, 3]])
      try check(.globalMaxPooling(keepsAxes: keepsAxes), [[4, 5, 3]])
    }
    try check(.globalAveragePooling(keepsAxes: false), [[6, 3], [6]])
    try check(.mask(unless: 0), [[6, 3]])
  }

  @Test("Operations that move numbers enclose every run.")
  func movement() throws {
    try check(.reshape(#require(Shape([4, 6]))), [[2, 3, 4]])
    try check(.permutation([2, 0, 1]), [[2, 3, 4]])
    try check(.zeroPadding([(1, 2), (0, 1)]), [[3, 2, 2]])
    try check(.cropping([(1, 0), (0, 2)]), [[3, 4, 2]])
    try check(.nearestUpsampling([2, 3]), [[3, 2, 2]])
    for interpolation in [Interpolation.nearest, .linear] {
      try check(.resizing(to: [7, 2], interpolation), [[3, 5, 2]])
    }
    try check(.concatenation(axis: 1), [[2, 3, 2], [2, 1, 2], [2, 2, 2]])
    var generator = SeededGenerator(3)
    try check(.embedding(table: generator.tensor(6, 3)), [[4]], in: 0...5)
  }

  @Test(
    "Elementwise operations enclose every run, also with stretched inputs.",
    arguments: [Combination.add, .subtract, .multiply, .average, .maximum, .minimum])
  func elementwise(combination: Combination) throws {
    try check(.elementwise(combination), [[3, 4, 2], [3, 4, 2]])
    try check(.elementwise(combination), [[3, 4, 2], [1, 4, 1]])
    if combination != .subtract { try check(.elementwise(combination), [[6], [6], [6]]) }
  }

  static let functions: [ActivationFunction] = [
    .relu, .rectifier(slope: 0.1, bound: 6), .rectifier(slope: -0.5, bound: .infinity),
    .thresholdedReLU(threshold: 0.5), .thresholdedReLU(threshold: -0.5, slope: 0.2, bound: 2),
    .prelu(slopes: [0.2, -0.3]), .elu(alpha: 1.5), .elu(alpha: -1), .selu, .celu(alpha: 0.7),
    .sigmoid, .hardSigmoid(slope: 0.2), .tanh, .hardTanh, .softplus, .softsign, .silu, .hardSilu,
    .gelu(approximate: true), .gelu(approximate: false), .mish, .logSigmoid, .tanhShrink,
    .softShrink, .squareplus, .sparsePlus, .exponential, .softmax, .logSoftmax, .power(2),
    .power(3),
  ]

  @Test("Functions enclose every run, around zero and far from it.", arguments: functions)
  func activations(function: ActivationFunction) throws {
    for interval in [-2...3, -0.6...0.1, -30...40, 5...6] as [ClosedRange<Float>] {
      try check(.activation(function), [[20, 2]], in: interval)
    }
  }

  @Test("A masked softmax encloses every run, whatever is known of its mask.")
  func maskedSoftmax() throws {
    for isCausal in [true, false] {
      let softmax = Operation.maskedSoftmax(isCausal: isCausal)
      for interval in [-2...3, 5...6] as [ClosedRange<Float>] {
        try check(softmax, [[2, 4, 3]], in: interval)
      }
      // Hidden, uncertain and seen keys; one row may see nothing, another surely does not.
      for mask in [[0...0, 0...1, 1...1], [0...1, 0...1, 0...0], [0...0, 0...0, 0...0]]
        as [[ClosedRange<Float>]]
      {
        for seed in 1...4 as ClosedRange<UInt64> {
          var generator = SeededGenerator(seed)
          try expectEnclosure(
            single(softmax, [[4, 3], [1, 3]]), [generator.box(12, in: -2...3), mask], seed: seed)
        }
      }
    }
  }

  @Test("Bounds of what attention sees leave out what is hidden, and so do means of values.")
  func hiddenLogits() throws {
    var graph = try single(.maskedSoftmax(isCausal: true), [[2, 2]])
    let values = graph.addInput(layer: "values", shape: try #require(Shape([2, 1])))
    graph.setOutputs([
      try graph.add(
        .matrixProduct(transposed: false), layer: "mean", inputs: [graph.outputs[0], values])
    ])
    let box: [[ClosedRange<Float>]] = [[0...1, 100...200, 2...3, 4...5], [1...2, 50...60]]
    let means = try expectEnclosure(graph, box)[0]
    #expect(BoundPropagation(graph).siteBounds(of: box.map { Bounds($0) }) == [0...5])
    // The first row sees its own value alone.
    #expect(abs(means.lower[0] - 1) < 1e-4 && abs(means.upper[0] - 2) < 1e-4)
  }

  @Test("Powers enclose every run where they are defined, and nothing is claimed elsewhere.")
  func powers() throws {
    for exponent in [0.5, 0.75, -0.5, -0.75, -1, 1.5] as [Float] {
      try check(.activation(.power(exponent)), [[20, 2]], in: 0.01...5)
      let graph = try single(.activation(.power(exponent)), [[1]])
      let bounds = BoundPropagation(graph).outputBounds(of: [Bounds([-1...2])])[0]
      #expect(bounds.lower == [-.infinity] && bounds.upper == [.infinity])
    }
  }

  @Test("A function's bounds are no wider than its values, but for rounding.", arguments: functions)
  func tightness(function: ActivationFunction) throws {
    switch function {
    case .softmax, .logSoftmax, .prelu, .power: return
    default: break
    }
    for (low, high) in [(-3.0, 4.0), (-1.5, -0.2), (-0.4, 0.9), (0.3, 0.6)] {
      let graph = try single(.activation(function), [[1]])
      let box = Bounds([Float(low)...Float(high)])
      let bounds = BoundPropagation(graph).outputBounds(of: [box])[0]
      let values = (0...4000).map {
        Double(function(Float(low) + Float($0) / 4000 * Float(high - low)))
      }
      // The grid misses an extremum by less than its step's square, a jump by its step.
      let slack = 2e-3
      #expect(bounds.lower[0] <= values.min()! && values.min()! - bounds.lower[0] < slack)
      #expect(bounds.upper[0] >= values.max()! && bounds.upper[0] - values.max()! < slack)
    }
  }
}
