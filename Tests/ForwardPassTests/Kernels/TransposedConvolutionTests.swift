import ForwardPass
import NetworkGraph
import TestSupport
import Testing

@Suite struct TransposedConvolutionTests {
  /// A transposed convolution with random weights, with and without a bias, to extents for which
  /// the convolution gives `spatial`.
  private func expectAgreement(
    _ window: Window, channels: Int = 3, filters: Int = 5, to extents: [Int],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var generator = SeededGenerator(21)
    let spatial = try #require(window.outputExtents(for: extents[...]))
    let kernelExtents = window.size + [filters, channels]
    let kernel = Tensor(
      generator.floats(kernelExtents.reduce(1, *)), extents: kernelExtents)
    for bias in [generator.floats(filters), nil] {
      let graph = try graph(
        .transposedConvolution(window: window, extents: extents, kernel: kernel, bias: bias),
        spatial + [channels])
      try ForwardPassTests.expectAgreement(graph, sourceLocation: sourceLocation)
    }
  }

  @Test(
    "One axis: strides and dilations, every output that a convolution could have had.",
    arguments: [Padding.valid, .same], [(1, 1), (2, 1), (3, 1), (1, 2), (2, 2)])
  func line(padding: Padding, steps: (stride: Int, dilation: Int)) throws {
    for size in [1, 2, 3, 4] {
      let window = Window(
        size: [size], strides: [steps.stride], dilations: [steps.dilation], padding: padding)
      for extent in 10..<10 + steps.stride { try expectAgreement(window, to: [extent]) }
    }
  }

  @Test("Any numbers of channels and filters will do.", arguments: [1, 3, 16, 17], [1, 3, 16, 17])
  func channels(channels: Int, filters: Int) throws {
    let window = Window(size: [3, 3], strides: [2, 2], padding: .same)
    try expectAgreement(window, channels: channels, filters: filters, to: [7, 8])
  }

  @Test(
    "Two and three axes with windows and strides of their own.", arguments: [Padding.valid, .same])
  func axes(padding: Padding) throws {
    try expectAgreement(Window(size: [3, 2], strides: [2, 3], padding: padding), to: [8, 9])
    try expectAgreement(
      Window(size: [3, 2, 2], strides: [2, 1, 2], padding: padding), to: [5, 4, 6])
  }
}
