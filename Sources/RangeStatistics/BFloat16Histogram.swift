/// A histogram of finite Float32 values whose bins are the bfloat16 numbers.
///
/// A value's key is the upper half of its bit pattern, which is the value truncated to bfloat16:
/// it needs no range in advance, and a bin is at most 2⁻⁷ of its value wide. −0 counts as +0.
public struct BFloat16Histogram: Equatable, Sendable {
  /// The number of bins, one for each upper half of a bit pattern.
  public static let binCount = 65_536

  /// The keys of the bins of finite values, in the order of their values.
  public static let ascendingKeys = Array((0x8000..<0xFF80).reversed()) + Array(0..<0x7F80)

  /// The number of values in each bin, by key.
  public private(set) var counts: [UInt64]

  /// Creates an empty histogram.
  public init() {
    counts = Array(repeating: 0, count: Self.binCount)
  }

  /// Creates the histogram with the given counts, by key.
  ///
  /// - Throws: `StatisticsError` if there are not `binCount` counts, or if a bin of NaN or of
  ///   infinity is not empty.
  public init(counts: [UInt64]) throws(StatisticsError) {
    if counts.count != Self.binCount { throw .wrongBinCount(counts.count) }
    for first in [0x7F80, 0xFF80] {
      for key in first..<first + 0x80 where counts[key] != 0 {
        throw .notFiniteBin(key: key, count: counts[key])
      }
    }
    self.counts = counts
  }

  /// The number of values.
  public var total: UInt64 { counts.reduce(0, +) }

  /// Returns the key of the bin that holds `value`.
  public static func key(of value: Float) -> Int { Int((value + 0).bitPattern >> 16) }

  /// Returns the bounds of a bin: for a positive one, its least value and the next bin's least
  /// value, which it does not hold; for a negative one the mirror image.
  ///
  /// - Precondition: The key is that of a finite value.
  public static func edges(ofKey key: Int) -> ClosedRange<Float> {
    precondition(key & 0x7FFF < 0x7F80 && key < binCount, "no bin of finite values: \(key)")
    let inner = Float(bitPattern: UInt32(key & 0x7FFF) << 16)
    let outer = Float(bitPattern: UInt32(key & 0x7FFF + 1) << 16)
    return key < 0x8000 ? inner...outer : -outer...(0 - inner)
  }

  /// Counts a value.
  ///
  /// - Precondition: The value is finite.
  public mutating func add(_ value: Float) {
    precondition(value.isFinite, "only finite values are binned: \(value)")
    counts[Self.key(of: value)] += 1
  }

  /// Adds the counts of another histogram.
  public mutating func merge(_ other: BFloat16Histogram) {
    for key in counts.indices { counts[key] += other.counts[key] }
  }
}
