import Testing

@testable import RangeStatistics

@Suite("Exact sum")
struct ExactSumTests {
  private func sum(_ numbers: [Double]) -> ExactSum {
    var sum = ExactSum()
    for number in numbers { sum.add(number) }
    return sum
  }

  @Test("A single number comes back unchanged, from the finest to the coarsest.")
  func singleNumbers() {
    for number in [0, 1, -1, 0x1p-298, -0x1p-298, 0x1.fffffffffffffp-246, 0x1.fffffffffffffp319] {
      #expect(sum([number]).value == number)
      #expect(sum([-number]).value == -number)
    }
  }

  @Test("Numbers that cancel leave what a naive sum loses.")
  func cancellation() {
    #expect(sum([1e60, 1, -1e60]).value == 1)
    #expect(sum([0x1p300, 0x1p-298, -0x1p300]).value == 0x1p-298)
    #expect(sum([3, -3]) == ExactSum())
  }

  @Test("Integers add up as in 128-bit arithmetic, with carries over words and signs.")
  func agreesWithIntegers() {
    var generator = SplitMix64(seed: 31)
    for _ in 0..<200 {
      var (exact, expected) = (ExactSum(), Int128(0))
      for _ in 0..<50 {
        let integer = Int128(Int64(bitPattern: generator.next()) >> 11)
        let shift = Int(generator.next() % 64)
        expected += integer << Int128(shift)
        // In units of 2⁻⁹⁰, so that the words' borders are crossed.
        exact.add(Double(integer) * Double(sign: .plus, exponent: shift - 90, significand: 1))
      }
      #expect(exact.value == Double(expected) * 0x1p-90)
    }
  }

  @Test("No order and no grouping of the numbers changes a word.")
  func orderDoesNotMatter() {
    var generator = SplitMix64(seed: 32)
    let numbers = (0..<300).map { _ in
      let exponent = Int(generator.next() % 400) - 200
      let sign = FloatingPointSign(rawValue: Int(generator.next() % 2))!
      return Double(sign: sign, exponent: exponent, significand: 1 + generator.unit())
    }
    let expected = sum(numbers).words
    #expect(numbers.reduce(0, +) != numbers.reversed().reduce(0, +), "the test shows nothing")
    for _ in 0..<20 {
      let shuffled = generator.permutation(of: numbers.count).map { numbers[$0] }
      #expect(sum(shuffled).words == expected)
      let cut = Int(generator.next() % 300)
      var left = sum(Array(shuffled[..<cut]))
      left.merge(sum(Array(shuffled[cut...])))
      #expect(left.words == expected)
    }
  }

  @Test("The value is rounded to the nearest, and a tie to even.")
  func rounding() {
    #expect(sum([1, 0x1p-53]).value == 1)
    #expect(sum([1, 0x1p-53, 0x1p-298]).value == 1 + 0x1p-52)
    #expect(sum([1, 0x1p-52, 0x1p-53]).value == 1 + 0x1p-51)
    #expect(sum([-1, -0x1p-53, -0x1p-200]).value == -1 - 0x1p-52)
    #expect(sum([2, -0x1p-54]).value == 2)
    #expect(sum([0x1.fffffffffffffp0, 0x1p-53]).value == 2)
  }

  @Test("The words give back the sum, and are those of two's complement.")
  func words() {
    let minusOneUnit = sum([-0x1p-298])
    #expect(minusOneUnit.words == Array(repeating: .max, count: 10))
    #expect(ExactSum(words: minusOneUnit.words) == minusOneUnit)
    #expect(sum([0x1p-298, 0x1p-234]).words == [1, 1, 0, 0, 0, 0, 0, 0, 0, 0])
  }
}
