import NetworkGraph

extension Operation {
  /// The operations that do to each of `steps` steps, a new first axis, what this one does to a
  /// sample; `nil` if there are none.
  ///
  /// - Parameters:
  ///   - input: The shape of the first input of one step.
  ///   - output: The shape of the output of one step.
  func repeated(over steps: Int, input: Shape, output: Shape) -> [Operation]? {
    switch self {
    case .dense, .embedding, .elementwise, .localSquareSum, .matrixProduct: return [self]
    case .affine(let scale, let shift):
      guard scale.count > output.channels else { return [self] }
      return [.affine(scale: scale.repeated(steps), shift: shift.repeated(steps))]
    case .activation(.prelu(let slopes)):
      guard slopes.count > output.channels else { return [self] }
      return [.activation(.prelu(slopes: slopes.repeated(steps)))]
    case .activation: return [self]
    case .convolution(let window, let groups, let kernel, let bias):
      // A kernel slides over three axes at most.
      guard window.size.count < 3 else { return nil }
      return [
        .convolution(
          window: window.ofOneStep, groups: groups,
          kernel: Tensor(kernel.values, extents: [1] + kernel.extents), bias: bias)
      ]
    case .maxPooling(let window):
      return window.size.count < 3 ? [.maxPooling(window.ofOneStep)] : nil
    case .averagePooling(let window):
      return window.size.count < 3 ? [.averagePooling(window.ofOneStep)] : nil
    case .globalAveragePooling, .globalMaxPooling:
      guard input.rank <= 3, let shape = Shape([steps] + output.extents) else { return nil }
      let places = Array(input.spatial)
      let window = Window(size: places, strides: places.map { _ in 1 }, padding: .valid).ofOneStep
      if case .globalMaxPooling = self { return [.maxPooling(window), .reshape(shape)] }
      return [.averagePooling(window), .reshape(shape)]
    case .mean(let axes): return [.mean(axes: axes.map { $0 + 1 })]
    case .concatenation(let axis): return [.concatenation(axis: axis + 1)]
    case .reshape(let shape): return Shape([steps] + shape.extents).map { [.reshape($0)] }
    case .permutation(let order): return [.permutation([0] + order.map { $0 + 1 })]
    case .zeroPadding(let amounts): return [.zeroPadding([(0, 0)] + amounts)]
    case .cropping(let amounts): return [.cropping([(0, 0)] + amounts)]
    case .nearestUpsampling(let factors): return [.nearestUpsampling([1] + factors)]
    default: return nil
    }
  }
}

extension Window {
  /// The same window on a step, with the steps as a first axis.
  fileprivate var ofOneStep: Window {
    Window(
      size: [1] + size, strides: [1] + strides, dilations: [1] + dilations, padding: padding)
  }
}

extension [Float] {
  fileprivate func repeated(_ times: Int) -> [Float] {
    (0..<times).flatMap { _ in self }
  }
}
