import Glibc
import Synchronization

/// A child that reads one file.
///
/// It ends with the value, or when the parent ends. Several threads may ask at a time; it serves
/// one after the other.
final class ReaderProcess: Sendable {
  private let file: String
  private let limits: ReaderLimits
  let child: ReaderChild
  /// Why the child is no more; `nil` as long as it is.
  private let failure = Mutex<ReaderError?>(nil)

  /// Gives a file to a child.
  ///
  /// - Parameters:
  ///   - child: One that waits; without one, a child is started.
  ///   - file: The file it is for, for messages.
  ///   - fileBytes: The bytes of all files that it will read, on which its memory depends.
  /// - Throws: `ReaderError.cannotStart`.
  init(_ program: ReaderProgram, _ child: ReaderChild?, file: String, fileBytes: Int) throws {
    do throws(ReaderChild.NotStarted) {
      if let child { self.child = child } else { self.child = try ReaderChild(program) }
    } catch {
      throw ReaderError.cannotStart(file: file, reason: String(cString: strerror(error.code)))
    }
    self.file = file
    limits = program.limits
    self.child.limit(to: limits.memory + limits.memoryPerByte * fileBytes)
  }

  /// What the child shares.
  var memory: SharedMemory { child.memory }

  /// Sends a request and takes its answer apart.
  ///
  /// - Parameters:
  ///   - other: The file that the request is about, for messages, if it is another one.
  ///   - bytes: How many bytes the request is about, on which its time depends.
  ///   - decode: Takes the answer, and what lies in the shared memory, before the next request.
  /// - Throws: `RemoteError`, if the child found the file wanting; `ReaderError`, if it gave no
  ///   answer, and from then on.
  func ask<Answer: Sendable>(
    _ request: Request, about other: String? = nil, bytes: Int,
    _ decode: (inout MessageReader) throws -> Answer
  ) throws -> Answer {
    try failure.withLock { failure in
      if let failure { throw failure }
      do {
        return try answer(to: request, bytes: bytes, decode)
      } catch let error as RemoteError {
        throw error
      } catch {
        let reason = explain(error, file: other ?? file)
        failure = reason
        throw reason
      }
    }
  }

  private func answer<Answer: Sendable>(
    to request: Request, bytes: Int, _ decode: (inout MessageReader) throws -> Answer
  ) throws -> Answer {
    let channel = child.channel
    try channel.send(request.message)
    var watch = child.watch(limits, bytes: bytes)
    var reader = MessageReader(try channel.receive { try watch.wait(for: channel.descriptor) })
    if try reader.number() != 0 { throw RemoteError(description: try reader.text()) }
    let answer = try decode(&reader)
    try reader.finish()
    return answer
  }

  /// Ends the child and says why it had to be.
  private func explain(_ error: any Error, file: String) -> ReaderError {
    let status = child.end()
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
}
