import CLinux
import Glibc
import Synchronization

/// A child that reads one file: this program itself, started with a hidden subcommand.
///
/// It ends with the value, or when the parent ends. Several threads may ask at a time; it serves
/// one after the other.
final class ReaderProcess: Sendable {
  let memory: SharedMemory

  private let file: String
  private let limits: ReaderLimits
  private let channel: Channel
  private let identifier: pid_t
  /// Why the child is no more; `nil` as long as it is.
  private let failure = Mutex<ReaderError?>(nil)

  /// Starts a child.
  ///
  /// - Parameters:
  ///   - file: The file it is for, for messages.
  ///   - fileBytes: The bytes of all files that it will read, on which its memory depends.
  /// - Throws: `ReaderError.cannotStart`.
  init(_ program: ReaderProgram, file: String, fileBytes: Int) throws {
    func fail(_ code: Int32) -> ReaderError {
      .cannotStart(file: file, reason: String(cString: strerror(code)))
    }
    guard let memory = SharedMemory.create() else { throw fail(errno) }
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw fail(errno) }
    defer { close(ends[1]) }
    let (code, identifier) = program.spawn(channel: ends[1], memory: memory.descriptor)
    guard code == 0 else {
      close(ends[0])
      throw fail(code)
    }
    // The child waits for its first request, so the limits hold before it reads anything.
    let bytes = UInt64(program.limits.memory + program.limits.memoryPerByte * fileBytes)
    _ = linux_set_limit(identifier, linux_limit_of_address_space(), bytes)
    _ = linux_set_limit(identifier, linux_limit_of_file_size(), bytes)
    _ = linux_set_limit(identifier, linux_limit_of_core(), 0)
    self.identifier = identifier
    self.file = file
    limits = program.limits
    self.memory = memory
    channel = Channel(descriptor: ends[0])
  }

  deinit {
    if failure.withLock({ $0 == nil }) { _ = end() }
    close(channel.descriptor)
  }

  /// Sends a request and takes its answer apart.
  ///
  /// - Parameters:
  ///   - bytes: How many bytes the request is about, on which its time depends.
  ///   - decode: Takes the answer, and what lies in the shared memory, before the next request.
  /// - Throws: `RemoteError`, if the child found the file wanting; `ReaderError`, if it gave no
  ///   answer, and from then on.
  func ask<Answer: Sendable>(
    _ request: Request, bytes: Int, _ decode: (inout MessageReader) throws -> Answer
  ) throws -> Answer {
    try failure.withLock { failure in
      if let failure { throw failure }
      do {
        return try answer(to: request, bytes: bytes, decode)
      } catch let error as RemoteError {
        throw error
      } catch {
        let reason = explain(error)
        failure = reason
        throw reason
      }
    }
  }

  private func answer<Answer: Sendable>(
    to request: Request, bytes: Int, _ decode: (inout MessageReader) throws -> Answer
  ) throws -> Answer {
    try channel.send(request.message)
    var watch = Watch(identifier, limits, bytes: bytes)
    var reader = MessageReader(try channel.receive { try watch.wait(for: channel.descriptor) })
    if try reader.number() != 0 { throw RemoteError(description: try reader.text()) }
    let answer = try decode(&reader)
    try reader.finish()
    return answer
  }

  /// Ends the child and says why it had to be.
  private func explain(_ error: any Error) -> ReaderError {
    let status = end()
    switch error {
    case let fault as MessageFault: return .nonsense(file: file, what: fault.what)
    case Watch.Overdue.busy(let seconds): return .busy(file: file, seconds: seconds)
    case Watch.Overdue.idle(let seconds): return .idle(file: file, seconds: seconds)
    default:  // It closed its end: it was on its way out before we ended it.
      let signal = status & 0x7F
      if signal == 0 { return .left(file: file, code: status >> 8 & 0xFF) }
      return signal == SIGKILL ? .killed(file: file) : .crashed(file: file, signal: signal)
    }
  }

  /// Ends the child, if it has not ended, and returns how it did.
  private func end() -> Int32 {
    var status: Int32 = 0
    kill(identifier, SIGKILL)
    while waitpid(identifier, &status, 0) < 0, errno == EINTR {}
    return status
  }
}
