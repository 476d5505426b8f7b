import FileSupport
import Foundation
import TestSupport
import Testing

@testable import RangefinderCLI

@Suite("A mapped file that is cut short")
struct CutFileTests {
  @Test("Who looks at what is gone leaves with an error that says so.")
  func cut() async throws {
    let outcome = await #expect(
      processExitsWith: .exitCode(1), observing: [\.standardErrorContent]
    ) {
      let scratch = try Scratch()
      let path = try scratch.file("a", [UInt8](repeating: 0, count: 1 << 20))
      let mapped = try RandomAccessFile(path).map(floats: 1 << 18, at: 0)!
      CutFile.explain()
      truncate(path, 4096)
      exit(mapped.numbers[1 << 17] == 0 ? 0 : 2)
    }
    #expect(
      String(decoding: outcome?.standardErrorContent ?? [], as: UTF8.self) == """
        error: a file was cut short by another program while it was used.
          Run this again when the file is whole; give programs that write to it another name.

        """)
  }
}
