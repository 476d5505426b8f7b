import ActivationProfiling
import Glibc
import Synchronization

/// Shows how far a run has come: a bar on a terminal, a line every ten seconds elsewhere.
final class ProgressBar: Sendable {
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let start = ContinuousClock.now
  private let lastShown = Mutex<ContinuousClock.Instant?>(nil)

  init(quiet: Bool) {
    isQuiet = quiet
    isTerminal = StandardError.isTerminal
  }

  /// Shows progress, at most ten times a second.
  func show(_ progress: Profiler.Progress) {
    guard !isQuiet else { return }
    let now = ContinuousClock.now
    let isDone = progress.samplesDone == progress.samplesInAll
    let interval = isTerminal ? Duration.milliseconds(100) : .seconds(10)
    let isDue = lastShown.withLock { last in
      guard isDone || now - (last ?? (isTerminal ? start - interval : start)) >= interval else {
        return false
      }
      last = now
      return true
    }
    guard isDue else { return }
    let text = Self.text(progress, elapsed: (now - start) / .seconds(1))
    if isTerminal {
      StandardError.write("\r\u{1B}[K\(Self.bar(progress)) \(text)" + (isDone ? "\n" : ""))
    } else {
      StandardError.write(text + "\n")
    }
  }

  static func bar(_ progress: Profiler.Progress) -> String {
    let width = 24
    let filled = progress.samplesDone * width / max(progress.samplesInAll, 1)
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
  }

  /// Such as `512 of 1500 samples, 830 a second, 2 s left`.
  static func text(_ progress: Profiler.Progress, elapsed: Double) -> String {
    let rate = elapsed > 0 ? Double(progress.samplesDone) / elapsed : 0
    var text = "\(progress.samplesDone) of \(progress.samplesInAll) samples"
    if rate > 0 { text += ", \(Int(rate.rounded())) a second" }
    let left = progress.samplesInAll - progress.samplesDone
    if rate > 0, left > 0 { text += ", \(Int((Double(left) / rate).rounded(.up))) s left" }
    return text
  }
}
