import Glibc

/// Waits for a child, but not for ever.
struct Watch {
  /// Why the waiting ended.
  enum Overdue: Error {
    case busy(seconds: Double)
    case idle(seconds: Double)
  }

  /// How often the child is looked at, in seconds.
  private static let tick = 0.1

  private let clock: clockid_t
  private let budget: Double
  private let idleLimit: Double
  private let start: Double
  private var lastSeen: Double
  /// Counted in ticks, not read off a clock: a program that is stopped does not wait.
  private var idle = 0.0

  /// Begins to watch a child that works on a request.
  init(_ child: pid_t, _ limits: ReaderLimits, bytes: Int) {
    var clock = clockid_t()
    clock_getcpuclockid(child, &clock)
    self.clock = clock
    budget = limits.processorSeconds + limits.processorSecondsPerByte * Double(bytes)
    idleLimit = limits.idleSeconds
    start = Self.seconds(clock)
    lastSeen = start
  }

  /// Returns when there is something to read, or the other end is closed.
  ///
  /// - Throws: `Watch.Overdue`.
  mutating func wait(for descriptor: Int32) throws {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    while poll(&entry, 1, Int32(Self.tick * 1000)) <= 0 {
      let now = Self.seconds(clock)
      idle = now == lastSeen ? idle + Self.tick : 0
      lastSeen = now
      if now - start > budget { throw Overdue.busy(seconds: budget) }
      if idle > idleLimit { throw Overdue.idle(seconds: idleLimit) }
    }
  }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    return clock_gettime(clock, &time) == 0 ? Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9 : 0
  }
}
