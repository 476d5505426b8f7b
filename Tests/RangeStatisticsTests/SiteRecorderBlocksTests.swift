import Testing

@testable import RangeStatistics

@Suite("Blocks of a site recorder")
struct SiteRecorderBlocksTests {
  /// Twelve blocks of uneven length, with ties, a NaN and sums that need rounding.
  private static func blocks(channels: Int, positions: Int) -> [(first: Int, values: [Float])] {
    var generator = SplitMix64(seed: 11)
    var (blocks, first) = ([(first: Int, values: [Float])](), 0)
    for block in 0..<12 {
      let samples = 3 + block % 4
      var values = (0..<samples * channels * positions).map { _ in
        max(0, Float(generator.normal())) / 3
      }
      values[block] = block == 7 ? .nan : 5
      blocks.append((first, values))
      first += samples
    }
    return blocks
  }

  @Test("Which worker records which block, and in which order, changes no bit.")
  func workersAndOrders() throws {
    for (channels, positions) in [(1, 100), (10, 1), (48, 9)] {
      let blocks = Self.blocks(channels: channels, positions: positions)
      let whole = SiteRecorder(channels: channels, valuesPerSample: channels * positions)
      for block in blocks { record(block.values, firstSample: block.first, by: whole) }
      let expected = whole.snapshot()
      #expect(whole.snapshot(of: whole.samples()) == expected)
      var generator = SplitMix64(seed: 12)
      for _ in 0..<6 {
        let workers = (0..<2).map { _ in
          SiteRecorder(channels: channels, valuesPerSample: channels * positions)
        }
        for block in generator.permutation(of: blocks.count) {
          record(
            blocks[block].values, firstSample: blocks[block].first,
            by: workers[Int(generator.next() % 2)])
        }
        var (first, second) = (workers[0].snapshot(), workers[1].snapshot())
        let alone = first
        try first.merge(second)
        try second.merge(alone)
        #expect(first == expected)
        #expect(second == expected)
      }
    }
  }

  @Test("Blocks give the outliers that a naive recorder finds, ties included, in any order.")
  func outliersOfBlocks() {
    let blocks = Self.blocks(channels: 2, positions: 70)
    for order in [Array(blocks), Array(blocks.reversed())] {
      let recorder = SiteRecorder(channels: 2, valuesPerSample: 140)
      for block in order { record(block.values, firstSample: block.first, by: recorder) }
      var reference = ReferenceRecorder(channels: 2, valuesPerSample: 140)
      for block in blocks { reference.record(block.values, firstSample: block.first) }
      #expect(reference.differences(from: recorder.snapshot()) == [])
    }
  }

  @Test("A sample that comes in several calls is one sample.")
  func partsOfSamples() {
    var generator = SplitMix64(seed: 13)
    let (channels, steps, samples) = (5, 4, 6)
    let length = channels * steps
    let values = (0..<samples * length).map { _ in generator.dyadic() }
    let recorder = SiteRecorder(channels: channels, valuesPerSample: length)
    recorder.beginBlock(samples: 30..<30 + samples)
    for step in 0..<steps {
      var part: [Float] = []
      for sample in 0..<samples {
        part += values[(sample * length + step * channels)...].prefix(channels)
      }
      part.withUnsafeMutableBufferPointer {
        recorder.record($0, firstSample: 30, samples: samples, offset: step * channels)
      }
    }
    recorder.endBlock()
    var reference = ReferenceRecorder(channels: channels, valuesPerSample: length)
    reference.record(values, firstSample: 30)
    #expect(reference.differences(from: recorder.snapshot()) == [])
    #expect(reference.differencesOfSums(from: recorder.snapshot()) == [])
  }

  @Test("A snapshot between blocks changes nothing, and later blocks add to it.")
  func snapshotsBetweenBlocks() throws {
    let blocks = Self.blocks(channels: 4, positions: 5)
    let recorder = SiteRecorder(channels: 4, valuesPerSample: 20)
    let resumed = SiteRecorder(channels: 4, valuesPerSample: 20)
    for block in blocks[..<5] { record(block.values, firstSample: block.first, by: recorder) }
    var checkpoint = recorder.snapshot()
    for block in blocks[5...] {
      record(block.values, firstSample: block.first, by: recorder)
      record(block.values, firstSample: block.first, by: resumed)
    }
    try checkpoint.merge(resumed.snapshot())
    #expect(checkpoint == recorder.snapshot())
  }

  @Test("A recorder that saw nothing gives the identity of merging.")
  func nothingSeen() {
    let recorder = SiteRecorder(channels: 4, valuesPerSample: 20)
    #expect(recorder.snapshot() == SiteStatistics(channels: 4, valuesPerSample: 20))
  }
}
