import Testing

@testable import RangeStatistics

@Suite("The extremes that a recorder keeps")
struct KeptExtremesTests {
  private func kept(_ blocks: [Range<Int>], factor: Float = 1) -> KeptExtremes {
    var kept = KeptExtremes()
    for block in blocks {
      kept.append(block.map { (-factor * Float($0), factor * Float($0)) }, from: block.lowerBound)
    }
    return kept
  }

  @Test("Blocks in any order give the samples in ascending order, each with its own extremes.")
  func order() throws {
    var ascending = kept([0..<10, 10..<15, 40..<50])
    var mixed = kept([40..<50, 10..<15, 0..<10])
    let extremes = mixed.extremes()
    #expect(extremes == ascending.extremes())
    #expect(extremes.indices == Array(0..<15) + Array(40..<50))
    #expect(extremes.minima == extremes.indices.map { -Float($0) })
    #expect(extremes.maxima == extremes.indices.map { Float($0) })
  }

  @Test(
    "A site that shares another's samples keeps the same ones, with its own extremes.",
    arguments: [
      [0..<100], [50..<60, 0..<50], [0..<90_000, 90_000..<200_000],
      [100_000..<200_000, 0..<100_000],
    ])
  func sharing(blocks: [Range<Int>]) {
    var (first, second) = (kept(blocks), kept(blocks, factor: 2))
    let other = first.extremes()
    let shared = second.extremes(of: other.indices)
    var alone = kept(blocks, factor: 2)
    #expect(shared == alone.extremes())
    #expect(shared.maxima == other.maxima.map { 2 * $0 })
  }

  @Test("Taking them out changes nothing for what comes later.")
  func goingOn() {
    var paused = kept([0..<140_000])
    _ = paused.extremes()
    paused.append((140_000..<160_000).map { (-Float($0), Float($0)) }, from: 140_000)
    var whole = kept([0..<160_000])
    #expect(paused.extremes() == whole.extremes())
  }

  @Test("As long as all samples are kept there is no limit.")
  func noLimit() {
    for (samples, isLimited) in [(SampleExtremes.capacity, false), (.max, true)] {
      var limit = SampleHashLimit(samples: samples)
      for start in stride(from: 0, to: 200_000, by: 1_000) { limit.begin(start..<start + 1_000) }
      #expect((limit.value < .max) == isLimited)
    }
  }

  @Test("Recorders that share a limit hold few samples in all, and keep the same ones.")
  func sharedLimit() throws {
    var (limit, parts) = (SampleHashLimit(), [KeptExtremes(), KeptExtremes(), KeptExtremes()])
    var alone = KeptExtremes()
    for start in stride(from: 0, to: 500_000, by: 1_000) {
      let block = start..<start + 1_000
      limit.begin(block)
      let ranges = block.map { (minimum: -Float($0), maximum: Float($0)) }
      parts[start / 1_000 % 3].append(ranges, from: start, hashLimit: limit.value)
      alone.append(ranges, from: start)
    }
    #expect(parts.reduce(0) { $0 + $1.count } < SiteRecorder.samplesHeld * 9 / 8)
    var merged = SampleExtremes()
    for index in parts.indices { try merged.merge(parts[index].extremes()) }
    #expect(merged == alone.extremes())
  }
}
