import ActivationProfiling
import Glibc

/// Where the time of `profile` goes: its phases one after the other, and the run in detail.
final class ProfileTimings: Encodable {
  struct Phase: Encodable {
    let phase: String
    let seconds: Double
  }

  /// Seconds of all workers together.
  struct Run: Encodable {
    let workers: Int
    let kernel: Double
    let recording: Double
    let data: Double
    let other: Double
  }

  let stopwatch = Stopwatch(clock: { monotonicNanoseconds() })
  private(set) var phases: [Phase] = []
  private var start = monotonicNanoseconds()

  /// Says that the phase which began when the last one ended is over.
  func end(_ phase: String) {
    let now = monotonicNanoseconds()
    phases.append(Phase(phase: phase, seconds: Double(now - start) / 1e9))
    start = now
  }

  private enum CodingKeys: CodingKey { case phases, run, layers }

  func encode(to encoder: any Encoder) throws {
    let timings = stopwatch.timings
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(phases, forKey: .phases)
    try container.encode(
      Run(
        workers: timings.workers, kernel: timings.kernel, recording: timings.recording,
        data: timings.data, other: timings.other), forKey: .run)
    try container.encode(timings.layers, forKey: .layers)
  }

  /// The phases, then what the run's workers did, then what each layer took of it.
  var tables: String {
    let timings = stopwatch.timings
    var phaseTable = TextTable(["phase", "s"])
    for phase in phases { phaseTable.append([phase.phase, phase.seconds.text()]) }
    let all = max(timings.wall * Double(timings.workers), .leastNormalMagnitude)
    var runTable = TextTable(["all workers (\(timings.workers)) together", "s", "%"])
    for (name, seconds) in [
      ("kernels", timings.kernel), ("recording", timings.recording), ("data", timings.data),
      ("other", timings.other),
    ] {
      runTable.append([name, seconds.text(), (100 * seconds / all).text(digits: 3)])
    }
    var layerTable = TextTable(["layer", "kernel s", "recording s", "%"])
    for layer in timings.layers {
      let share = 100 * (layer.kernel + layer.recording) / all
      layerTable.append([
        layer.layer, layer.kernel.text(digits: 3), layer.recording.text(digits: 3),
        share.text(digits: 3),
      ])
    }
    return "\(phaseTable)\n\n\(runTable)\n\n\(layerTable)"
  }
}

/// Nanoseconds of the clock that no one sets.
private func monotonicNanoseconds() -> UInt64 {
  var time = timespec()
  clock_gettime(CLOCK_MONOTONIC, &time)
  return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
