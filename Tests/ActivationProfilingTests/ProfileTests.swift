import RangeStatistics
import TestSupport
import Testing

@testable import ActivationProfiling

@Suite("Profiles and their merge")
struct ProfileTests {
  /// Every order of some numbers.
  private static func orders(_ items: [Int]) -> [[Int]] {
    guard items.count > 1 else { return [items] }
    return items.indices.flatMap { index in
      var rest = items
      let first = rest.remove(at: index)
      return orders(rest).map { [first] + $0 }
    }
  }

  @Test(
    "Shards run apart and merged in every order give the values and the bytes of one run.",
    arguments: [1, 2, 3, 4])
  func shards(count: Int) throws {
    let profiler = try tinyProfiler(roughSamples)
    let whole = try profiler.run(threads: 1)
    let wholeBytes = try ProfileFile.bytes(of: whole)
    let parts = try (1...count).map {
      try profiler.run(blocks: profiler.provenance.shard($0, of: count), threads: 1)
    }
    for order in Self.orders(Array(0..<count)) {
      var merged = parts[order[0]]
      for index in order.dropFirst() { try merged.merge(parts[index]) }
      #expect(merged == whole)
      #expect(try ProfileFile.bytes(of: merged) == wholeBytes)
    }
  }

  @Test("A merge of merges is the same as one merge after the other.")
  func grouping() throws {
    let profiler = try tinyProfiler(roughSamples)
    let parts = try (0..<5).map { try profiler.run(blocks: $0..<$0 + 1, threads: 1) }
    var (left, right) = (parts[3], parts[4])
    try left.merge(parts[0])
    try right.merge(parts[2])
    try right.merge(parts[1])
    try left.merge(right)
    #expect(left == (try profiler.run(threads: 1)))
    #expect(left.blocks == BlockSet(0..<5))
    #expect(left.sampleCount == 18)
  }

  @Test("A shard without blocks changes nothing.")
  func identity() throws {
    let profiler = try tinyProfiler(roughSamples)
    let whole = try profiler.run(threads: 1)
    let empty = try profiler.run(blocks: 2..<2, threads: 2)
    #expect(empty.sampleCount == 0)
    var (left, right) = (whole, empty)
    try left.merge(empty)
    try right.merge(whole)
    #expect(left == whole)
    #expect(right == whole)
  }

  private func profile(
    model: String = "m", modelDigest: String = "d1", data: String = "x.h5",
    dataDigest: String = "e1",
    preprocessing: String = "", datasetSamples: Int = 8, blockSize: Int = 4,
    blocks: Range<Int> = 0..<1, site: String = "a/relu"
  ) -> Profile {
    Profile(
      provenance: Provenance(
        model: model, modelDigest: modelDigest, data: [data], dataDigests: [dataDigest],
        preprocessing: preprocessing, datasetSamples: datasetSamples, blockSize: blockSize),
      blocks: BlockSet(blocks),
      sites: [
        Profile.Site(
          name: site, layer: "a", function: "relu", shape: [1],
          statistics: SiteStatistics(channels: 1, valuesPerSample: 1))
      ])
  }

  @Test("Profiles of different origin are refused with what differs and both values.")
  func refusals() throws {
    let advice = """

        Only profiles of one network, over the same data prepared in the same way, can be merged.
      """
    let others: [(Profile, String)] = [
      (profile(modelDigest: "d2", blocks: 1..<2), "the network's digest: d1 and d2."),
      (profile(model: "n", blocks: 1..<2), "the network: m and n."),
      (profile(dataDigest: "e2", blocks: 1..<2), "the data's digest: e1 and e2."),
      (profile(data: "y.h5", blocks: 1..<2), "the data: x.h5 and y.h5."),
      (
        profile(preprocessing: "--scale 1/255", blocks: 1..<2),
        "preprocessing: '' and '--scale 1/255'."
      ),
      (profile(datasetSamples: 9, blocks: 1..<2), "the number of samples: 8 and 9."),
      (profile(blockSize: 3, blocks: 1..<2), "the block size: 4 and 3."),
    ]
    for (other, difference) in others {
      var merged = profile()
      #expect(
        message { try merged.merge(other) } == "the profiles differ in \(difference)\(advice)")
      #expect(merged == profile())
    }
  }

  @Test("Profiles that share blocks are refused with the blocks, and stay as they were.")
  func sharedBlocks() throws {
    var generator = SplitMix64(seed: 5)
    let profiler = try tinyProfiler(
      ArrayDataset(generator.uniforms(24 * 40), sampleShape: TinyNetwork.inputShape))
    let first = try profiler.run(blocks: 0..<4, threads: 1)
    for (blocks, text) in [(3..<6, "block 3"), (1..<5, "block 1–3")] {
      var merged = first
      let other = try profiler.run(blocks: blocks, threads: 1)
      #expect(
        message { try merged.merge(other) } == """
          both profiles hold \(text).
            A merge counts every sample once: give profiles of different shards.
          """)
      #expect(merged == first)
    }
  }

  @Test("Profiles with other sites are refused.")
  func differentSites() {
    var merged = profile()
    #expect(
      message { try merged.merge(profile(blocks: 1..<2, site: "b/relu")) } == """
        the profiles have different sites, though their network has the same digest.
          They were made by different versions of Rangefinder: make them again with one.
        """)
  }

  @Test("Coordinates count offsets with the last axis fastest.")
  func coordinates() {
    let shape = [3, 4, 5]
    let site = Profile.Site(
      name: "s", layer: "s", function: "relu", shape: shape,
      statistics: SiteStatistics(channels: 5, valuesPerSample: 60))
    var offset = 0
    for row in 0..<3 {
      for column in 0..<4 {
        for channel in 0..<5 {
          #expect(site.coordinates(of: offset) == [row, column, channel])
          offset += 1
        }
      }
    }
  }
}
