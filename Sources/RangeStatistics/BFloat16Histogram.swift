/// A histogram of finite Float32 values whose bins are the bfloat16 numbers.
///
/// A value's key is the upper half of its bit pattern, which is the value truncated to bfloat16:
/// it needs no range in advance, and a bin is at most 2⁻⁷ of its value wide. −0 counts as +0.
public struct BFloat16Histogram: Equatable, Sendable {
  /// The number of bins, one for each upper half of a bit pattern.
  public static let binCount = 65_536

  /// The keys of the bins of finite values, in the order of their values.
  public static let ascendingKeys = Array((0x8000..<0xFF80).reversed()) + Array(0..<0x7F80)

  /// A bin that holds a value.
  public struct Bin: Hashable, Sendable {
    public let key: Int
    public fileprivate(set) var count: UInt64
  }

  /// The bins that hold a value, in the order of their values.
  ///
  /// Some thousands of the 65,536 do: most of a float's exponents are never met.
  public private(set) var bins: [Bin]

  /// Creates an empty histogram.
  public init() { bins = [] }

  /// Creates the histogram with the given bins, each named by its edge nearest to 0.
  ///
  /// - Throws: `StatisticsError` if an edge is NaN or infinite or no bfloat16 number, if edges do not
  ///   ascend, or if a bin holds nothing.
  /// - Precondition: There are as many counts as edges.
  public init(edges: [Float], counts: [UInt64]) throws(StatisticsError) {
    precondition(edges.count == counts.count, "\(counts.count) counts of \(edges.count) bins")
    bins = []
    bins.reserveCapacity(edges.count)
    var next = Int.min
    for (position, edge) in edges.enumerated() {
      let key = Int(edge.bitPattern >> 16)
      if !edge.isFinite { throw .notFiniteBin(key: key, count: counts[position]) }
      if edge.bitPattern & 0xFFFF != 0 || counts[position] == 0 || Self.order(key) < next {
        throw .wrongBin(position: position)
      }
      next = Self.order(key) + 1
      bins.append(Bin(key: key, count: counts[position]))
    }
  }

  /// Creates the histogram with the given count for each key of finite values.
  ///
  /// - Parameter magnitudes: The positive keys that may have a count, or whose negatives may; the
  ///   bins of zero may as well.
  init(magnitudes: Range<Int>, count: (_ key: Int) -> UInt64) {
    bins = []
    func append(_ key: Int) {
      let count = count(key)
      if count > 0 { bins.append(Bin(key: key, count: count)) }
    }
    let magnitudes = magnitudes.clamped(to: 1..<0x7F80)
    for key in magnitudes.reversed() { append(0x8000 | key) }
    append(0x8000)
    append(0)
    for key in magnitudes { append(key) }
  }

  /// The edge nearest to 0 of each bin that holds a value, in the order of the values.
  public var edges: [Float] { bins.map { Float(bitPattern: UInt32($0.key) << 16) } }

  /// The number of values in each bin, by key: for every bin, empty or not.
  public var counts: [UInt64] {
    var counts = [UInt64](repeating: 0, count: Self.binCount)
    for bin in bins { counts[bin.key] = bin.count }
    return counts
  }

  /// The number of values in a bin.
  public func count(ofKey key: Int) -> UInt64 {
    let index = firstIndex(notBefore: key)
    return index < bins.count && bins[index].key == key ? bins[index].count : 0
  }

  /// The number of values.
  public var total: UInt64 { bins.reduce(0) { $0 + $1.count } }

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

  /// Returns the keys of the bins below and above, or nil for the first and the last.
  static func neighbours(ofKey key: Int) -> (below: Int, above: Int)? {
    switch key {
    case 0x7F7F, 0xFF7F: nil
    case 0: (0x8000, 1)
    case 0x8000: (0x8001, 0)
    case ..<0x8000: (key - 1, key + 1)
    default: (key + 1, key - 1)
    }
  }

  /// Counts a value.
  ///
  /// - Precondition: The value is finite.
  public mutating func add(_ value: Float) {
    precondition(value.isFinite, "only finite values are binned: \(value)")
    let key = Self.key(of: value)
    let index = firstIndex(notBefore: key)
    if index < bins.count && bins[index].key == key {
      bins[index].count += 1
    } else {
      bins.insert(Bin(key: key, count: 1), at: index)
    }
  }

  /// Adds the counts of another histogram.
  public mutating func merge(_ other: BFloat16Histogram) {
    var joined: [Bin] = []
    joined.reserveCapacity(max(bins.count, other.bins.count))
    var rest = other.bins[...]
    for var bin in bins {
      while let next = rest.first, Self.order(next.key) < Self.order(bin.key) {
        joined.append(rest.removeFirst())
      }
      if let next = rest.first, next.key == bin.key {
        bin.count += next.count
        rest.removeFirst()
      }
      joined.append(bin)
    }
    bins = joined + rest
  }

  /// The histogram of max(x, 0) of the values, and of some zeros more.
  func rectified(zeros: UInt64) -> BFloat16Histogram {
    var result = BFloat16Histogram()
    let positive = bins[firstIndex(notBefore: 1)...]
    let rest = bins[..<positive.startIndex].reduce(zeros) { $0 + $1.count }
    result.bins = (rest > 0 ? [Bin(key: 0, count: rest)] : []) + positive
    return result
  }

  /// A number that ascends with the values of the bins.
  private static func order(_ key: Int) -> Int { key < 0x8000 ? key : 0x7FFF - key }

  private func firstIndex(notBefore key: Int) -> Int {
    var (low, high) = (0, bins.count)
    while low < high {
      let middle = (low + high) / 2
      if Self.order(bins[middle].key) < Self.order(key) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
