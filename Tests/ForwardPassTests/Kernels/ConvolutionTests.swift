import CKernels
import NetworkGraph
import TestSupport
import Testing

@testable import ForwardPass

@Suite struct ConvolutionTests {
  /// A convolution with random weights, tried with and without a bias.
  private func expectAgreement(
    _ window: Window, groups: Int = 1, channels: Int, filters: Int, spatial: [Int],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var generator = SeededGenerator(UInt64(channels * 100 + filters))
    let extents = window.size + [channels / groups, filters]
    let kernel = Tensor(generator.floats(extents.reduce(1, *)), extents: extents)
    for bias in [generator.floats(filters), nil] {
      let graph = try graph(
        .convolution(window: window, groups: groups, kernel: kernel, bias: bias),
        spatial + [channels])
      try ForwardPassTests.expectAgreement(graph, sourceLocation: sourceLocation)
    }
  }

  @Test(
    "Any numbers of channels and filters will do.",
    arguments: [1, 3, 5, 16, 17], [1, 3, 5, 16, 17])
  func channels(channels: Int, filters: Int) throws {
    let window = Window(size: [3, 3], strides: [1, 1], padding: .same)
    try expectAgreement(window, channels: channels, filters: filters, spatial: [5, 6])
  }

  @Test(
    "One axis: strides, dilations, and every padding.",
    arguments: [Padding.valid, .same, .causal], [(1, 1), (2, 1), (3, 1), (1, 2), (1, 3), (2, 2)])
  func line(padding: Padding, steps: (stride: Int, dilation: Int)) throws {
    for size in [1, 2, 3, 5] {
      let window = Window(
        size: [size], strides: [steps.stride], dilations: [steps.dilation], padding: padding)
      try expectAgreement(window, channels: 3, filters: 5, spatial: [14])
    }
  }

  @Test(
    "Two axes: strides and dilations of their own, 'valid' and 'same'.",
    arguments: [Padding.valid, .same],
    [
      ([1, 1], [1, 1]), ([2, 2], [1, 1]), ([3, 1], [1, 1]), ([1, 1], [2, 3]), ([2, 1], [1, 2]),
    ])
  func plane(padding: Padding, steps: (strides: [Int], dilations: [Int])) throws {
    for size in [[1, 1], [3, 3], [2, 4], [5, 1]] {
      let window = Window(
        size: size, strides: steps.strides, dilations: steps.dilations, padding: padding)
      try expectAgreement(window, channels: 3, filters: 16, spatial: [9, 10])
    }
  }

  @Test("Three axes.", arguments: [Padding.valid, .same])
  func volume(padding: Padding) throws {
    let plain = Window(size: [3, 2, 3], strides: [1, 2, 1], padding: padding)
    try expectAgreement(plain, channels: 3, filters: 5, spatial: [5, 4, 6])
    let dilated = Window(
      size: [2, 2, 2], strides: [1, 1, 1], dilations: [2, 1, 3], padding: padding)
    try expectAgreement(dilated, channels: 2, filters: 4, spatial: [5, 4, 6])
  }

  @Test(
    "Groups read their own channels and make filters side by side.",
    arguments: [(2, 4, 6), (3, 6, 3), (3, 3, 9), (2, 32, 32), (5, 5, 10), (4, 32, 8)])
  func groups(groups: Int, channels: Int, filters: Int) throws {
    for padding in [Padding.valid, .same] {
      let window = Window(size: [3, 2], strides: [1, 2], padding: padding)
      try expectAgreement(
        window, groups: groups, channels: channels, filters: filters, spatial: [6, 7])
    }
  }

  @Test(
    "Depthwise convolutions, with one filter a channel and with several.",
    arguments: [1, 3, 5, 16, 17], [1, 2, 3])
  func depthwise(channels: Int, multiplier: Int) throws {
    let plane = Window(size: [3, 3], strides: [2, 2], padding: .same)
    try expectAgreement(
      plane, groups: channels, channels: channels, filters: channels * multiplier, spatial: [7, 6])
    let line = Window(size: [3], strides: [1], dilations: [2], padding: .causal)
    try expectAgreement(
      line, groups: channels, channels: channels, filters: channels * multiplier, spatial: [9])
  }

  @Test("A NaN reaches every place whose window covers it, and no other.")
  func notANumber() throws {
    for channels in [1, 16, 17] {
      var generator = SeededGenerator(4)
      let convolution = Operation.convolution(
        window: Window(size: [3], strides: [1], padding: .same), groups: 1,
        kernel: generator.tensor(3, channels, 5), bias: nil)
      var input = generator.floats(8 * channels)
      input[5 * channels] = .nan
      let found = try output(convolution, extents: [[8, channels]], [input])
      #expect(found.indices.allSatisfy { found[$0].isNaN == (4...6).contains($0 / 5) })
    }
  }

