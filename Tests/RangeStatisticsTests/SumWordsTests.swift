import Testing

@testable import RangeStatistics

@Suite("Words of exact sums")
struct SumWordsTests {
  private func sums(_ exponents: ClosedRange<Int>, seed: UInt64) -> [ExactSum] {
    var generator = SplitMix64(seed: seed)
    return (0..<40).map { _ in
      var sum = ExactSum()
      for _ in 0..<1 + generator.next() % 3 {
        let exponent = exponents.lowerBound + Int(generator.next() % UInt64(exponents.count))
        let significand = Double(Int(generator.next() % 65) - 32)
        sum.add(Double(sign: .plus, exponent: exponent, significand: significand))
      }
      return sum
    }
  }

  @Test(
    "Sums come back from the words that they need, and one word fewer at either end would not do.",
    arguments: [-298 ... -298, -298...300, -10...10, 20...21, 300...310])
  func roundTrip(exponents: ClosedRange<Int>) throws {
    for seed in 0..<20 {
      let sums = sums(exponents, seed: UInt64(seed))
      var needed = SumWordsNeeded()
      for part in [sums[..<7], sums[7...]] { needed.add(Array(part)) }
      let words = needed.words
      let packed = words.words(of: sums)
      #expect(packed.count == 40 * words.range.count)
      #expect(words.sums(of: packed) == sums)
      #expect(SumWords(count: words.range.count, exponent: words.exponent)?.range == words.range)
      guard words.range.count > 1 else { continue }
      let shorter = SumWords(count: words.range.count - 1, exponent: words.exponent)!
      #expect(shorter.sums(of: shorter.words(of: sums)) != sums)
      let higher = SumWords(count: words.range.count - 1, exponent: words.exponent + 64)!
      #expect(higher.sums(of: higher.words(of: sums)) != sums)
    }
  }

  @Test("Zeros, and no sums at all, need the lowest word.")
  func zeros() {
    var needed = SumWordsNeeded()
    #expect(needed.words.range == 0..<1)
    needed.add([ExactSum(), ExactSum()])
    #expect(needed.words.range == 0..<1 && needed.words.exponent == -298)
    #expect(needed.words.sums(of: [0, 0]) == [ExactSum(), ExactSum()])
  }

  @Test("The sign has room: 2⁶³ units need a second word, −2⁶³ do not.")
  func signs() {
    for (number, range) in [
      (0x1p-235, 0..<2), (-0x1p-235, 0..<1), (0x1p-236, 0..<1), (-0x1.8p-234, 0..<2),
    ] {
      var (sum, needed) = (ExactSum(), SumWordsNeeded())
      sum.add(number)
      needed.add([sum])
      let words = needed.words
      #expect(words.range == range, "\(number)")
      #expect(words.sums(of: words.words(of: [sum])) == [sum])
    }
  }

  @Test("Words that no sum has are nothing.")
  func outside() {
    for (count, exponent) in [
      (0, -298), (11, -298), (10, -234), (1, -297), (1, -362), (1, 342), (1, .min), (1, .max),
      (.max, -298),
    ] {
      #expect(SumWords(count: count, exponent: exponent) == nil, "\(count) \(exponent)")
    }
    #expect(SumWords.all.range == 0..<10 && SumWords(count: 1, exponent: 278)?.range == 9..<10)
  }
}
