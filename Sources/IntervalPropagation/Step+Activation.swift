import Glibc
import NetworkGraph

extension Step {
  func activation(_ function: ActivationFunction) -> Bounds {
    activation(function, of: first, channels: shape.channels)
  }

  /// - Parameter channels: The length of the rows that a softmax acts on.
  func activation(_ function: ActivationFunction, of input: Bounds, channels: Int) -> Bounds {
    var bounds = input
    switch function {
    case .softmax: bounds.updateRows(of: channels, softmax)
    case .logSoftmax: bounds.updateRows(of: channels, logSoftmax)
    case .prelu(let slopes):
      bounds.update { index, range in
        ActivationFunction.rectifier(slope: slopes[index % slopes.count], bound: .infinity)
          .bounds(on: range)
      }
    default: bounds.update { _, range in function.bounds(on: range) }
    }
    return bounds
  }
}

/// A share is greatest where its own number is greatest, and the others are least.
func softmax(_ row: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
  let error = ActivationFunction.error
  guard row.allSatisfy({ $0.lowerBound.isFinite && $0.upperBound.isFinite }) else {
    return row.map { _ in 0...1 + error }
  }
  // Exponentials relative to the greatest, and their sum.
  func sums(_ end: KeyPath<ClosedRange<Double>, Double>) -> (greatest: Double, sum: Double) {
    let greatest = row.reduce(-.infinity) { max($0, $1[keyPath: end]) }
    return (greatest, row.reduce(0) { $0 + exp($1[keyPath: end] - greatest) })
  }
  let (uppers, lowers) = (sums(\.upperBound), sums(\.lowerBound))
  return row.map { range in
    // What rounding may take from, or leave of, the sum over the others.
    let most = max(uppers.sum - exp(range.upperBound - uppers.greatest), 0) + 0x1p-40 * uppers.sum
    let least = max(
      lowers.sum - exp(range.lowerBound - lowers.greatest) - 0x1p-40 * lowers.sum, 0)
    let low = 1 / (1 + most * exp(uppers.greatest - range.lowerBound))
    let high = least == 0 ? 1 : 1 / (1 + least * exp(lowers.greatest - range.upperBound))
    return max(low - error, 0)...high + error
  }
}

/// x − log Σ exp is at most 0, and at least x − the greatest − log n.
private func logSoftmax(_ row: [ClosedRange<Double>]) -> [ClosedRange<Double>] {
  let (high, magnitude) = (row.map(\.upperBound).max()!, row.map(\.magnitude).max()!)
  return row.map { range in
    let low = range.lowerBound - high - log(Double(row.count))
    guard low.isFinite else { return .unknown }
    return (low...0).widened(by: 4 * ActivationFunction.error * max(1, magnitude))
  }
}

extension Bounds {
  /// Replaces each row of `channels` intervals.
  fileprivate mutating func updateRows(
    of channels: Int, _ change: ([ClosedRange<Double>]) -> [ClosedRange<Double>]
  ) {
    for start in stride(from: 0, to: count, by: channels) {
      let row = start..<start + channels
      for (index, range) in zip(row, change(row.map { self[$0] })) { self[index] = range }
    }
  }
}
