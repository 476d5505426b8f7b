import FileSupport

/// The header of a NumPy array file, versions 1 to 3.
///
/// Source: NumPy enhancement proposal 1, "A simple file format for NumPy arrays".
struct NumPyHeader: Hashable {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// The longest header that is read in bytes; NumPy itself reads 10,000.
  private static let largestHeader = 65_536

  /// The most bytes that a header takes, with what is before it.
  static let largestStart = 12 + largestHeader

  let elements: StoredElements
  let shape: [Int]

  /// The position of the first element in the file.
  let dataOffset: Int

  /// Reads the header of a file, and checks that the elements are there.
  ///
  /// - Throws: `SampleDataError`, `FileError.cannotRead`.
  init(of file: RandomAccessFile) throws {
    let start = try file.bytes(at: 0, count: Self.largestStart)
    try self.init(start: start, name: file.name, byteCount: file.byteCount)
  }

  /// Reads the header in the first bytes of a file, and checks that the elements are there.
  ///
  /// - Parameters:
  ///   - start: The first `largestStart` bytes, or all if there are fewer.
  ///   - name: The file's name, for the words of an error.
  ///   - byteCount: The length of the file.
  /// - Throws: `SampleDataError`.
  init(start: [UInt8], name: String, byteCount: Int) throws {
    func fail(_ reason: String) -> SampleDataError { .notNumPy(file: name, reason: reason) }
    guard start.starts(with: Self.magic) else { throw fail("it does not begin with \\x93NUMPY") }
    guard start.count >= 12 else { throw fail("its header is cut short") }
    guard (1...3).contains(start[6]) else { throw fail("its format has version \(start[6])") }
    let lengthBytes = start[6] == 1 ? 2 : 4
    let length = start[8..<8 + lengthBytes].reversed().reduce(0) { $0 << 8 | Int($1) }
    guard length <= Self.largestHeader else { throw fail("its header has \(length) bytes") }
    dataOffset = 8 + lengthBytes + length
    guard start.count >= dataOffset else { throw fail("its header is cut short") }
    let text = String(decoding: start[8 + lengthBytes..<dataOffset], as: UTF8.self)
    guard let type = Self.value(of: "descr", in: text),
      let order = Self.value(of: "fortran_order", in: text),
      let shape = Self.value(of: "shape", in: text).flatMap(Self.tuple)
    else { throw fail("its header is damaged") }

    guard type.first == "'" || type.first == "\"",
      let elements = StoredElements(numPy: type.dropFirst().prefix { $0 != "'" && $0 != "\"" })
    else {
      throw SampleDataError.unsupportedElements(
        file: name, type: String(type.prefix { $0 != "," }))
    }
    if order.hasPrefix("True"), shape.count > 1 {
      throw SampleDataError.fortranOrder(file: name)
    }
    try StoredArray.checkSize(
      of: name, bytes: byteCount, elements: elements, shape: shape, dataOffset: dataOffset)
    self.elements = elements
    self.shape = shape
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
