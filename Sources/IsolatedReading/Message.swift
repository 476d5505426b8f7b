import FileSupport

/// Bytes that are put together for the other process: integers, texts, and lists of them.
struct MessageWriter {
  private(set) var bytes: [UInt8] = []

  mutating func add(_ number: Int) {
    withUnsafeBytes(of: Int64(number).littleEndian) { bytes += $0 }
  }

  mutating func add(_ text: some Collection<UInt8>) {
    add(text.count)
    bytes += text
  }

  mutating func add(_ text: String) { add(text.utf8) }

  mutating func add(_ text: String?) { add(text.map { [$0] } ?? []) { $0.add($1) } }

  mutating func add(_ number: Int?) { add(number.map { [$0] } ?? []) { $0.add($1) } }

  mutating func add(_ numbers: [Int]) { add(numbers) { $0.add($1) } }

  mutating func add<Element>(_ list: [Element], each: (inout MessageWriter, Element) -> Void) {
    add(list.count)
    for element in list { each(&self, element) }
  }
}

/// Takes a message apart, and believes nothing that is in it.
struct MessageReader {
  private var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// Checks that nothing is left.
  ///
  /// - Throws: `MessageFault`.
  func finish() throws {
    guard rest.isEmpty else { throw MessageFault(what: "\(rest.count) bytes too many") }
  }

  mutating func number() throws -> Int {
    let bytes = try take(8)
    let number = bytes.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return Int(Int64(bitPattern: number))
  }

  /// A number of things of which each takes at least `bytesEach` bytes of what is left.
  mutating func count(bytesEach: Int) throws -> Int {
    let count = try number()
    guard (0...rest.count / bytesEach).contains(count) else {
      throw MessageFault(what: "\(count) things in \(rest.count) bytes")
    }
    return count
  }

  mutating func bytes() throws -> [UInt8] { Array(try take(try count(bytesEach: 1))) }

  mutating func text() throws -> String { String(decoding: try bytes(), as: UTF8.self) }

  mutating func optionalText() throws -> String? {
    let texts = try list { try $0.text() }
    guard texts.count <= 1 else { throw MessageFault(what: "\(texts.count) texts for one") }
    return texts.first
  }

  mutating func optionalNumber() throws -> Int? {
    let numbers = try list { try $0.number() }
    guard numbers.count <= 1 else { throw MessageFault(what: "\(numbers.count) numbers for one") }
    return numbers.first
  }

  /// The place of as many `Float`s in a file, all of which are there.
  mutating func place(of count: Int, in file: RandomAccessFile?) throws -> Int? {
    guard let place = try optionalNumber() else { return nil }
    let bytes = count * MemoryLayout<Float>.stride
    guard let file, 0 <= place, bytes <= file.byteCount, place <= file.byteCount - bytes else {
      throw MessageFault(what: "\(count) numbers at \(place) of the file")
    }
    return place
  }

  /// The lengths of an array's axes, with the number of `Float`s in it, whose bytes can be counted.
  mutating func shape() throws -> (extents: [Int], count: Int) {
    let extents = try list { try $0.number() }
    var bytes = extents.contains(0) ? 0 : MemoryLayout<Float>.stride
    for extent in extents {
      let (product, overflow) = bytes.multipliedReportingOverflow(by: extent)
      guard extent >= 0, !overflow else { throw MessageFault(what: "a shape \(extents)") }
      bytes = product
    }
    return (extents, bytes / MemoryLayout<Float>.stride)
  }

  /// A list of things of which each takes at least eight bytes.
  mutating func list<Element>(
    each: (inout MessageReader) throws -> Element
  ) throws -> [Element] {
    let count = try count(bytesEach: 8)
    return try (0..<count).map { _ in try each(&self) }
  }

  private mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count <= rest.count else { throw MessageFault(what: "a message that ends early") }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

/// Why a message cannot be what the other process should have sent.
struct MessageFault: Error, Hashable {
  let what: String
}
