import Foundation
import Glibc
import TestSupport
import Testing

@testable import IsolatedReading

@Suite("The child")
struct ReaderServiceTests {
  /// A file of the sample that keeps the HDF5 library busy for ever.
  private func endless(_ scratch: Scratch) throws -> String {
    var bytes = [UInt8](try Data(contentsOf: URL(filePath: Sound.model)))
    bytes[2057] = 144
    return try scratch.file("endless.h5", bytes)
  }

  @Test("A file that hangs the HDF5 library is given up.")
  func hang() throws {
    let scratch = try Scratch()
    let path = try endless(scratch)
    var limits = ReaderLimits()
    limits.processorSeconds = 0.5
    let words = message { _ = try IsolatedReader.built(limits).model(path) }
    #expect(words.hasPrefix("'\(path)' kept the HDF5 library busy for 0.5"))
  }

  @Test("A YAML architecture that is too much work is given up, by its own name.")
  func yaml() throws {
    let scratch = try Scratch()
    // To compare keys takes as long as they are when all aliases are unfolded: 2⁴⁰ letters.
    var lines = ["a0: &a0 [x, x]"]
    for level in 1..<40 {
      lines.append("a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]")
    }
    lines.append("? *a39\n: 1")
    let path = try scratch.file("bomb.yaml", lines.joined(separator: "\n").utf8)
    var limits = ReaderLimits()
    limits.processorSeconds = 0.5
    let words = message {
      _ = try IsolatedReader.built(limits).model(Sound.model, architecture: path)
    }
    #expect(words.hasPrefix("'\(path)' kept the YAML parser busy for 0.5"), "\(words)")
  }

  @Test("No child outlives its parent, not even one that hangs.", arguments: [false, true])
  func orphans(hangs: Bool) throws {
    let scratch = try Scratch()
    let memory = try #require(SharedMemory.create())
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
    try #require(socketpair(AF_UNIX, kind, 0, &ends) == 0)
    let (code, child) = IsolatedReader.built().program
      .spawn(channel: ends[1], memory: memory.descriptor)
    try #require(code == 0)
    close(ends[1])
    let channel = Channel(descriptor: ends[0])
    // An answer shows that the child is at work.
    try channel.send(Request.labels.message)
    #expect(try !channel.receive().isEmpty)
    if hangs {
      try channel.send(Request.model(path: try endless(scratch)).message)
      usleep(200_000)
    }
    var status: Int32 = 0
    try #require(waitpid(child, &status, WNOHANG) == 0)
    // As it is when the parent ends, however it ends.
    close(ends[0])
    for _ in 0..<2000 where waitpid(child, &status, WNOHANG) == 0 { usleep(10_000) }
    #expect(waitpid(child, &status, WNOHANG) < 0)
    #expect(status == 0)
  }
}
