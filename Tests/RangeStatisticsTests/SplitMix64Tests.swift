import RangeStatistics
import Testing

@Suite("SplitMix64")
struct SplitMix64Tests {
  @Test("The sequence of seed 1234567 is the published one.")
  func publishedSequence() {
    var generator = SplitMix64(seed: 1_234_567)
    let expected: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    #expect(expected.indices.map { _ in generator.next() } == expected)
    #expect(SplitMix64.hash(1_234_567) == expected[0])
  }

  @Test("A permutation is the same on every platform.")
  func fixedPermutation() {
    var generator = SplitMix64(seed: 42)
    #expect(generator.permutation(of: 10) == [8, 3, 6, 5, 4, 0, 9, 2, 1, 7])
  }

  @Test("A permutation has every element once.", arguments: [0, 1, 2, 1000])
  func isPermutation(count: Int) {
    var generator = SplitMix64(seed: 43)
    #expect(generator.permutation(of: count).sorted() == Array(0..<count))
  }

  @Test("All orders of three are equally likely.")
  func uniformOrders() {
    var generator = SplitMix64(seed: 44)
    var found: [[Int]: Int] = [:]
    for _ in 0..<6000 { found[generator.permutation(of: 3), default: 0] += 1 }
    #expect(found.count == 6)
    // 1,000 expected each, with a standard deviation of 29; five of them.
    #expect(found.values.allSatisfy { abs($0 - 1000) < 145 })
  }
}
