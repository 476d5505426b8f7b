/// Bytes that hold little-endian numbers at any position.
struct LittleEndianBytes {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  func uint16(at offset: Int) -> UInt16 { number(at: offset) }

  func uint32(at offset: Int) -> UInt32 { number(at: offset) }

  func uint64(at offset: Int) -> UInt64 { number(at: offset) }

  private func number<Number: FixedWidthInteger>(at offset: Int) -> Number {
    bytes[offset..<offset + MemoryLayout<Number>.size].reversed().reduce(0) { $0 << 8 | Number($1) }
  }
}
