import Testing

@testable import RangeStatistics

@Suite("Bounds on the memory of statistics")
struct StatisticsMemoryTests {
  @Test("A recorder holds no more samples than its bound counts, however many it sees.")
  func samples() {
    let recorder = SiteRecorder(channels: 1, valuesPerSample: 1)
    for first in stride(from: 0, to: 400_000, by: 1_000) {
      record((first..<first + 1_000).map { Float($0) }, firstSample: first, by: recorder)
      #expect(recorder.samplesNow < SiteRecorder.samplesHeld + 1_000)
    }
    #expect(recorder.snapshot().samples.indices.count == SampleExtremes.capacity)
  }

  @Test("Bounds grow with the samples up to those that are kept, and with the channels.")
  func growth() {
    func bounds(_ channels: Int, _ samples: Int?) -> [Int] {
      [
        SiteRecorder.greatestByteCount(channels: channels, samples: samples),
        SiteStatistics.greatestByteCount(channels: channels, samples: samples),
      ]
    }
    for (fewer, more) in [
      (bounds(3, 1_000), bounds(3, 2_000)), (bounds(3, 1_000), bounds(4, 1_000)),
    ] {
      #expect(zip(fewer, more).allSatisfy(<))
    }
    #expect(bounds(3, 200_000) == bounds(3, nil))
    // An index and two numbers.
    #expect(zip(bounds(3, 2_000), bounds(3, 1_000)).allSatisfy { $0 - $1 == 16_000 })
  }
}
