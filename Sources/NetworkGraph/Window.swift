/// How the edge of a sliding window's input is filled.
public enum Padding: Hashable, Sendable {
  /// Nothing is added.
  case valid
  /// Zeros on both sides, so that ⌈input / stride⌉ windows fit; an odd one goes to the end.
  case same
  /// Zeros before the first step only (one spatial axis).
  case causal
}

/// A window that slides over the spatial axes.
public struct Window: Hashable, Sendable {
  /// One number a spatial axis each.
  public let size: [Int]
  public let strides: [Int]
  public let dilations: [Int]
  public let padding: Padding

  /// Creates a window.
  ///
  /// - Precondition: As many strides and dilations as extents, all positive.
  public init(size: [Int], strides: [Int], dilations: [Int]? = nil, padding: Padding) {
    let dilations = dilations ?? size.map { _ in 1 }
    precondition(size.count == strides.count && size.count == dilations.count)
    precondition((size + strides + dilations).allSatisfy { $0 > 0 })
    self.size = size
    self.strides = strides
    self.dilations = dilations
    self.padding = padding
  }

  /// The number of places the window takes along each axis, or `nil` if it does not fit.
  public func outputExtents(for input: ArraySlice<Int>) -> [Int]? {
    // What is larger fits no shape, and sums and products of two smaller numbers do not overflow.
    guard input.count == size.count,
      (size + strides + dilations + input).allSatisfy({ $0 <= Shape.countLimit })
    else { return nil }
    var output: [Int] = []
    for (axis, extent) in zip(size.indices, input) {
      let (before, after) = paddingAmounts(axis: axis, extent: extent)
      let room = extent + before + after - reach(axis)
      guard room >= 0 else { return nil }
      output.append(room / strides[axis] + 1)
    }
    return output
  }

  /// The zeros added before and after an axis of the given extent.
  public func paddingAmounts(axis: Int, extent: Int) -> (before: Int, after: Int) {
    switch padding {
    case .valid: return (0, 0)
    case .causal: return (reach(axis) - 1, 0)
    case .same:
      let places = (extent + strides[axis] - 1) / strides[axis]
      let total = max((places - 1) * strides[axis] + reach(axis) - extent, 0)
      return (total / 2, total - total / 2)
    }
  }

  /// How many input places one window spans along an axis.
  private func reach(_ axis: Int) -> Int { (size[axis] - 1) * dilations[axis] + 1 }
}
