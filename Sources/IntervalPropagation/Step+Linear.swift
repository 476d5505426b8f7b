import NetworkGraph

extension Step {
  func dense(_ input: Bounds, _ kernel: Tensor, _ bias: [Float]?) -> Bounds {
    let (channels, units) = (kernel.extents[0], kernel.extents[1])
    var sums = LinearSums(count: input.count / channels * units)
    kernel.values.withUnsafeBufferPointer { weights in
      for index in 0..<input.count {
        let (place, channel) = (index / channels, index % channels)
        sums.add(
          UnsafeBufferPointer(rebasing: weights[channel * units..<(channel + 1) * units]),
          times: (input.lower[index], input.upper[index]), at: place * units)
      }
    }
    return sums.bounds(terms: channels, bias: bias)
  }

  func convolution(_ window: Window, groups: Int, _ kernel: Tensor, _ bias: [Float]?) -> Bounds {
    let rank = window.size.count
    let (channels, filters) = (kernel.extents[rank], kernel.extents[rank + 1])
    let perGroup = filters / groups
    var sums = LinearSums(count: shape.count)
    kernel.values.withUnsafeBufferPointer { weights in
      window.slide(over: inputShape.spatial) { position, tap, place in
        for channel in 0..<channels * groups {
          let group = channel / channels
          let input = place * channels * groups + channel
          let row = (tap * channels + channel % channels) * filters + group * perGroup
          sums.add(
            UnsafeBufferPointer(rebasing: weights[row..<row + perGroup]),
            times: (first.lower[input], first.upper[input]),
            at: position * filters + group * perGroup)
        }
      }
    }
    var bounds = sums.bounds(terms: channels * window.size.reduce(1, *), bias: bias)
    let mayBeWinograd = [[3, 3], [5, 5]].contains(window.size) && window.strides == [1, 1]
    guard mayBeWinograd else { return bounds }
    // A run may use Winograd's algorithm, whose error grows with the largest number of a whole tile.
    let largest = (0..<first.count).reduce(0) { max($0, first[$1].magnitude) }
    var weights = [Double](repeating: 0, count: filters)
    kernel.values.withUnsafeBufferPointer { kernel in
      for (index, weight) in kernel.enumerated() {
        weights[index % filters] += Double(weight).magnitude
      }
    }
    bounds.update { index, range in
      range.widened(by: Rounding.winograd * largest * weights[index % filters])
    }
    return bounds
  }

  /// The transpose of the correlation that takes `extents` to the input's.
  func transposedConvolution(
    _ window: Window, extents: [Int], _ kernel: Tensor, _ bias: [Float]?
  ) -> Bounds {
    let rank = window.size.count
    let (filters, channels) = (kernel.extents[rank], kernel.extents[rank + 1])
    // The weights of an input's channel side by side.
    var columns = [Float](repeating: 0, count: kernel.values.count)
    kernel.values.withUnsafeBufferPointer { kernel in
      for (index, weight) in kernel.enumerated() {
        let (row, channel) = (index / channels, index % channels)
        let (tap, filter) = (row / filters, row % filters)
        columns[(tap * channels + channel) * filters + filter] = weight
      }
    }
    var sums = LinearSums(count: shape.count)
    columns.withUnsafeBufferPointer { weights in
      window.slide(over: extents[...]) { position, tap, place in
        for channel in 0..<channels {
          let input = position * channels + channel
          let row = (tap * channels + channel) * filters
          sums.add(
            UnsafeBufferPointer(rebasing: weights[row..<row + filters]),
            times: (first.lower[input], first.upper[input]), at: place * filters)
        }
      }
    }
    return sums.bounds(terms: channels * window.size.reduce(1, *), bias: bias)
  }

  func affine(_ scale: [Float], _ shift: [Float]) -> Bounds {
    var bounds = first
    bounds.update { index, range in
      let factor = Double(scale[index % scale.count])
      let offset = Double(shift[index % shift.count])
      let result = range * (factor...factor) + (offset...offset)
      return result.widened(
        by: Rounding.error(
          terms: 1, magnitude: factor.magnitude * range.magnitude + offset.magnitude))
    }
    return bounds
  }

