import RangeStatistics
import Testing

@testable import ActivationProfiling

@Suite("Many profiles put together")
struct ProfileUnionTests {
  /// A profile of some blocks, four samples each, of a dataset of 160.
  private func profile(_ blocks: Range<Int>, model: String = "model") -> Profile {
    let samples = 4 * blocks.lowerBound..<4 * blocks.upperBound
    let values = samples.flatMap { [Float($0 % 7), -Float($0)] }
    return Profile(
      provenance: Provenance(
        model: model, modelDigest: "0123", data: ["x"], dataDigests: ["y"], preprocessing: "",
        datasetSamples: 160, blockSize: 4),
      blocks: BlockSet(blocks),
      sites: [recordedSite("a/relu", values, shape: [2], first: samples.lowerBound)])
  }

  @Test(
    "Shards of any size in any order give what one merge after the other gives.",
    arguments: 1...20 as ClosedRange<UInt64>)
  func anyOrder(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var borders = [0, 40]
    for _ in 0..<Int.random(in: 0...30, using: &random) {
      borders.append(Int.random(in: 1..<40, using: &random))
    }
    borders = Set(borders).sorted()
    var parts = zip(borders, borders.dropFirst()).map { profile($0..<$1) }
    parts.shuffle(using: &random)
    var expected = parts[0]
    for part in parts.dropFirst() { try expected.merge(part) }
    var union = ProfileUnion(parts[0])
    for part in parts.dropFirst() { try union.add(part) }
    let whole = try union.profile()
    #expect(whole == expected)
    #expect(whole.missingBlocks.count == 0)
  }

  @Test("A block that is there twice is refused at the profile that brings it the second time.")
  func overlap() throws {
    // Among those that were gathered, and in the large one before them.
    for second in [33..<34, 5..<6] {
      var union = ProfileUnion(profile(0..<32))
      try union.add(profile(32..<33))
      try union.add(profile(33..<34))
      #expect(throws: ProfileMergeError.sharedBlocks(BlockSet(second))) {
        try union.add(profile(second))
      }
    }
  }

  @Test("A profile of another network is refused when it is added.")
  func otherNetwork() throws {
    var union = ProfileUnion(profile(0..<30))
    #expect(
      throws: ProfileMergeError.differentProvenance(what: "the network", "model", "other")
    ) { try union.add(profile(30..<31, model: "other")) }
  }
}
