import Testing

@testable import ActivationProfiling

@Suite("Blocks and shards of a dataset")
struct ProvenanceTests {
  private func provenance(_ samples: Int, blockSize: Int = 256) -> Provenance {
    Provenance(
      model: "m", modelDigest: "d", data: ["x"], dataDigests: ["y"], preprocessing: "",
      datasetSamples: samples, blockSize: blockSize)
  }

  @Test("The blocks follow each other and hold every sample once; only the last may be short.")
  func blocks() {
    for samples in 1...70 {
      for blockSize in [1, 2, 7, 16, 69, 70, 1000] {
        let provenance = provenance(samples, blockSize: blockSize)
        let blocks = (0..<provenance.blockCount).map(provenance.samples(ofBlock:))
        #expect(blocks.flatMap(Array.init) == Array(0..<samples))
        #expect(blocks.dropLast().allSatisfy { $0.count == blockSize })
        #expect(blocks.allSatisfy { (1...blockSize).contains($0.count) })
      }
    }
  }

  @Test("All shards together are all blocks, contiguous, of sizes that differ by one at most.")
  func shards() {
    for samples in [1, 255, 256, 257, 5000] {
      let provenance = provenance(samples)
      for count in 1...25 {
        let shards = (1...count).map { provenance.shard($0, of: count) }
        #expect(shards.flatMap(Array.init) == Array(0..<provenance.blockCount))
        let sizes = shards.map(\.count)
        #expect(sizes.max()! - sizes.min()! <= 1)
      }
    }
  }

  @Test("A set of blocks has as many samples as its blocks together.")
  func sampleCount() {
    let provenance = provenance(18, blockSize: 4)
    for ranges in [[], [0..<5], [4..<5], [0..<1, 3..<5], [1..<2, 4..<5]] {
      let expected = ranges.joined().reduce(0) { $0 + provenance.samples(ofBlock: $1).count }
      #expect(provenance.sampleCount(BlockSet(ranges)!) == expected)
    }
    #expect(provenance.sampleCount(BlockSet(0..<5)) == 18)
  }

  @Test("A block has 256 samples unless told otherwise.")
  func standard() {
    let provenance = Provenance(
      model: "m", modelDigest: "d", data: [], dataDigests: [], preprocessing: "",
      datasetSamples: 257)
    #expect(provenance.blockSize == 256)
    #expect(provenance.blockCount == 2)
  }

  @Test("Block counts near the largest integer do not overflow.")
  func large() {
    #expect(provenance(.max, blockSize: 1 << 40).blockCount == 1 << 23)
  }
}
