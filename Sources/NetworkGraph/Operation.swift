/// What a node computes, for one sample, channels last.
///
/// Layers of a file format are expressed in these few: a separable convolution is two
/// convolutions, an inference-time batch normalisation an `affine`, a local response
/// normalisation a `localSquareSum`, a `power`, and a product.
public enum Operation: Sendable {
  /// A tensor that the caller supplies.
  case input
  /// A matrix product over the last axis; the kernel is `[in, out]`.
  case dense(kernel: Tensor, bias: [Float]?)
  /// A correlation; the kernel is `[window…, channels in a group, out]`.
  case convolution(window: Window, groups: Int, kernel: Tensor, bias: [Float]?)
  /// `scale·x + shift` with one scale and shift a channel, or one for all.
  case affine(scale: [Float], shift: [Float])
  /// A nonlinearity: a site.
  case activation(ActivationFunction)
  /// The greatest value in each window: a site, since it needs a polynomial too.
  case maxPooling(Window)
  /// The mean of each window; padding does not count.
  case averagePooling(Window)
  /// The mean over all spatial axes; `keepsAxes` leaves them with extent 1.
  case globalAveragePooling(keepsAxes: Bool)
  /// The greatest value over all spatial axes: a site.
  case globalMaxPooling(keepsAxes: Bool)
  /// `bias + alpha · Σ x²` over the `2·radius + 1` channels around each one.
  case localSquareSum(radius: Int, bias: Float, alpha: Float)
  /// All inputs combined number by number; an extent of 1 is stretched to the others'.
  case elementwise(Combination)
  /// The inputs side by side along an axis of the sample.
  case concatenation(axis: Int)
  /// The same numbers in the same order with other extents.
  case reshape(Shape)
  /// Output axis `i` is input axis `order[i]`.
  case permutation([Int])
  /// Zeros around the spatial axes.
  case zeroPadding([(before: Int, after: Int)])
  /// Places taken away from the spatial axes.
  case cropping([(before: Int, after: Int)])
  /// Each place repeated along each spatial axis.
  case nearestUpsampling([Int])
}

/// How `Operation.elementwise` joins its inputs.
public enum Combination: String, Hashable, Sendable {
  case add, subtract, multiply, average, maximum, minimum
}

extension Operation {
  /// The function of the site that this operation is, or `nil` if it is none.
  public var siteFunction: (name: String, canonicalText: String)? {
    switch self {
    case .activation(let function): (function.name, function.canonicalText)
    case .maxPooling, .globalMaxPooling: ("max", "max")
    default: nil
    }
  }

  /// The number of trained parameters.
  public var parameterCount: Int {
    switch self {
    case .dense(let kernel, let bias): kernel.values.count + (bias?.count ?? 0)
    case .convolution(_, _, let kernel, let bias): kernel.values.count + (bias?.count ?? 0)
    case .affine(let scale, let shift): scale.count + shift.count
    case .activation(.prelu(let slopes)): slopes.count
    default: 0
    }
  }
}
