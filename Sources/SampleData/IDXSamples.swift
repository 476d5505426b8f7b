import FileSupport

/// The samples of an IDX file, the format of the MNIST digits, packed with gzip or not.
///
/// Source: Y. LeCun, C. Cortes, C. Burges, The MNIST database of handwritten digits.
public struct IDXSamples: Dataset {
  public let description: String
  public var sampleCount: Int { array.sampleCount }
  public var sampleShape: [Int] { array.sampleShape }

  private let array: StoredArray
  private let labelArray: StoredArray?

  /// Opens a file of any element type; a packed one is unpacked once, onto the disk.
  ///
  /// The labels are in the file beside it, if there: `t10k-labels-idx1-ubyte` beside
  /// `t10k-images-idx3-ubyte`.
  ///
  /// - Throws: `SampleDataError`, `FileError`.
  public init(file path: String) throws {
    array = try Self.array(in: path)
    labelArray = try Self.labelFile(beside: path).map(Self.array)
    description = SampleFile.name(of: path)
    if let labelArray, labelArray.shape != [sampleCount] {
      throw SampleDataError.labelCount(
        file: labelArray.file.name, labels: labelArray.shape[0], samples: sampleCount)
    }
  }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    try array.read(rows: samples, into: buffer)
  }

  /// Returns the numbers of the file of labels, if there is one.
  public func labels() throws -> [Int]? { try labelArray?.classes() }

  /// Returns whether a file that begins with `start` is an IDX file: two zeros, a type, and a
  /// number of axes.
  static func begins(with start: [UInt8]) -> Bool {
    start.count >= 4 && start[0] == 0 && start[1] == 0 && elements[start[2]] != nil && start[3] > 0
  }

  /// The types of elements by the number that stands for them.
  private static let elements: [UInt8: StoredElements] = [
    0x08: StoredElements(.unsigned, bytes: 1, isBigEndian: true),
    0x09: StoredElements(.signed, bytes: 1, isBigEndian: true),
    0x0B: StoredElements(.signed, bytes: 2, isBigEndian: true),
    0x0C: StoredElements(.signed, bytes: 4, isBigEndian: true),
    0x0D: StoredElements(.float, bytes: 4, isBigEndian: true),
    0x0E: StoredElements(.float, bytes: 8, isBigEndian: true),
  ]

  private static func array(in path: String) throws -> StoredArray {
    var file = try RandomAccessFile(path)
    if GzipFile.begins(with: try file.bytes(at: 0, count: 2)) { file = try GzipFile.unpack(file) }
    let start = try file.bytes(at: 0, count: 4)
    guard begins(with: start), let elements = elements[start[2]] else {
      throw SampleDataError.notIDX(
        file: path, reason: "it does not begin with two zeros, a type, and a number of axes")
    }
    let lengths = try file.bytes(at: 4, count: 4 * Int(start[3]))
    guard lengths.count == 4 * Int(start[3]) else {
      throw SampleDataError.notIDX(file: path, reason: "its header is cut short")
    }
    let shape = stride(from: 0, to: lengths.count, by: 4).map { offset in
      lengths[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
    }
    return try StoredArray(
      file: file, elements: elements, shape: shape, dataOffset: 4 + lengths.count)
  }

  /// Returns the file of labels, if there is one: `images` is `labels` in its name, and the number
  /// of axes is 1.
  private static func labelFile(beside path: String) throws -> String? {
    let name = SampleFile.name(of: path)
    let pieces = name.split(separator: "images", omittingEmptySubsequences: false)
    guard pieces.count == 2 else { return nil }
    let end = pieces[1].split(separator: "idx3", omittingEmptySubsequences: false)
      .joined(separator: "idx1")
    let folder = path.dropLast(name.utf8.count)
    let labels = "\(folder)\(pieces[0])labels\(end)"
    let packed = labels.hasSuffix(".gz") ? String(labels.dropLast(3)) : labels + ".gz"
    return [labels, packed].first { SampleFile.kind(of: $0) == .file }
  }
}
