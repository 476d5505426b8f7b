import Testing

@testable import ForwardPass

@Suite struct MemoryTests {
  @Test("A buffer begins at a cache line, and is zero.")
  func buffer() {
    for byteCount in [0, 1, 64, 1000] {
      let buffer = AlignedBuffer(byteCount: byteCount)
      #expect(UInt(bitPattern: buffer.pointer).isMultiple(of: 64))
      #expect(
        UnsafeRawBufferPointer(start: buffer.pointer, count: byteCount).allSatisfy { $0 == 0 })
    }
  }

  @Test("Weights are turned into the layout wanted.")
  func transposition() throws {
    let weights = try Weights(
      [1, 2, 3, 4, 5, 6], in: Layout([2, 3], strides: [3, 1]),
      as: Layout([2, 3], strides: [1, 2]),
      layer: "a")
    let numbers = UnsafeRawBufferPointer(start: weights.pointer, count: 24)
    #expect(Array(numbers.bindMemory(to: Float.self)) == [1, 4, 2, 5, 3, 6])
  }

  @Test("Weights that lie as wanted are not copied.")
  func noCopy() throws {
    let (layout, values) = (Layout.rows(2, 3), [1, 2, 3, 4, 5, 6] as [Float])
    let weights = try Weights(values, in: layout, as: layout, layer: "a")
    values.withUnsafeBytes { #expect(UnsafeRawPointer(weights.pointer) == $0.baseAddress) }
  }
}