  /// The mean of the places of the input that go to each place of the output.
  ///
  /// A mean of numbers that are not negative is not negative, in Float as well.
  func means(count: Int, of terms: [Int], into targets: [Int]) -> Bounds {
    var sums = [ClosedRange<Double>](repeating: 0...0, count: count)
    var magnitudes = [Double](repeating: 0, count: count)
    var counts = [Int](repeating: 0, count: count)
    for (source, target) in zip(terms, targets) {
      sums[target] = sums[target] + first[source]
      magnitudes[target] += first[source].magnitude
      counts[target] += 1
    }
    var bounds = Bounds(zeros: count)
    bounds.update { index, _ in
      let terms = counts[index]
      let share = 1 / Double(terms)
      let mean = sums[index] * (share...share)
      let result = mean.widened(
        by: Rounding.error(terms: terms, magnitude: magnitudes[index] * share))
      return mean.lowerBound >= 0 ? max(result.lowerBound, 0)...result.upperBound : result
    }
    return bounds
  }

  func mean(axes: [Int]) -> Bounds {
    means(
      count: shape.count, of: Array(0..<first.count), into: inputShape.places(stretching: shape))
  }

  /// The products of two matrices that both vary.
  func matrixProduct(transposed: Bool) -> Bounds {
    let (left, right) = (inputs[0], inputs[1])
    let inner = inputShape.channels
    let (rows, columns) = (shape.extents[shape.rank - 2], shape.channels)
    // The rows of a softmax sum to 1: a product with them is a mean.
    let isMean = graph.nodes[node.inputs[0]].operation.isSoftmax
    var bounds = Bounds(zeros: shape.count)
    bounds.update { index, _ in
      let (row, column) = (index / columns, index % columns)
      let matrix = row / rows
      var (sum, magnitude) = (0.0...0.0, 0.0)
      var hull: ClosedRange<Double>?
      for k in 0..<inner {
        let place =
          transposed
          ? (matrix * columns + column) * inner + k : (matrix * inner + k) * columns + column
        let (a, b) = (left[row * inner + k], right[place])
        sum = sum + a * b
        magnitude += a.magnitude * b.magnitude
        // What has no share does not count.
        if a != 0...0 { hull = hull?.hull(b) ?? b }
      }
      let error = Rounding.error(terms: inner, magnitude: magnitude)
      let result = magnitude.isFinite ? sum.widened(by: error) : .unknown
      guard isMean, let hull else { return result }
      // Its numbers are off by 1e-6 each.
      let slack = Double(inner) * 2e-6 * hull.magnitude + error
      return result.narrowed(to: hull.widened(by: slack))
    }
    return bounds
  }

  func localSquareSum(radius: Int, bias: Double, alpha: Double) -> Bounds {
    let channels = shape.channels
    var bounds = first
    bounds.update { index, _ in
      let channel = index % channels
      let near = max(0, channel - radius)...min(channels - 1, channel + radius)
      let sum = near.reduce(0.0...0.0) { $0 + first[index - channel + $1].squared }
      let result = sum * (alpha...alpha) + (bias...bias)
      let magnitude = sum.upperBound * alpha.magnitude + bias.magnitude
      let widened = result.widened(by: Rounding.error(terms: near.count, magnitude: magnitude))
      // Squares are not negative, so that nothing falls below the bias but for its own rounding.
      let least = bias - bias.magnitude * 0x1p-23
      return alpha >= 0 ? max(widened.lowerBound, least)...widened.upperBound : widened
    }
    return bounds
  }
}

extension ClosedRange<Double> {
  /// The squares of the range's numbers.
  var squared: ClosedRange<Double> {
    let (low, high) = (lowerBound * lowerBound, upperBound * upperBound)
    return contains(0) ? 0...Swift.max(low, high) : Swift.min(low, high)...Swift.max(low, high)
  }
}

extension Operation {
  var isSoftmax: Bool {
    switch self {
    case .activation(.softmax), .maskedSoftmax: true
    default: false
    }
  }
}
