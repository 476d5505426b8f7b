import NetworkGraph

extension KerasLayer {
  static let convolutions: [KerasLayer] = [1, 2, 3].flatMap { axes in
    [convolution(axes: axes), transposed(axes: axes)]
      + (axes < 3 ? [depthwise(axes: axes), separable(axes: axes)] : [])
  }

  private static func convolution(axes: Int) -> KerasLayer {
    KerasLayer(
      "Conv\(axes)D",
      aliases: ["Convolution\(axes)D"] + (axes < 3 ? ["AtrousConvolution\(axes)D"] : []),
      "a convolution with stride, dilation and groups, a bias, and its activation",
      weights: { try kernelAndBias($0) },
      translate: { layer, graph in
        let settings = layer.settings
        let input = try layer.input()
        let window = try settings.convolutionWindow(axes: axes)
        let filters = try settings.positive("filters", "nb_filter")
        let groups = try settings.positive("groups", default: 1)
        let channels = graph.nodes[input].shape.channels
        guard channels.isMultiple(of: groups) else {
          throw settings.invalid(
            "groups", settings.values["groups"], expected: "a divisor of \(channels) channels")
        }
        let kernel = try layer.kernel("kernel", window: window, [channels / groups, filters])
        let output = try layer.add(
          .convolution(
            window: window, groups: groups, kernel: kernel, bias: try layer.bias(count: filters)),
          after: input, to: &graph)
        return try layer.activate(output, in: &graph)
      })
  }

  private static func depthwise(axes: Int) -> KerasLayer {
    KerasLayer(
      "DepthwiseConv\(axes)D", "a convolution of each channel alone, a bias, and its activation",
      weights: { try kernelAndBias($0, kernels: ["depthwise_kernel"]) },
      translate: { layer, graph in
        let input = try layer.input()
        let channels = graph.nodes[input].shape.channels
        let multiplier = try layer.settings.positive("depth_multiplier", default: 1)
        let output = try layer.addDepthwise(
          after: input, axes: axes, bias: try layer.bias(count: channels * multiplier), to: &graph)
        return try layer.activate(output, in: &graph)
      })
  }

  private static func separable(axes: Int) -> KerasLayer {
    KerasLayer(
      "SeparableConv\(axes)D", aliases: ["SeparableConvolution\(axes)D"],
      "a convolution of each channel alone, one across channels, a bias, and its activation",
      weights: { try kernelAndBias($0, kernels: ["depthwise_kernel", "pointwise_kernel"]) },
      translate: { layer, graph in
        let filters = try layer.settings.positive("filters", "nb_filter")
        let middle = try layer.addDepthwise(
          after: try layer.input(), axes: axes, bias: nil, to: &graph)
        let point = Window(
          size: [Int](repeating: 1, count: axes), strides: [Int](repeating: 1, count: axes),
          padding: .valid)
        let kernel = try layer.kernel(
          "pointwise_kernel", window: point, [graph.nodes[middle].shape.channels, filters])
        let output = try layer.add(
          .convolution(
            window: point, groups: 1, kernel: kernel, bias: try layer.bias(count: filters)),
          after: middle, to: &graph)
        return try layer.activate(output, in: &graph)
      })
  }
}

extension LayerSettings {
  /// The window of a convolution over so many spatial axes, under the names of all versions.
  func convolutionWindow(axes: Int) throws -> Window {
    let ones = [Int](repeating: 1, count: axes)
    let size =
      if axes == 2, values["nb_row"] != nil {
        [try positive("nb_row"), try positive("nb_col")]
      } else if axes == 3, values["kernel_dim1"] != nil {
        try (1...3).map { try positive("kernel_dim\($0)") }
      } else {
        try positives("kernel_size", "filter_length", count: axes)
      }
    return Window(
      size: size,
      strides: try positives(
        "strides", "subsample", "subsample_length", count: axes, default: ones),
      dilations: try positives("dilation_rate", "atrous_rate", count: axes, default: ones),
      padding: try padding(allowingCausal: axes == 1))
  }

  /// Whether Keras 1 stored kernels as `[out, in, window…]`, as it did with the channels first.
  var hasTheanoKernels: Bool {
    get throws { try string("dim_ordering", default: "tf") == "th" }
  }

  /// How the edges are filled.
  func padding(allowingCausal: Bool) throws -> Padding {
    let name = try string("padding", "border_mode", default: "valid")
    switch name {
    case "valid": return .valid
    case "same": return .same
    case "causal" where allowingCausal: return .causal
    default:
      throw unsupported(
        "padding", "\"\(name)\"", supported: allowingCausal ? "valid, same, causal" : "valid, same")
    }
  }
}

extension LayerUse {
  /// Adds a convolution with a group for each channel; its kernel needs no rearrangement, since
  /// `[…, channels, multiplier]` and `[…, 1, channels·multiplier]` are the same numbers in a row.
  fileprivate func addDepthwise(
    after input: Int, axes: Int, bias: [Float]?, to graph: inout Graph
  ) throws -> Int {
    let channels = graph.nodes[input].shape.channels
    let multiplier = try settings.positive("depth_multiplier", default: 1)
    let window = try settings.convolutionWindow(axes: axes)
    let kernel = try kernel("depthwise_kernel", window: window, [channels, multiplier])
    return try add(
      .convolution(
        window: window, groups: channels,
        kernel: Tensor(kernel.values, extents: window.size + [1, channels * multiplier]),
        bias: bias),
      after: input, to: &graph)
  }

  /// The kernel as a correlation takes it, from the order in which the layer's version stored it.
  func kernel(_ name: String, window: Window, _ ends: [Int]) throws -> Tensor {
    let extents = window.size + ends
    guard var kernel = weights[name] else {
      preconditionFailure("'\(name)' is not among the layer's weights")
    }
    let axes = window.size.count
    // Keras 1 stored the kernel of one spatial axis with a second one of extent 1, and before 1.2
    // in Theano's order.
    if axes == 1, kernel.extents == ends.reversed() + window.size + [1],
      kernel.extents != window.size + [1] + ends
    {
      kernel = kernel.permuted([2, 3, 1, 0])
    }
    if axes == 1, kernel.extents == window.size + [1] + ends {
      kernel = Tensor(kernel.values, extents: extents)
    }
    if try settings.hasTheanoKernels, kernel.extents == ends.reversed() + window.size {
      kernel = kernel.permuted(Array((0..<axes).map { $0 + 2 }) + [1, 0])
    }
    try require(kernel.extents == extents, name, kernel, extents)
    return hasMirroredKernels ? kernel.mirrored(spatialAxes: window.size.count) : kernel
  }
}

extension Tensor {
  /// The tensor with its first axes reversed.
  fileprivate func mirrored(spatialAxes: Int) -> Tensor {
    let places = extents.prefix(spatialAxes).reduce(1, *)
    let block = values.count / places
    return Tensor(
      (0..<places).reversed().flatMap { values[$0 * block..<($0 + 1) * block] }, extents: extents)
  }
}
