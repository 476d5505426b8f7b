import ModelImport

/// An error that the child met in a file: its words are those of the child's error.
public struct RemoteError: Error, Hashable, Sendable, CustomStringConvertible {
  public let description: String
}

/// Why a child that was to read a file gave no answer.
public enum ReaderError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The child cannot be started.
  case cannotStart(file: String, reason: String)

  /// The child was ended by a signal of its own doing.
  case crashed(file: String, signal: Int32)

  /// The child was killed by another: by the system, when memory is short.
  case killed(file: String)

  /// The child left without an answer.
  case left(file: String, code: Int32)

  /// The child worked, and came to no end.
  case busy(file: String, seconds: Double)

  /// The child did nothing.
  case idle(file: String, seconds: Double)

  /// The child's answer cannot be one.
  case nonsense(file: String, what: String)

  public var description: String {
    switch self {
    case .cannotStart(let file, let reason):
      """
      the process that is to read '\(file)' cannot be started: \(reason).
        If you trust the file, read it without one:  --trusted
      """
    case .crashed(let file, let signal):
      """
      '\(file)' crashed \(Self.parser(of: file)) while it was read (signal \(signal)).
        The file is damaged: get it again, or save it again with the program that made it.
      """
    case .killed(let file):
      """
      the process that read '\(file)' was killed, most likely for want of memory.
        Free some; or, if the file is smaller than that, it is damaged: get it again.
      """
    case .left(let file, let code):
      """
      the process that read '\(file)' ended without an answer (exit code \(code)).
        The file is damaged: get it again, or save it again with the program that made it.
      """
    case .busy(let file, let seconds):
      """
      '\(file)' kept \(Self.parser(of: file)) busy for \(Self.text(seconds)) s without a result.
        The file is damaged: get it again. If you trust it and have time:  --trusted
      """
    case .idle(let file, let seconds):
      """
      '\(file)' cannot be read: nothing has come of it for \(Self.text(seconds)) s.
        Check the disk that it is on, or get it again.
      """
    case .nonsense(let file, let what):
      """
      the process that read '\(file)' answered with nonsense (\(what)).
        The file is damaged or hostile: get it again from a source that you trust.
      """
    }
  }

  /// What was at work on a file.
  private static func parser(of file: String) -> String {
    ArchitectureText.isYAML(file) ? "the YAML parser" : "the HDF5 library"
  }

  private static func text(_ seconds: Double) -> String {
    seconds < 1 ? String(seconds) : String(Int(seconds))
  }
}
