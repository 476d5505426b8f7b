import RangeStatistics
import Synchronization
import Testing

@testable import ActivationProfiling

@Suite("Where a run's time goes")
struct StopwatchTests {
  @Test("Every layer's arithmetic and recording is told apart, and the parts make up the whole.")
  func parts() throws {
    // A clock that goes on by a microsecond whenever it is looked at.
    let looks = Atomic<UInt64>(0)
    let stopwatch = Stopwatch { looks.add(1_000, ordering: .relaxed).newValue }
    var generator = SplitMix64(seed: 9)
    let samples = ArrayDataset(generator.dyadics(10 * 40), sampleShape: TinyNetwork.inputShape)
    let profiler = try tinyProfiler(samples)
    let profile = try profiler.run(threads: 1, stopwatch: stopwatch)
    let timings = stopwatch.timings
    #expect(timings.workers == 1)
    #expect(timings.data > 0)
    #expect(
      timings.layers.contains { $0.kernel > 0 } && timings.layers.contains { $0.recording > 0 })
    #expect(abs(timings.layers.reduce(0) { $0 + $1.kernel } - timings.kernel) < 1e-12)
    #expect(abs(timings.layers.reduce(0) { $0 + $1.recording } - timings.recording) < 1e-12)
    let parts = timings.kernel + timings.recording + timings.data + timings.other
    #expect(abs(parts - timings.wall) < 1e-12)
    #expect(profile == (try profiler.run(threads: 1)))
  }
}
