/// The 64-bit xxHash of a stream of bytes, seed 0.
///
/// It tells files apart that differ by accident; it does not withstand an adversary.
///
/// Source: Y. Collet, xxHash fast digest algorithm, specification 0.1.1 (XXH64).
struct ContentHash {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5

  private var lanes = (prime1 &+ prime2, prime2, UInt64(0), 0 &- prime1)
  private var pending: [UInt8] = []
  private var byteCount: UInt64 = 0

  /// Begins a stream without bytes.
  init() {}

  /// Begins a stream with a number of axes and their lengths, as 64-bit integers.
  init(shape: [Int]) {
    for number in [shape.count] + shape {
      withUnsafeBytes(of: Int64(number).littleEndian) { update($0) }
    }
  }

  /// The hash of the stream so far, as 16 hexadecimal digits.
  var digits: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  /// Adds bytes to the stream.
  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    byteCount &+= UInt64(bytes.count)
    var rest = bytes[...]
    if !pending.isEmpty {
      let missing = rest.prefix(32 - pending.count)
      pending += missing
      rest = rest.dropFirst(missing.count)
      guard pending.count == 32 else { return }
      let stripe = pending
      stripe.withUnsafeBytes { consume($0) }
      pending = []
    }
    let whole = rest.count / 32 * 32
    consume(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)))
    pending += rest.dropFirst(whole)
  }

  /// The hash of the stream so far.
  var value: UInt64 {
    var hash = Self.prime5
    if byteCount >= 32 {
      hash = Self.rotate(lanes.0, 1) &+ Self.rotate(lanes.1, 7)
      hash = hash &+ Self.rotate(lanes.2, 12) &+ Self.rotate(lanes.3, 18)
      for lane in [lanes.0, lanes.1, lanes.2, lanes.3] {
        hash = (hash ^ Self.round(0, lane)) &* Self.prime1 &+ Self.prime4
      }
    }
    hash = hash &+ byteCount
    pending.withUnsafeBytes { tail in
      var offset = 0
      while offset + 8 <= tail.count {
        hash ^= Self.round(0, Self.word(tail, offset))
        hash = Self.rotate(hash, 27) &* Self.prime1 &+ Self.prime4
        offset += 8
      }
      if offset + 4 <= tail.count {
        let half = UInt32(littleEndian: tail.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        hash = Self.rotate(hash ^ (UInt64(half) &* Self.prime1), 23) &* Self.prime2 &+ Self.prime3
        offset += 4
      }
      for byte in tail[offset...] {
        hash = Self.rotate(hash ^ (UInt64(byte) &* Self.prime5), 11) &* Self.prime1
      }
    }
    hash = (hash ^ (hash >> 33)) &* Self.prime2
    hash = (hash ^ (hash >> 29)) &* Self.prime3
    return hash ^ (hash >> 32)
  }

  private mutating func consume(_ stripes: UnsafeRawBufferPointer) {
    for offset in stride(from: 0, to: stripes.count, by: 32) {
      lanes.0 = Self.round(lanes.0, Self.word(stripes, offset))
      lanes.1 = Self.round(lanes.1, Self.word(stripes, offset + 8))
      lanes.2 = Self.round(lanes.2, Self.word(stripes, offset + 16))
      lanes.3 = Self.round(lanes.3, Self.word(stripes, offset + 24))
    }
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* prime2, 31) &* prime1
  }

  private static func rotate(_ value: UInt64, _ count: UInt64) -> UInt64 {
    value << count | value >> (64 - count)
  }
}
