import ActivationProfiling
import Dispatch
import Glibc
import HDF5Support
import ModelImport
import SampleData

/// The child: answers requests until the parent has no more, or is no more.
public struct ReaderService {
  /// Where the child finds its end of the connection, and the shared memory.
  static let channelDescriptor: Int32 = 3
  static let memoryDescriptor: Int32 = 4

  private let channel = Channel(descriptor: channelDescriptor)
  private var memory = SharedMapping(descriptor: memoryDescriptor)
  private var samples: (any Dataset)?
  private var architecture: ArchitectureText?
  /// The file that the requests are about.
  private var file = ""

  private init() {}

  /// Runs until the parent closes the connection.
  ///
  /// - Throws: `ReaderServiceError.noParent`, if the program was not started by another.
  public static func run() throws {
    var status = stat()
    guard fstat(channelDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK else {
      throw ReaderServiceError.noParent
    }
    // Ctrl-C goes to both. The parent may have to finish a block, and ends the child in the end.
    for interruption in [SIGINT, SIGTERM] { signal(interruption, SIG_IGN) }
    // The library may be at work, for ever even, when the parent ends.
    DispatchQueue.global().async {
      var entry = pollfd(fd: channelDescriptor, events: 0, revents: 0)
      while poll(&entry, 1, -1) <= 0 {}
      _exit(0)
    }
    var service = ReaderService()
    do {
      while true { try service.channel.send(service.answer(to: service.channel.receive())) }
    } catch is Channel.Closed {}
  }

  /// The answer to a request: 0 and what was asked for, or 1 and the words of an error.
  private mutating func answer(to message: [UInt8]) -> [UInt8] {
    var writer = MessageWriter()
    do {
      writer.add(0)
      try perform(Request(message: message), answer: &writer)
      guard writer.bytes.count <= Channel.longestMessage else { throw SharedMapping.NoRoom() }
    } catch {
      writer = MessageWriter()
      writer.add(1)
      let error = error is SharedMapping.NoRoom ? ReaderServiceError.noRoom(file: file) : error
      // A message that quotes the file may be of any length.
      writer.add("\(error)".utf8.prefix(1 << 20))
    }
    return writer.bytes
  }

  private mutating func perform(_ request: Request, answer: inout MessageWriter) throws {
    switch request {
    case .architecture(let path):
      file = path
      architecture = try ArchitectureText(reading: path)
    case .model(let path):
      file = path
      let contents = try ModelFileContents(reading: path, architectureText: architecture)
      try store(contents)
      contents.write(to: &answer)
    case .profile(let path):
      file = path
      try ProfileFile.withBytes(of: ProfileFile.read(path), name: path) {
        answer.add($0.count)
        try memory.bytes($0.count).copyMemory(from: $0)
      }
    case .samples(let file, let path):
      self.file = file
      let samples = try HDF5Samples(file: file, dataset: path)
      answer.add(samples.description)
      answer.add([samples.sampleCount] + samples.sampleShape)
      answer.add(try samples.placeOfFloats())
      self.samples = samples
    case .rows(let rows):
      let samples = try opened()
      guard rows.upperBound <= samples.sampleCount else { throw MessageFault(what: "no such rows") }
      try samples.read(samples: rows, into: try numbers(rows.count * samples.sampleSize))
    case .labels:
      answer.add(try opened().labels().map { [$0] } ?? []) { $0.add($1) }
    }
  }

  private func opened() throws -> any Dataset {
    guard let samples else { throw MessageFault(what: "no samples are open") }
    return samples
  }

  /// Shared memory for so many numbers.
  private mutating func numbers(_ count: Int) throws -> UnsafeMutableBufferPointer<Float> {
    try memory.bytes(count * MemoryLayout<Float>.stride).bindMemory(to: Float.self)
  }

  /// Reads the weights that the parent cannot read itself into shared memory, one after the other.
  private mutating func store(_ contents: ModelFileContents) throws {
    guard let total = contents.weightCount else { throw SharedMapping.NoRoom() }
    var rest = try numbers(total)[...]
    for weight in contents.groups.flatMap(\.weights) where weight.place == nil {
      try weight.read(UnsafeMutableBufferPointer(rebasing: rest.prefix(weight.count)))
      rest = rest.dropFirst(weight.count)
    }
  }
}

/// Why the child does not run.
public enum ReaderServiceError: Error, Hashable, Sendable, CustomStringConvertible {
  case noParent
  case noRoom(file: String)

  public var description: String {
    switch self {
    case .noParent: "this subcommand is for Rangefinder itself, which starts it to read files."
    case .noRoom(let file):
      """
      '\(file)' holds more than there is memory for: far more than the file's own size.
        It is damaged: get it again. If you trust it:  --trusted
      """
    }
  }
}
