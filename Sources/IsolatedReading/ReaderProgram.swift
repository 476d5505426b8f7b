import CLinux
import Glibc

/// How the child is started.
public struct ReaderProgram: Sendable {
  /// The path of the program, which runs `ReaderService` when it is given the arguments.
  public let executable: String

  /// The arguments, the program's name first.
  public let arguments: [String]

  /// The environment, as `NAME=value`.
  public let environment: [String]

  /// What a child may use.
  public let limits: ReaderLimits

  /// Describes a program.
  public init(
    executable: String, arguments: [String], environment: [String],
    limits: ReaderLimits = ReaderLimits()
  ) {
    self.executable = executable
    self.arguments = arguments
    self.environment = environment
    self.limits = limits
  }

  /// Starts a child, and returns 0 with its identifier, or an error's number.
  ///
  /// It has a process group of its own, so that Ctrl-C is the parent's to answer, and no file but
  /// the two it is given: nothing that a crashing library prints is seen.
  func spawn(channel: Int32, memory: Int32) -> (code: Int32, identifier: pid_t) {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // Out of the way first, for each may have the other's number.
    let spare = [channel, memory].map { fcntl($0, F_DUPFD_CLOEXEC, 16) }
    defer { for descriptor in spare { close(descriptor) } }
    for descriptor in 0..<ReaderService.channelDescriptor {
      posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0)
    }
    posix_spawn_file_actions_adddup2(&actions, spare[0], ReaderService.channelDescriptor)
    posix_spawn_file_actions_adddup2(&actions, spare[1], ReaderService.memoryDescriptor)
    posix_spawn_file_actions_addclosefrom_np(&actions, ReaderService.memoryDescriptor + 1)

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Neither what this program ignores nor what this thread blocks.
    var signals = sigset_t()
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    let flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var identifier = pid_t()
    let code = withCStrings(arguments) { arguments in
      withCStrings(environment) { environment in
        posix_spawn(&identifier, executable, &actions, &attributes, arguments, environment)
      }
    }
    return (code, identifier)
  }

  /// Calls `body` with pointers to C strings, and a null pointer after them.
  private func withCStrings(
    _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
  ) -> Int32 {
    let pointers = strings.map { strdup($0) }
    defer { for pointer in pointers { free(pointer) } }
    return body(pointers + [nil])
  }
}
