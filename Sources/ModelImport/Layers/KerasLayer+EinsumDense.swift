import NetworkGraph

extension KerasLayer {
  static let einsumDense = KerasLayer(
    "EinsumDense", "a matrix product over the axes that its equation names, and its activation",
    weights: { settings in
      [WeightSlot(name: "kernel")]
        + (settings.value(["bias_axes"]) == nil ? [] : [WeightSlot(name: "bias")])
    },
    translate: { layer, graph in
      let input = try layer.input()
      let extents = graph.nodes[input].shape.extents
      let equation = try layer.settings.einsum(rank: extents.count)
      // The axes that are summed over come last, and become one.
      let kept = equation.kept.map { extents[equation.input.firstIndex(of: $0)!] }
      let summed = equation.summed.map { extents[equation.input.firstIndex(of: $0)!] }
      let order = (equation.kept + equation.summed).map { equation.input.firstIndex(of: $0)! }
      let rows = try layer.reshape(
        try layer.permute(input, order, in: &graph), to: kept + [summed.reduce(1, *)], in: &graph)

      let (kernel, made) = try layer.einsumKernel(equation, summed: summed)
      let product = try layer.add(
        .dense(kernel: kernel, bias: try layer.einsumBias(equation, made: made)), after: rows,
        to: &graph)
      let labels = equation.kept + equation.made
      let output = try layer.permute(
        try layer.reshape(product, to: kept + made, in: &graph),
        equation.output.map { labels.firstIndex(of: $0)! }, in: &graph)
      return try layer.activate(output, in: &graph)
    })
}

/// An equation of Einstein's sum convention that is a batch of matrix products, as in
/// `abc,cd->abd`; the batch, its first label, is left out here.
private struct EinsumEquation {
  let input: [Character]
  let kernel: [Character]
  let output: [Character]

  /// The input's axes that the output has, in its order.
  var kept: [Character] { output.filter(input.contains) }
  /// The axes that are summed over, in the kernel's order.
  var summed: [Character] { kernel.filter(input.contains) }
  /// The axes that the kernel makes, in the output's order.
  var made: [Character] { output.filter(kernel.contains) }

  /// - Parameter rank: The number of axes of one sample; `...` stands for those not named.
  init?(_ text: String, rank: Int) {
    let sides = text.filter { $0 != " " }.split(separator: ">", omittingEmptySubsequences: false)
    guard sides.count == 2, sides[0].hasSuffix("-") else { return nil }
    let factors = sides[0].dropLast().split(separator: ",", omittingEmptySubsequences: false)
    guard factors.count == 2 else { return nil }
    let named = factors[0].count { $0 != "." }
    // Digits stand for the axes that "..." leaves unnamed.
    let rest = (0..<max(rank + 1 - named, 0)).map { Character(UnicodeScalar(48 + $0 % 10)!) }
    func labels(_ side: Substring) -> [Character] {
      guard let dots = side.range(of: "...") else { return Array(side) }
      return Array(side[..<dots.lowerBound]) + rest + Array(side[dots.upperBound...])
    }
    let (all, kernel, result) = (labels(factors[0]), labels(factors[1]), labels(sides[1]))
    guard all.count == rank + 1, rest.count <= 10, let batch = all.first, result.first == batch,
      !kernel.contains(batch)
    else { return nil }
    (input, self.kernel, output) = (Array(all.dropFirst()), kernel, Array(result.dropFirst()))

    let isOncePerSide = [all, kernel, result].allSatisfy { Set($0).count == $0.count }
    let isMatrixProduct =
      kernel.allSatisfy { input.contains($0) != output.contains($0) }
      && input.allSatisfy { kernel.contains($0) != output.contains($0) }
      && output.allSatisfy { input.contains($0) != kernel.contains($0) }
    guard isOncePerSide, isMatrixProduct else { return nil }
  }
}

extension Substring {
  /// Where a text begins and ends.
  fileprivate func range(of text: String) -> Range<Index>? {
    indices.first { self[$0...].hasPrefix(text) }
      .map { $0..<index($0, offsetBy: text.count) }
  }
}

extension LayerSettings {
  fileprivate func einsum(rank: Int) throws -> EinsumEquation {
    let text = try string("equation")
    guard let equation = EinsumEquation(text, rank: rank) else {
      throw unsupported(
        "equation", "\"\(text)\"",
        supported: "a batch of matrix products over samples of \(rank) axes, such as ab,bc->ac")
    }
    return equation
  }
}

extension LayerUse {
  /// The kernel as a matrix, and the extents of the axes that it makes.
  fileprivate func einsumKernel(
    _ equation: EinsumEquation, summed: [Int]
  ) throws -> (kernel: Tensor, made: [Int]) {
    guard let stored = weights["kernel"] else {
      preconditionFailure("'kernel' is not among the layer's weights")
    }
    let extents = equation.kernel.enumerated().map { axis, label in
      equation.summed.firstIndex(of: label).map { summed[$0] }
        ?? (stored.extents.indices.contains(axis) ? stored.extents[axis] : 1)
    }
    let kernel = try weight("kernel", extents: extents)
    let order = (equation.summed + equation.made).map { equation.kernel.firstIndex(of: $0)! }
    let made = equation.made.map { extents[equation.kernel.firstIndex(of: $0)!] }
    return (
      Tensor(
        kernel.permuted(order).values, extents: [summed.reduce(1, *), made.reduce(1, *)]), made
    )
  }

  /// The bias, one number for each value that the kernel makes of a place.
  fileprivate func einsumBias(_ equation: EinsumEquation, made: [Int]) throws -> [Float]? {
    guard let stored = weights["bias"] else { return nil }
    let axes = try settings.string("bias_axes")
    guard axes.allSatisfy(equation.made.contains) else {
      throw settings.unsupported(
        "bias_axes", "\"\(axes)\"", supported: "axes that the kernel makes")
    }
    let extents = zip(equation.made, made).map { axes.contains($0) ? $1 : 1 }
    try require(stored.values.count == extents.reduce(1, *), "bias", stored, extents)
    return Tensor(stored.values, extents: extents).stretched(to: made).values.array
  }
}