  @Test(
    "Winograd's algorithm gives what a direct one gives, at all edges, with any padding, in groups too.",
    arguments: [(3, Padding.valid), (3, .same), (5, .valid), (5, .same)],
    [
      (16, 32, 30, 23, 2, 1), (20, 37, 48, 46, 4, 1), (17, 76, 10, 13, 8, 1),
      (18, 40, 14, 27, 3, 2),
    ])
  func winograd(
    window: (side: Int, padding: Padding),
    sizes: (channels: Int, filters: Int, height: Int, width: Int, batch: Int, groups: Int)
  ) throws {
    let size = [window.side, window.side]
    let window = Window(size: size, strides: [1, 1], padding: window.padding)
    var generator = SeededGenerator(UInt64(sizes.channels))
    let extents = size + [sizes.channels, sizes.groups * sizes.filters]
    let graph = try graph(
      .convolution(
        window: window, groups: sizes.groups,
        kernel: Tensor(generator.floats(extents.reduce(1, *)), extents: extents),
        bias: generator.floats(extents[3])),
      [sizes.height, sizes.width, sizes.groups * sizes.channels])
    #expect(try usesWinograd(graph, samplesPerBatch: sizes.batch) == hasWinograd())
    let data = (0...sizes.batch).map { _ in [generator.floats(graph.nodes[0].shape.count)] }
    let outputs = try [true, false].map { allowed in
      let plan = try ExecutionPlan(
        graph, samplesPerBatch: sizes.batch, allowsWinograd: allowed)
      return try Run(Executor(plan), data).outputs[0]
    }
    // As in `expectAgreement`, but that the transforms of tiles round as well: up to three times as
    // much was seen.
    let agree = zip(outputs[0].joined(), outputs[1].joined())
      .allSatisfy { abs($0 - $1) <= 3e-5 * max(1, abs($1)) }
    #expect(agree)
  }

  @Test(
    "Winograd's algorithm gives the same bits with vectors of AVX2 and of AVX-512.",
    .enabled(if: rf_vectors_at_once() == 4, "needs AVX-512"), arguments: [3, 5], [16, 40, 90])
  func winogradVectors(side: Int, filters: Int) throws {
    var generator = SeededGenerator(5)
    let (extent, channels, batch) = (31, 18, 2)
    let kernel = generator.tensor(side, side, channels, filters)
    let bias = generator.floats(filters)
    let source = generator.floats(batch * extent * extent * channels)
    let addend = generator.floats(batch * extent * extent * filters)
    let context = KernelContext(
      layer: "it", batch: batch, inputs: [try #require(Shape([extent, extent, channels]))],
      output: try #require(Shape([extent, extent, filters])), allowsWinograd: true)
    let targets = try [1, 4].map { vectors in
      let window = Window(size: [side, side], strides: [1, 1], padding: .same)
      let found = winogradKernel(window, 1, kernel, bias, context, vectors: vectors)
      guard case .scratchLoop(let bytes, _, let loop) = try #require(found) else {
        return [Float]()
      }
      let scratch = AlignedBuffer(byteCount: bytes)
      var target = [Float](repeating: 0, count: addend.count)
      source.withUnsafeBufferPointer { source in
        addend.withUnsafeBufferPointer { addend in
          target.withUnsafeMutableBufferPointer {
            loop([source.baseAddress!, addend.baseAddress!], $0.baseAddress!, scratch.floats)
          }
        }
      }
      return target
    }
    #expect(targets[0].map(\.bitPattern) == targets[1].map(\.bitPattern))
    #expect(Set(targets[0]).count > targets[0].count / 2)
  }

  @Test("A tile's results have the same bits wherever in a batch it is.", arguments: [3, 5])
  func winogradBatches(side: Int) throws {
    var generator = SeededGenerator(3)
    let graph = try graph(
      .convolution(
        window: Window(size: [side, side], strides: [1, 1], padding: .same), groups: 1,
        kernel: generator.tensor(side, side, 16, 16), bias: generator.floats(16)), [23, 18, 16])
    let data = (0..<5).map { _ in [generator.floats(23 * 18 * 16)] }
    let runs = try [1, 3, 5].map {
      try Run(Executor(ExecutionPlan(graph, samplesPerBatch: $0)), data)
    }
    #expect(runs[1].isIdentical(to: runs[0]) && runs[2].isIdentical(to: runs[0]))
  }

  @Test(
    "Only 3×3 and 5×5 convolutions of many channels and places, in steps of one, use Winograd's.")
  func useOfWinograd() throws {
    func isUsed(
      _ size: Int = 3, stride: Int = 1, channels: Int = 16, filters: Int = 16, extent: Int = 14,
      allowed: Bool = true
    ) throws -> Bool {
      let extents = [size, size, channels, filters]
      let window = Window(size: [size, size], strides: [stride, stride], padding: .same)
      let kernel = Tensor([Float](repeating: 1, count: extents.reduce(1, *)), extents: extents)
      return try usesWinograd(
        graph(
          .convolution(window: window, groups: 1, kernel: kernel, bias: nil),
          [extent, extent, channels]), samplesPerBatch: 1, allowed: allowed)
    }
    #expect(try isUsed() == hasWinograd())
    #expect(try isUsed(5, extent: 15) == hasWinograd())
    #expect(try !isUsed(allowed: false))
    #expect(try !isUsed(4, extent: 60))
    #expect(try !isUsed(7, extent: 60))
    #expect(try !isUsed(stride: 2, extent: 60))
    #expect(try !isUsed(channels: 15))
    #expect(try !isUsed(filters: 15))
    #expect(try !isUsed(extent: 13))
    #expect(try !isUsed(5, extent: 14))
  }
}
