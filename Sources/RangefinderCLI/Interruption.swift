import Glibc
import Synchronization

/// SIGINT and SIGTERM, which are noted while work is to be ended well; a second one ends the program
/// at once.
enum Interruption {
  private static let noted = Atomic(false)

  /// Whether the program was asked to end.
  static var isNoted: Bool { noted.load(ordering: .relaxed) }

  /// Notes signals from now on.
  static func watch() {
    // A handler must not be the first to touch a global.
    _ = isNoted
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      Interruption.noted.store(true, ordering: .relaxed)
    }
    action.sa_flags = SA_RESTART | Int32(bitPattern: UInt32(SA_RESETHAND))
    // Who starts a program from a thread that blocks signals hands this down.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM] {
      sigaction(signal, &action, nil)
      sigaddset(&signals, signal)
    }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
