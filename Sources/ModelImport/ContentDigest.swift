import NetworkGraph

/// A fingerprint that tells files apart, and resists no attack: FNV-1a with 64 bits (Fowler, Noll
/// and Vo), over bytes of texts and 32-bit words of numbers.
struct ContentDigest {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  private mutating func add(_ word: UInt64) {
    state = (state ^ word) &* 0x100_0000_01B3
  }

  /// Adds a text and its length.
  mutating func add(_ bytes: some Collection<UInt8>) {
    add(UInt64(bytes.count))
    for byte in bytes { add(UInt64(byte)) }
  }

  /// Adds integers and their count.
  mutating func add(_ integers: [Int]) {
    add(UInt64(integers.count))
    for integer in integers { add(UInt64(bitPattern: Int64(integer))) }
  }

  /// Adds numbers by their bit patterns, and gives them back.
  mutating func add(_ numbers: Numbers) {
    numbers.readOnce { piece in
      for number in piece { add(UInt64(number.bitPattern)) }
    }
  }

  /// Sixteen hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
