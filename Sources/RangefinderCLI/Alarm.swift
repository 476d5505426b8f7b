import Synchronization

/// Rings some seconds after it was set; any thread may listen.
final class Alarm: Sendable {
  private let interval: Duration
  private let start = Mutex(ContinuousClock.now)

  /// Sets it for the first time.
  init(seconds: Double) { interval = .seconds(seconds) }

  var hasRung: Bool { start.withLock { ContinuousClock.now - $0 >= interval } }

  /// Sets it anew.
  func reset() { start.withLock { $0 = .now } }
}
