/// A random number generator whose sequence is the same everywhere and in every version.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  /// Creates the generator of the sequence that belongs to a seed.
  public init(seed: UInt64) {
    state = seed
  }

  /// Returns the next number of the sequence.
  public mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mix(state)
  }

  /// Returns the hash of a number, the first one of the sequence seeded by it; no two numbers have
  /// the same hash.
  public static func hash(_ number: UInt64) -> UInt64 { mix(number &+ increment) }

  /// Returns a random order of 0, …, `count` − 1, each equally likely.
  ///
  /// Fisher and Yates's shuffle, with bounded numbers by Lemire's method ("Fast random integer
  /// generation in an interval", 2019), which has no bias.
  ///
  /// - Precondition: `count` is not negative.
  public mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(next(below: UInt64(last) + 1)))
    }
    return order
  }

  private mutating func next(below bound: UInt64) -> UInt64 {
    let rejected = (0 &- bound) % bound
    while true {
      let product = next().multipliedFullWidth(by: bound)
      if product.low >= rejected { return product.high }
    }
  }

  private static func mix(_ number: UInt64) -> UInt64 {
    var z = number
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
