/// A sum of floating-point numbers without any rounding, so that no order of addition matters.
///
/// The sum is a fixed-point number of 640 bits in two's complement, whose lowest bit is worth
/// 2⁻²⁹⁸. That is the unit of a product of two Float32 values; the top leaves room for 2⁶³ squares
/// of the greatest one. (Kulisch's long accumulator: "Computer Arithmetic and Validity", 2013.)
public struct ExactSum: Sendable {
  /// The number of 64-bit words.
  public static let wordCount = 10

  /// The exponent of two that the lowest bit is worth.
  static let lowestExponent = -298

  private var storage: InlineArray<10, UInt64>

  /// Creates the sum of nothing, zero.
  public init() {
    storage = InlineArray(repeating: 0)
  }

  /// Creates the sum with the given words, least significant first, in two's complement.
  ///
  /// - Precondition: There are `wordCount` words.
  public init(words: [UInt64]) {
    precondition(words.count == Self.wordCount, "\(words.count) words instead of \(Self.wordCount)")
    storage = InlineArray { words[$0] }
  }

  /// Creates the sum with the given word at each place, least significant first.
  init(_ word: (Int) -> UInt64) {
    storage = InlineArray { word($0) }
  }

  /// The places of the words without zeros below and without repetitions of the sign above; `nil` for
  /// zero.
  var neededWords: Range<Int>? {
    guard let lower = (0..<Self.wordCount).first(where: { storage[$0] != 0 }) else { return nil }
    let sign: UInt64 = storage[Self.wordCount - 1] >> 63 == 0 ? 0 : .max
    var upper = Self.wordCount
    // The highest word that is left has to show the sign.
    while upper - 1 > lower, storage[upper - 1] == sign, (storage[upper - 2] ^ sign) >> 63 == 0 {
      upper -= 1
    }
    return lower..<upper
  }

  /// The word at a place, counted from the least significant one.
  subscript(place: Int) -> UInt64 { storage[place] }

  /// The words, least significant first, in two's complement.
  public var words: [UInt64] { (0..<Self.wordCount).map { storage[$0] } }

  /// Adds a number.
  ///
  /// - Precondition: The number is a multiple of 2⁻²⁹⁸ below 2³²⁰ in magnitude, as every sum of
  ///   Float32 values or of their squares is.
  public mutating func add(_ number: Double) {
    let bits = number.bitPattern
    if bits << 1 == 0 { return }
    precondition(number.magnitude < 0x1p320, "too large for an exact sum: \(number)")
    precondition(number.magnitude.isNormal, "too fine for an exact sum: \(number)")
    var significand = bits & (1 << 52 - 1) | 1 << 52
    // The exponent's bias is 1,023, and the significand has 52 bits behind the point.
    var shift = Int(bits >> 52 & 0x7FF) - 1_023 - 52 - Self.lowestExponent
    if shift < 0 {
      precondition(
        significand.trailingZeroBitCount >= -shift, "too fine for an exact sum: \(number)")
      significand >>= UInt64(-shift)
      shift = 0
    }
    let (word, bit) = (shift / 64, UInt64(shift % 64))
    // Negative numbers in two's complement, without a branch that the processor would have to guess:
    // all bits are turned, and 1 is added.
    let sign = UInt64(bitPattern: Int64(bitPattern: bits) >> 63)
    let low = (significand &<< bit) ^ sign
    let high = ((significand &>> 1) &>> (63 - bit)) ^ sign
    let carry = increase(word + 1, by: high, carry: increase(word, by: low, carry: sign != 0))
    // Above, the words of `sign` and a carry add up to 0 unless just one of them is there.
    if carry != (sign != 0) { propagate(sign, from: word + 2, carry: carry) }
  }

  /// Adds the numbers of lanes to sums; lane `i` belongs to sum `i % sums.count`, and the lanes of
  /// one sum are added up before.
  static func add(_ lanes: UnsafeMutablePointer<Double>, width: Int, to sums: inout [ExactSum]) {
    let count = sums.count
    for index in 0..<count {
      var sum = 0.0
      for lane in stride(from: index, to: width, by: count) { sum += lanes[lane] }
      sums[index].add(sum)
    }
  }

  /// Adds another sum.
  public mutating func merge(_ other: ExactSum) {
    var carry: UInt64 = 0
    for word in 0..<Self.wordCount {
      let (partial, first) = storage[word].addingReportingOverflow(other.storage[word])
      let (sum, second) = partial.addingReportingOverflow(carry)
      storage[word] = sum
      carry = first || second ? 1 : 0
    }
  }

  /// The sum, rounded to the nearest Double, ties to even.
  public var value: Double {
    let isNegative = storage[Self.wordCount - 1] >> 63 == 1
    let magnitude = isNegative ? negated.storage : storage
    guard let top = (0..<Self.wordCount).last(where: { magnitude[$0] != 0 }) else { return 0 }
    let empty = UInt64(magnitude[top].leadingZeroBitCount)
    // The leading 64 bits, and whether anything is left below them.
    var leading = magnitude[top] << empty
    var isInexact = false
    if top > 0 {
      if empty > 0 { leading |= magnitude[top - 1] >> (64 - empty) }
      isInexact = magnitude[top - 1] << empty != 0
      isInexact = isInexact || (0..<top - 1).contains { magnitude[$0] != 0 }
    }
    var significand = leading >> 11
    let remainder = leading & 0x7FF
    if remainder > 0x400 || (remainder == 0x400 && (isInexact || significand & 1 == 1)) {
      significand += 1
    }
    let exponent = top * 64 - Int(empty) + 11 + Self.lowestExponent
    return Double(
      sign: isNegative ? .minus : .plus, exponent: exponent, significand: Double(significand))
  }

  /// The sum with the opposite sign.
  var negated: ExactSum {
    var result = ExactSum()
    var borrow = false
    for word in 0..<Self.wordCount {
      borrow = result.decrease(word, by: storage[word], borrow: borrow)
    }
    return result
  }

  private mutating func increase(_ word: Int, by amount: UInt64, carry: Bool) -> Bool {
    let (partial, first) = storage[word].addingReportingOverflow(amount)
    let (sum, second) = partial.addingReportingOverflow(carry ? 1 : 0)
    storage[word] = sum
    return first || second
  }

  private mutating func decrease(_ word: Int, by amount: UInt64, borrow: Bool) -> Bool {
    let (partial, first) = storage[word].subtractingReportingOverflow(amount)
    let (difference, second) = partial.subtractingReportingOverflow(borrow ? 1 : 0)
    storage[word] = difference
    return first || second
  }

  /// Adds a word to all words from `start` on, until nothing changes any more.
  private mutating func propagate(_ amount: UInt64, from start: Int, carry: Bool) {
    var (word, carry) = (start, carry)
    while word < Self.wordCount, carry != (amount != 0) {
      carry = increase(word, by: amount, carry: carry)
      word += 1
    }
  }
}

extension ExactSum: Equatable {
  public static func == (left: ExactSum, right: ExactSum) -> Bool {
    (0..<wordCount).allSatisfy { left.storage[$0] == right.storage[$0] }
  }
}
