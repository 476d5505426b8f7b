import ActivationProfiling
import FileSupport
import Glibc
import HDF5Support
import ModelImport

/// Reads files from strangers, each in a child process.
///
/// The HDF5 library crashes on some damaged files, and hangs on others, which no check before the
/// call can prevent. Here it does so in a process of its own, with little memory and time, and the
/// end of that process is an error like any other. All else is as if the file were read here: the
/// same values, and the same words for what is wrong with it.
public struct IsolatedReader: Sendable {
  let program: ReaderProgram
  /// Children that have read nothing yet.
  let waiting = WaitingChildren()
  /// Children that have read profiles, and read nothing else.
  let profileReaders = WaitingChildren()

  public init(_ program: ReaderProgram) { self.program = program }

  /// Has children ready for the next files while there is other work: two at most, and none for what is
  /// ready already.
  public func prepare(files: Int) { waiting.start(upTo: min(files, 2), program) }

  /// A child that waits, or else a new one.
  private func process(file: String, fileBytes: Int) throws -> ReaderProcess {
    try ReaderProcess(program, waiting.next(), file: file, fileBytes: fileBytes)
  }

  /// Reads a network; its weights are read here where the child says that they stand in the file as
  /// they are, and copied once out of shared memory otherwise.
  ///
  /// - Throws: `RemoteError`, `ReaderError`.
  public func model(
    _ path: String, architecture: String? = nil
  ) throws -> ModelFileContents {
    let bytes = Self.byteCount(path) + (architecture.map(Self.byteCount) ?? 0)
    let process = try process(file: path, fileBytes: bytes)
    if let architecture {
      try process.ask(
        .architecture(path: architecture), about: architecture, bytes: Self.byteCount(architecture)
      ) { _ in }
    }
    return try process.ask(.model(path: path), bytes: bytes) {
      try ModelFileContents(
        from: &$0, memory: process.memory, weights: try? RandomAccessFile(path))
    }
  }

  /// Reads a profile: the child reads it and writes it anew, and what it wrote is read here.
  ///
  /// A child that gave one reads the next, too: to start another for each shard of a merge would take
  /// nine tenths of its time. Whoever made one shard could spoil their sum without that.
  ///
  /// - Throws: `RemoteError`, `ReaderError`.
  public func profile(_ path: String) throws -> Profile {
    if let child = profileReaders.next() {
      // What another file did to the child is not this one's fault.
      do { return try profile(path, by: child) } catch is ReaderError {}
    }
    return try profile(path, by: waiting.next())
  }

  private func profile(_ path: String, by child: ReaderChild?) throws -> Profile {
    let bytes = Self.byteCount(path)
    let process = try ReaderProcess(program, child, file: path, fileBytes: bytes)
    let copy = try process.ask(.profile(path: path), bytes: bytes) {
      let count = try $0.number()
      guard 0...process.memory.byteCount ~= count else {
        throw MessageFault(what: "a profile of \(count) bytes")
      }
      return try [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
        try process.memory.copy(
          from: 0, to: UnsafeMutableRawBufferPointer(start: buffer.baseAddress, count: count))
        length = count
      }
    }
    profileReaders.add(process.child)
    return try ProfileFile.read(HDF5File(reading: copy, name: path))
  }

  /// Opens samples in an HDF5 file; without a dataset's path those that `HDF5Samples` finds.
  ///
  /// - Throws: `RemoteError`, `ReaderError`.
  public func samples(file: String, dataset: String? = nil) throws -> IsolatedSamples {
    // Their bytes come a few at a time: their number needs neither memory nor time.
    try IsolatedSamples(process(file: file, fileBytes: 0), file: file, dataset: dataset)
  }

  /// The bytes of a file, 0 if there is none.
  private static func byteCount(_ path: String) -> Int {
    var status = stat()
    // What no disk holds could not be counted on in a limit.
    return stat(path, &status) == 0 ? min(max(0, Int(status.st_size)), 1 << 48) : 0
  }
}
