import Synchronization

/// Rings some seconds after it was set; any thread may listen.
final class Alarm: Sendable {
  private let seconds: Double
  private let start = Mutex(ContinuousClock.now)

  /// Sets it for the first time.
  init(seconds: Double) { self.seconds = seconds }

  var hasRung: Bool { start.withLock { (ContinuousClock.now - $0) / .seconds(1) >= seconds } }

  /// Sets it anew.
  func reset() { start.withLock { $0 = .now } }
}
