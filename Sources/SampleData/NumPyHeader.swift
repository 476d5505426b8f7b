/// The header of a NumPy array file, versions 1 to 3.
///
/// Source: NumPy enhancement proposal 1, "A simple file format for NumPy arrays".
struct NumPyHeader: Hashable {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The longest header that is read in bytes; NumPy itself reads 10,000.
  private static let largestHeader = 65_536

  let elements: NumPyElements
  let shape: [Int]

  /// The position of the first element in the file.
  let dataOffset: Int

  /// The number of elements.
  let elementCount: Int

  /// Reads the header of a file, and checks that the elements are there.
  ///
  /// - Throws: `SampleDataError`.
  init(of file: RandomAccessFile) throws {
    func fail(_ reason: String) -> SampleDataError { .notNumPy(file: file.name, reason: reason) }
    let start = try file.bytes(at: 0, count: 12)
    guard start.starts(with: Self.magic) else { throw fail("it does not begin with \\x93NUMPY") }
    guard start.count == 12 else { throw fail("its header is cut short") }
    guard (1...3).contains(start[6]) else { throw fail("its format has version \(start[6])") }
    let lengthBytes = start[6] == 1 ? 2 : 4
    let length = start[8..<8 + lengthBytes].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.largestHeader else { throw fail("its header has \(length) bytes") }
    let header = try file.bytes(at: 8 + lengthBytes, count: length)
    guard header.count == length else { throw fail("its header is cut short") }
    let text = String(decoding: header, as: UTF8.self)
    guard let type = Self.value(of: "descr", in: text),
      let order = Self.value(of: "fortran_order", in: text),
      let shape = Self.value(of: "shape", in: text).flatMap(Self.tuple)
    else { throw fail("its header is damaged") }

    guard type.first == "'" || type.first == "\"",
      let elements = NumPyElements(type.dropFirst().prefix { $0 != "'" && $0 != "\"" })
    else {
      throw SampleDataError.unsupportedElements(
        file: file.name, type: String(type.prefix { $0 != "," }))
    }
    if order.hasPrefix("True"), shape.count > 1 {
      throw SampleDataError.fortranOrder(file: file.name)
    }
    dataOffset = 8 + lengthBytes + length
    var bytes = (partialValue: elements.byteCount, overflow: false)
    for axis in shape where !bytes.overflow && !shape.contains(0) {
      bytes = bytes.partialValue.multipliedReportingOverflow(by: axis)
    }
    let stored = file.byteCount - dataOffset
    guard !bytes.overflow, bytes.partialValue <= stored || shape.contains(0) else {
      throw SampleDataError.truncated(
        file: file.name, expectedBytes: bytes.overflow ? .max : dataOffset + bytes.partialValue,
        foundBytes: file.byteCount)
    }
    self.elements = elements
    self.shape = shape
    elementCount = shape.contains(0) ? 0 : bytes.partialValue / elements.byteCount
  }

  /// Returns the text that follows a key of a Python dictionary.
  private static func value(of key: String, in text: String) -> Substring? {
    for quote in ["'", "\""] {
      var rest = text[...]
      while let position = rest.firstIndex(of: Character(quote)) {
        rest = rest[position...].dropFirst()
        guard rest.hasPrefix(key + quote) else { continue }
        let value = rest.dropFirst(key.count + 1).drop { $0 == " " }
        if value.first == ":" { return value.dropFirst().drop { $0 == " " } }
      }
    }
    return nil
  }

  /// Reads a Python tuple of lengths; Python 2 ends long ones with an L.
  private static func tuple(_ text: Substring) -> [Int]? {
    guard text.first == "(", let end = text.firstIndex(of: ")") else { return nil }
    let parts = text[..<end].dropFirst().split(separator: ",")
      .map { $0.filter { $0 != " " && $0 != "L" } }.filter { !$0.isEmpty }
    let lengths = parts.compactMap { Int($0) }.filter { $0 >= 0 }
    return lengths.count == parts.count && parts.count <= 32 ? lengths : nil
  }
}
