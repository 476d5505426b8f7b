import Foundation
import TestSupport
import Testing

@testable import FileSupport

@Suite("Files that are mapped")
struct RandomAccessFileMappingTests {
  /// A file of a few pages, each 32-bit word its number as `Float`.
  private let count = 5000

  private func file(in scratch: Scratch) throws -> String {
    let numbers = (0..<count).map { Float($0) }
    return try scratch.file("a", numbers.withUnsafeBytes { [UInt8]($0) })
  }

  @Test("Numbers are those of the file, wherever they begin, and outlive it.")
  func numbers() throws {
    let scratch = try Scratch()
    let path = try file(in: scratch)
    for first in [0, 1, 1023, 1024, 4999] {
      let mapped = try #require(
        try RandomAccessFile(path).map(floats: count - first, at: 4 * first))
      #expect(Array(mapped.numbers) == (first..<count).map { Float($0) })
    }
    let part = try RandomAccessFile(path).part(4004..<8000, name: "part")
    let mapped = try #require(try part.map(floats: 2, at: 8))
    try FileManager.default.removeItem(atPath: path)
    #expect(Array(mapped.numbers) == [1003, 1004])
  }

  @Test("Numbers that are given back take no memory until they are looked at again.")
  func givenBack() throws {
    let scratch = try Scratch()
    let path = try file(in: scratch)
    for first in [0, 1, 1025] {
      let mapped = try #require(
        try RandomAccessFile(path).map(floats: count - first, at: 4 * first))
      let expected = (first..<count).map { Float($0) }
      #expect(Array(mapped.numbers) == expected)
      #expect(inMemory(mapped.numbers) == mapped.numbers.count)
      mapped.giveBack(0..<0)
      #expect(inMemory(mapped.numbers) == mapped.numbers.count)
      // The second of the pages, and a part of the third.
      let some = 1024 - first % 1024..<2100 - first % 1024
      mapped.giveBack(some)
      #expect(inMemory(mapped.numbers) == mapped.numbers.count - 2048)
      #expect(Array(mapped.numbers) == expected)
      mapped.giveBack(mapped.numbers.indices)
      #expect(inMemory(mapped.numbers) == 0)
      #expect(Array(mapped.numbers) == expected)
    }
  }

  @Test("Numbers that do not lie as in memory are not mapped, nor are none.")
  func unaligned() throws {
    let scratch = try Scratch()
    let file = try RandomAccessFile(try file(in: scratch))
    for offset in [1, 2, 3, 4097] { #expect(try file.map(floats: 1, at: offset) == nil) }
    #expect(try file.map(floats: 0, at: 0) == nil)
    #expect(try RandomAccessFile("/dev/zero").map(floats: 0, at: 0) == nil)
  }

  @Test("A file that is too short is an error, also if it has become so.")
  func short() throws {
    let scratch = try Scratch()
    let path = try file(in: scratch)
    let file = try RandomAccessFile(path)
    let error = FileError.cannotRead(file: path, reason: "It became shorter")
    #expect(throws: error) { _ = try file.map(floats: count, at: 4) }
    truncate(path, 8000)
    #expect(throws: error) { _ = try file.map(floats: count, at: 0) }
    #expect(try file.map(floats: 2000, at: 0) != nil)
  }

  @Test("A file knows whether a part of it is mapped.")
  func mapped() throws {
    let scratch = try Scratch()
    let file = try RandomAccessFile(try file(in: scratch))
    let part = file.part(400..<800, name: "part")
    #expect(!file.isMapped)
    do {
      let mapped = try part.map(floats: 2, at: 0)
      withExtendedLifetime(mapped) { #expect(file.isMapped) }
    }
    #expect(!file.isMapped)
  }

  @Test("A file that was written to is told from one that was replaced.")
  func changed() throws {
    let scratch = try Scratch()
    let path = try file(in: scratch)
    let file = try RandomAccessFile(path)
    try file.requireUnchanged()
    rename(try scratch.file("b", [1, 2, 3]), path)
    try file.requireUnchanged()
    let other = try RandomAccessFile(path)
    truncate(path, 2)
    let error = FileError.changed(file: path)
    #expect(throws: error) { try other.requireUnchanged() }
    #expect(
      "\(error)" == """
        '\(path)' was written to while it was used, so what came of it is worth nothing.
          Run this again when the file is whole; give programs that write to it another name.
        """)
  }
}

/// How many numbers lie in pages that the process has in its memory.
private func inMemory(_ numbers: UnsafeBufferPointer<Float>) -> Int {
  guard let file = FileHandle(forReadingAtPath: "/proc/self/pagemap") else { return -1 }
  let page = Int(sysconf(Int32(_SC_PAGESIZE)))
  let first = Int(bitPattern: numbers.baseAddress)
  func isPresent(_ number: Int) -> Bool {
    guard (try? file.seek(toOffset: UInt64(8 * number))) != nil else { return false }
    // The highest of an entry's 64 bits says so.
    return (try? file.read(upToCount: 8))?.last.map { $0 >= 0x80 } ?? false
  }
  let present = Set((first / page...(first + 4 * numbers.count - 1) / page).filter(isPresent))
  return numbers.indices.count { present.contains((first + 4 * $0) / page) }
}
