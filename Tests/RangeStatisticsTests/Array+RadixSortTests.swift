import Testing

@testable import RangeStatistics

@Suite struct RadixSortTests {
  @Test(
    "Values of every size and sign come in ascending order.", arguments: [0, 1, 2000, 2001, 50_000])
  func ascending(count: Int) {
    var generator = SplitMix64(seed: UInt64(count))
    let values = (0..<count).map { _ -> Float in
      let value = Float(bitPattern: UInt32.random(in: 0...UInt32.max, using: &generator))
      return value.isNaN ? -.infinity : value
    }
    #expect(values.ascending() == values.sorted())
  }

  @Test("Equal values, infinities and both zeros are kept.")
  func special() {
    let few: [Float] = [0, -0.0, .infinity, -.infinity, 1, -1, .leastNonzeroMagnitude, 1]
    let sorted = Array(repeating: few, count: 500).joined().map { $0 }.ascending()
    #expect(sorted == Array(repeating: few, count: 500).joined().sorted())
    #expect(sorted.count { $0.sign == .minus && $0 == 0 } == 500)
  }
}
