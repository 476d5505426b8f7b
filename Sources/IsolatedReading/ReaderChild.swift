import CLinux
import Glibc
import Synchronization

/// A child that reads files: this program itself, started with a hidden subcommand.
///
/// It waits for its first request. It ends with the value, or when the parent ends.
final class ReaderChild: Sendable {
  let memory: SharedMemory
  let channel: Channel
  private let identifier: pid_t
  /// How it ended; `nil` as long as it has not.
  private let status = Mutex<Int32?>(nil)

  /// Starts a child.
  ///
  /// - Throws: `NotStarted`.
  init(_ program: ReaderProgram) throws(NotStarted) {
    guard let memory = SharedMemory.create() else { throw NotStarted(code: errno) }
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw NotStarted(code: errno) }
    defer { close(ends[1]) }
    let (code, identifier) = program.spawn(channel: ends[1], memory: memory.descriptor)
    guard code == 0 else {
      close(ends[0])
      throw NotStarted(code: code)
    }
    self.identifier = identifier
    self.memory = memory
    channel = Channel(descriptor: ends[0])
  }

  deinit {
    _ = end()
    close(channel.descriptor)
  }

  /// Bounds the child's address space and what it writes, in bytes: before its first request, so that
  /// the limits hold before it reads anything.
  func limit(to bytes: Int) {
    _ = linux_set_limit(identifier, linux_limit_of_address_space(), UInt64(bytes))
    _ = linux_set_limit(identifier, linux_limit_of_file_size(), UInt64(bytes))
    _ = linux_set_limit(identifier, linux_limit_of_core(), 0)
  }

  /// Watches over one answer about so many bytes.
  func watch(_ limits: ReaderLimits, bytes: Int) -> Watch {
    Watch(identifier, limits, bytes: bytes)
  }

  /// Ends the child, if it has not ended, and returns how it did.
  func end() -> Int32 {
    status.withLock { status in
      if let status { return status }
      var code: Int32 = 0
      kill(identifier, SIGKILL)
      while waitpid(identifier, &code, 0) < 0, errno == EINTR {}
      status = code
      return code
    }
  }

  /// The system's number for why there is no child.
  struct NotStarted: Error {
    let code: Int32
  }
}

/// Children that wait for a file. It takes some 20 ms until one that is started can read.
final class WaitingChildren: Sendable {
  private let children = Mutex<[ReaderChild]>([])

  /// Starts children until so many wait. One that cannot be started is missed when it is needed.
  func start(upTo count: Int, _ program: ReaderProgram) {
    children.withLock { children in
      while children.count < count, let child = try? ReaderChild(program) { children.append(child) }
    }
  }

  /// Lets one that gave its answer wait again.
  func add(_ child: ReaderChild) { children.withLock { $0.append(child) } }

  /// The one that has waited longest.
  func next() -> ReaderChild? {
    children.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}
