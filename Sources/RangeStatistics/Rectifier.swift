import CRecording

/// A piecewise linear activation that can be applied in place while its input is recorded.
///
/// Its value at `x` is `negativeSlope · x` for negative `x` and `x` otherwise, but never more than
/// `upperBound`. That covers ReLU, leaky ReLU and ReLU6. NaN stays NaN.
public struct Rectifier: Hashable, Sendable {
  /// The slope left of zero; 0 gives zero there, for −∞ as well.
  public let negativeSlope: Float

  /// The greatest value, +∞ if there is none.
  public let upperBound: Float

  /// Creates a rectifier; without arguments, ReLU.
  ///
  /// - Precondition: The slope is finite, and the bound is not negative.
  public init(negativeSlope: Float = 0, upperBound: Float = .infinity) {
    precondition(negativeSlope.isFinite, "the slope is not finite: \(negativeSlope)")
    precondition(upperBound >= 0, "the upper bound is negative: \(upperBound)")
    self.negativeSlope = negativeSlope
    self.upperBound = upperBound
  }

  /// Returns the activation's value at `x`.
  public func callAsFunction(_ x: Float) -> Float {
    let negative = negativeSlope == 0 ? 0 : negativeSlope * x
    let rectified = x < 0 ? negative : x
    return rectified > upperBound ? upperBound : rectified
  }

  /// Replaces every value by the activation's value there, without recording anything.
  public func apply(to values: UnsafeMutableBufferPointer<Float>) {
    apply(to: values, with: .best)
  }

  /// Replaces every value by the activation's value there, by the given instructions.
  func apply(to values: UnsafeMutableBufferPointer<Float>, with set: InstructionSet) {
    guard let address = values.baseAddress else { return }
    rf_rectify(set.code, address, values.count, parameters)
  }

  /// This activation as the C boundary knows it.
  var parameters: rf_rectifier {
    rf_rectifier(negative_slope: negativeSlope, upper_bound: upperBound)
  }
}
