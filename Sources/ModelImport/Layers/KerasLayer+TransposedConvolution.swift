import NetworkGraph

extension KerasLayer {
  /// A convolution's transpose over so many spatial axes.
  static func transposed(axes: Int) -> KerasLayer {
    KerasLayer(
      "Conv\(axes)DTranspose",
      aliases: ["Convolution\(axes)DTranspose"] + (axes == 2 ? ["Deconvolution2D"] : []),
      "the transpose of a convolution, a bias, and its activation",
      weights: { try kernelAndBias($0) },
      translate: { layer, graph in
        let input = try layer.input()
        let shape = graph.nodes[input].shape
        let window = try layer.settings.convolutionWindow(axes: axes)
        guard window.padding != .causal else {
          throw layer.settings.unsupported("padding", "\"causal\"", supported: "valid, same")
        }
        let filters = try layer.settings.positive("filters", "nb_filter")
        let kernel = try layer.transposedKernel(window: window, [filters, shape.channels])
        let output = try layer.add(
          .transposedConvolution(
            window: window,
            extents: try layer.settings.transposedExtents(of: shape, through: window),
            kernel: kernel, bias: try layer.bias(count: filters)),
          after: input, to: &graph)
        return try layer.activate(output, in: &graph)
      })
  }
}

extension LayerUse {
  /// The kernel of the convolution whose transpose the layer is, `[window…, filters, channels]`.
  ///
  /// Keras 1 had filters and channels the other way round.
  fileprivate func transposedKernel(window: Window, _ ends: [Int]) throws -> Tensor {
    guard settings.className == "Deconvolution2D" else {
      return try kernel("kernel", window: window, ends)
    }
    guard !hasMirroredKernels else {
      throw settings.unsupported("backend", "theano", supported: "tensorflow")
    }
    return try settings.hasTheanoKernels
      ? weight("kernel", extents: ends + window.size).permuted([2, 3, 0, 1])
      : weight("kernel", extents: window.size + ends.reversed()).permuted([0, 1, 3, 2])
  }
}

extension LayerSettings {
  /// The spatial extents that a transposed convolution gives.
  ///
  /// Strides leave them open: several extents make a convolution give the same. Keras takes one
  /// that `output_padding` chooses, or a default of its own.
  fileprivate func transposedExtents(of input: Shape, through window: Window) throws -> [Int] {
    let axes = window.size.count
    // Keras 1 stored the shape of the output, with the batch and the channels.
    if let shape = value(["output_shape"])?.value.array?.map(\.integer), shape.count == axes + 2 {
      let extents = try (hasTheanoKernels ? shape.dropFirst(2) : shape.dropFirst().dropLast())
        .compactMap { $0 }
      if extents.count == axes { return extents }
    }
    let paddings = try read(
      ["output_padding"], default: [Int?](repeating: nil, count: axes),
      expected: "an integer below the stride for each of \(axes) axes"
    ) { value in
      let list = value.array?.map(\.integer) ?? [Int?](repeating: value.integer, count: axes)
      guard list.count == axes,
        zip(list, window.strides).allSatisfy({ padding, stride in
          padding.map { (0..<stride).contains($0) } ?? false
        })
      else { return nil }
      return list
    }
    return zip(input.spatial, window.size.indices).map { extent, axis in
      let reach = (window.size[axis] - 1) * window.dilations[axis] + 1
      let stride = window.strides[axis]
      let start = (extent - 1) * stride
      switch (window.padding, paddings[axis]) {
      case (.same, nil): return start + stride
      case (.same, let padding?): return start + reach % 2 + padding
      case (_, nil): return start + max(reach, stride)
      case (_, let padding?): return start + reach + padding
      }
    }
  }
}
