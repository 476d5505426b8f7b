import Glibc

/// SIGBUS: the system ends who looks at a part of a mapped file that another program has cut off.
enum CutFile {
  /// Says so from now on, and leaves as after any other error.
  static func explain() {
    // A handler must not be the first to touch a global.
    _ = message.utf8CodeUnitCount
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      write(STDERR_FILENO, CutFile.message.utf8Start, CutFile.message.utf8CodeUnitCount)
      _exit(1)
    }
    sigaction(SIGBUS, &action, nil)
  }

  private static let message: StaticString = """
    error: a file was cut short by another program while it was used.
      Run this again when the file is whole; give programs that write to it another name.

    """
}
