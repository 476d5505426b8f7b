/// The extents of one sample's activations, without the batch axis, channels last.
///
/// A picture is `[height, width, channels]`, a sequence `[steps, channels]`, a vector `[channels]`.
public struct Shape: Hashable, Sendable, CustomStringConvertible {
  /// The extent of each axis, every one positive.
  public let extents: [Int]

  /// The number of values in one sample.
  public let count: Int

  /// Creates a shape, or returns `nil` if an extent is not positive or the product overflows.
  public init?(_ extents: [Int]) {
    var count = 1
    for extent in extents {
      guard extent > 0 else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: extent)
      guard !overflow else { return nil }
      count = product
    }
    self.extents = extents
    self.count = count
  }

  /// The number of axes.
  public var rank: Int { extents.count }

  /// The extent of the last axis; 1 for a scalar.
  public var channels: Int { extents.last ?? 1 }

  /// The extents before the channels: what a convolution or a pooling slides over.
  public var spatial: ArraySlice<Int> { extents.dropLast() }

  /// The extents joined by ×, as in `32×32×3`.
  public var description: String {
    extents.isEmpty ? "scalar" : extents.map(String.init).joined(separator: "×")
  }
}

/// An array of numbers with extents, in row-major order: a weight of the network.
public struct Tensor: Sendable {
  /// The extent of each axis.
  public let extents: [Int]

  /// The numbers, last axis fastest.
  public let values: Numbers

  /// Creates a tensor.
  ///
  /// - Precondition: The product of the extents is the number of values.
  public init(_ values: [Float], extents: [Int]) {
    self.init(Numbers(values), extents: extents)
  }

  /// Creates a tensor whose numbers lie where they are.
  ///
  /// - Precondition: The product of the extents is the number of values.
  public init(_ values: Numbers, extents: [Int]) {
    // An extent of 0 beside great ones must not overflow.
    let count = extents.contains(0) ? 0 : extents.reduce(1, *)
    precondition(values.count == count, "\(values.count) values do not fill \(extents)")
    self.extents = extents
    self.values = values
  }
}
