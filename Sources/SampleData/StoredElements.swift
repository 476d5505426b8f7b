/// The type of the elements of a stored array, and its conversion to `Float`.
struct StoredElements: Hashable {
  /// The kinds of numbers that are read.
  enum Kind: String {
    case float = "f"
    case signed = "i"
    case unsigned = "u"
    case boolean = "b"
  }

  let kind: Kind
  let byteCount: Int
  let isBigEndian: Bool

  /// Describes elements of a type.
  init(_ kind: Kind, bytes byteCount: Int, isBigEndian: Bool) {
    self.kind = kind
    self.byteCount = byteCount
    self.isBigEndian = isBigEndian
  }

  /// Reads NumPy's name of a type, such as `<f4`; nil for one that is not read.
  init?(numPy name: Substring) {
    let body = name.drop { "<>=|".contains($0) }
    guard name.count - body.count <= 1, let kind = body.first.flatMap({ Kind(rawValue: "\($0)") }),
      let byteCount = Int(body.dropFirst())
    else { return nil }
    let known: Bool =
      switch kind {
      case .float: [2, 4, 8].contains(byteCount)
      case .signed, .unsigned: [1, 2, 4, 8].contains(byteCount)
      case .boolean: byteCount == 1
      }
    guard known else { return nil }
    self.init(kind, bytes: byteCount, isBigEndian: name.first == ">")
  }

  /// Whether stored elements are `Float` as they are.
  var isNative: Bool { kind == .float && byteCount == 4 && !isBigEndian }

  /// Converts stored elements, rounded to nearest.
  ///
  /// - Precondition: `bytes` holds as many elements as `floats` has room for.
  func convert(_ bytes: UnsafeRawBufferPointer, to floats: UnsafeMutableBufferPointer<Float>) {
    precondition(bytes.count == floats.count * byteCount)
    switch (kind, byteCount) {
    case (.float, 2): convert(bytes, floats) { Float(Float16(bitPattern: $0)) }
    case (.float, 4): convert(bytes, floats) { Float(bitPattern: $0) }
    case (.float, _): convert(bytes, floats) { Float(Double(bitPattern: $0)) }
    case (.signed, 1): convert(bytes, floats) { (bits: UInt8) in Float(Int8(bitPattern: bits)) }
    case (.signed, 2): convert(bytes, floats) { (bits: UInt16) in Float(Int16(bitPattern: bits)) }
    case (.signed, 4): convert(bytes, floats) { (bits: UInt32) in Float(Int32(bitPattern: bits)) }
    case (.signed, _): convert(bytes, floats) { (bits: UInt64) in Float(Int64(bitPattern: bits)) }
    case (.unsigned, 2): convert(bytes, floats) { (bits: UInt16) in Float(bits) }
    case (.unsigned, 4): convert(bytes, floats) { (bits: UInt32) in Float(bits) }
    case (.unsigned, 8): convert(bytes, floats) { (bits: UInt64) in Float(bits) }
    case (.unsigned, _): convert(bytes, floats) { (bits: UInt8) in Float(bits) }
    case (.boolean, _): convert(bytes, floats) { (bits: UInt8) in bits == 0 ? 0 : 1 }
    }
  }

  private func convert<Bits: FixedWidthInteger>(
    _ bytes: UnsafeRawBufferPointer, _ floats: UnsafeMutableBufferPointer<Float>,
    _ number: (Bits) -> Float
  ) {
    for index in floats.indices {
      let bits = bytes.loadUnaligned(
        fromByteOffset: index * MemoryLayout<Bits>.size, as: Bits.self)
      floats[index] = number(isBigEndian ? Bits(bigEndian: bits) : Bits(littleEndian: bits))
    }
  }
}

extension StoredElements: CustomStringConvertible {
  /// The name that NumPy and HDF5 give the type, such as `uint8`.
  var description: String {
    switch kind {
    case .float: "float\(byteCount * 8)"
    case .signed: "int\(byteCount * 8)"
    case .unsigned: "uint\(byteCount * 8)"
    case .boolean: "bool"
    }
  }
}
