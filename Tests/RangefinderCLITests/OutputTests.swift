import ActivationProfiling
import Foundation
import TestSupport
import Testing

@testable import RangefinderCLI

@Suite("What the program prints and writes")
struct OutputTests {
  @Test("A table aligns its first columns left and the others right.")
  func table() {
    var table = TextTable(["site", "min"])
    table.append(["a", "-1.5"])
    table.append(["longer", "2"])
    #expect("\(table)" == "site     min\na       -1.5\nlonger     2")
  }

  @Test("Progress tells the rate and the time left, and nothing is divided by zero.")
  func progress() {
    let half = Profiler.Progress(samplesDone: 500, samplesInAll: 1000)
    #expect(ProgressBar.text(half, elapsed: 2) == "500 of 1000 samples, 250 a second, 2 s left")
    #expect(ProgressBar.text(half, elapsed: 0) == "500 of 1000 samples")
    #expect(ProgressBar.bar(half).count == 24)
    #expect(ProgressBar.bar(half).count { $0 == "█" } == 12)
  }

  @Test("A number shows four digits unless told otherwise, and missing numbers nothing.")
  func numbers() {
    #expect(1234.5678.text() == "1235")
    #expect(0.000_123_456.text(digits: 2) == "0.00012")
    #expect((-Double.infinity).text() == "-∞")
    #expect(Double?.none.text() == "")
  }

  @Test("A write that fails leaves the old file and nothing else.")
  func atomicWrite() throws {
    struct Failure: Error {}
    let scratch = try Scratch()
    let path = try scratch.file("out", "old".utf8)
    let file = try OutputFile(path)
    #expect(throws: Failure.self) {
      try file.write { temporary in
        try Data("half".utf8).write(to: URL(filePath: temporary))
        throw Failure()
      }
    }
    #expect(try scratch.bytes("out") == Array("old".utf8))
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path("")) == ["out"])
    try file.write(Data("new".utf8))
    #expect(try scratch.bytes("out") == Array("new".utf8))
  }

  @Test("A link at the place is replaced, and what it leads to is left as it is.")
  func link() throws {
    let scratch = try Scratch()
    let target = try scratch.file("target", "kept".utf8)
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("out"), withDestinationPath: target)
    try OutputFile(scratch.path("out")).write(Data("new".utf8))
    #expect(try scratch.bytes("target") == Array("kept".utf8))
    #expect(try scratch.bytes("out") == Array("new".utf8))
  }

  @Test("A link under the temporary name is not followed.")
  func plantedLink() throws {
    let scratch = try Scratch()
    let target = try scratch.file("target", "kept".utf8)
    let temporary = scratch.path("out.\(ProcessInfo.processInfo.processIdentifier).partial")
    try FileManager.default.createSymbolicLink(atPath: temporary, withDestinationPath: target)
    try OutputFile(scratch.path("out")).write(Data("new".utf8))
    #expect(try scratch.bytes("target") == Array("kept".utf8))
    #expect(try scratch.bytes("out") == Array("new".utf8))
  }

  @Test("A device is no place for a file: it would be replaced.")
  func device() {
    #expect(
      message { _ = try OutputFile("/dev/null") } == """
        cannot write '/dev/null': it is a device or a pipe.
          Choose another place with -o.
        """)
  }

  @Test("A folder is no place for a file, and a file none for a folder.")
  func places() throws {
    let scratch = try Scratch()
    #expect(message { _ = try OutputFile(scratch.path("")) }.contains("it is a folder"))
    let file = try scratch.file("file", [])
    #expect(message { try OutputFile.createFolder(file) }.contains("cannot write"))
  }

  @Test(
    "A shard is I/N with I from 1 to N.",
    arguments: [("1/4", true), ("4/4", true), ("0/4", false), ("5/4", false), ("1", false)])
  func shard(text: String, isValid: Bool) {
    #expect((Shard(text) != nil) == isValid)
  }
}
