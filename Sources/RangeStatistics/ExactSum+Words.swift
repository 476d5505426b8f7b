/// Words of exact sums that hold all that they say: those below are zero, those above repeat the sign.
///
/// Sums of a network's values need two or three of their ten words.
public struct SumWords: Hashable, Sendable {
  /// The places of the words, of which there is at least one.
  public let range: Range<Int>

  /// All words.
  public static let all = SumWords(range: 0..<ExactSum.wordCount)

  fileprivate init(range: Range<Int>) { self.range = range }

  /// So many words from the one on whose lowest bit is worth 2 to the given exponent, or `nil` if a sum
  /// has no such words.
  public init?(count: Int, exponent: Int) {
    let (bits, overflow) = exponent.subtractingReportingOverflow(ExactSum.lowestExponent)
    guard !overflow, bits >= 0, bits.isMultiple(of: 64), bits / 64 < ExactSum.wordCount,
      1...ExactSum.wordCount - bits / 64 ~= count
    else { return nil }
    range = bits / 64..<bits / 64 + count
  }

  /// The exponent of two that the lowest bit of the first word is worth.
  public var exponent: Int { ExactSum.lowestExponent + 64 * range.lowerBound }

  /// The words of sums, one sum after the other, least significant word first.
  ///
  /// - Precondition: The sums need no others.
  public func words(of sums: [ExactSum]) -> [UInt64] {
    var words: [UInt64] = []
    words.reserveCapacity(sums.count * range.count)
    for sum in sums {
      for place in range { words.append(sum[place]) }
    }
    return words
  }

  /// The sums with the given words, of the same number for each sum.
  public func sums(of words: [UInt64]) -> [ExactSum] {
    precondition(words.count.isMultiple(of: range.count), "\(words.count) words for \(range)")
    return stride(from: 0, to: words.count, by: range.count).map { start in
      let top = Int64(bitPattern: words[start + range.count - 1])
      return ExactSum { place in
        if place < range.lowerBound { return 0 }
        let index = place - range.lowerBound
        return index < range.count ? words[start + index] : UInt64(bitPattern: top >> 63)
      }
    }
  }
}

/// What words some exact sums need.
public struct SumWordsNeeded: Sendable {
  private var lower = ExactSum.wordCount
  private var upper = 0

  /// What no sums need.
  public init() {}

  /// Adds what some sums need.
  public mutating func add(_ sums: [ExactSum]) {
    for sum in sums {
      guard let needed = sum.neededWords else { continue }
      (lower, upper) = (min(lower, needed.lowerBound), max(upper, needed.upperBound))
    }
  }

  /// The fewest words that hold all of the sums; the lowest word if all are zero.
  public var words: SumWords { SumWords(range: lower < upper ? lower..<upper : 0..<1) }
}
