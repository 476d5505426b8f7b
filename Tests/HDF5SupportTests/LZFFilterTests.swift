import Testing

@testable import HDF5Support

@Suite("The LZF filter")
struct LZFFilterTests {
  /// What a packed chunk becomes; nil if it is damaged.
  private func unpacked(_ bytes: [UInt8]) -> [UInt8]? {
    bytes.withUnsafeBytes { input in
      LZFFilter.unpackedCount(input).map { count in
        [UInt8](unsafeUninitializedCapacity: count) { output, initialized in
          LZFFilter.unpack(input, into: output.baseAddress!)
          initialized = count
        }
      }
    }
  }

  @Test("Bytes as they are, short copies, and long copies that reach into what they write.")
  func values() {
    #expect(unpacked([2, 7, 8, 9]) == [7, 8, 9])
    #expect(unpacked([1, 7, 8, 0x20, 1, 0, 9]) == [7, 8, 7, 8, 7, 9])
    #expect(unpacked([0, 65, 0xE0, 10, 0]) == [UInt8](repeating: 65, count: 20))
    let far = [UInt8](repeating: 0, count: 32)
    let blocks = (0..<9).flatMap { [UInt8(31)] + ($0 == 0 ? [7] + far.dropLast() : far) }
    // 256 and 31 and one before the end of 288 bytes: the first.
    #expect(unpacked(blocks + [0x21, 31])?.suffix(3) == [7, 0, 0])
  }

  @Test("A copy from before the start, and bytes that are missing, are damage.")
  func damage() {
    #expect(unpacked([0x20, 0]) == nil)
    #expect(unpacked([0, 65, 0x20, 1]) == nil)
    #expect(unpacked([4, 1]) == nil)
    #expect(unpacked([0, 65, 0xE0, 10]) == nil)
    #expect(unpacked([0, 65, 0x20]) == nil)
  }
}
