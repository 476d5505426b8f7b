/// The samples of a NumPy array file (`.npy`), along its first axis.
public struct NumPySamples: Dataset {
  public let description: String
  public let sampleCount: Int
  public let sampleShape: [Int]

  private let file: RandomAccessFile
  private let header: NumPyHeader

  /// Opens a file of numbers or booleans of either byte order, in C order.
  ///
  /// - Throws: `SampleDataError`.
  public init(file path: String) throws {
    file = try RandomAccessFile(path)
    header = try NumPyHeader(of: file)
    guard let count = header.shape.first else {
      throw SampleDataError.notSamples(
        file: path, found: DatasetSummary(path: "/", shape: [], elements: "number"))
    }
    guard header.elementCount > 0 else {
      throw SampleDataError.noSamples(file: path, shape: header.shape)
    }
    sampleCount = count
    sampleShape = Array(header.shape.dropFirst())
    description = SampleFile.name(of: path)
  }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(samples.lowerBound >= 0 && samples.upperBound <= sampleCount)
    precondition(buffer.count == samples.count * sampleSize)
    let elements = header.elements
    let offset = header.dataOffset + samples.lowerBound * sampleSize * elements.byteCount
    if elements.isNative {
      try fill(UnsafeMutableRawBufferPointer(buffer), from: offset)
    } else {
      let stored = UnsafeMutableRawBufferPointer.allocate(
        byteCount: buffer.count * elements.byteCount, alignment: 16)
      defer { stored.deallocate() }
      try fill(stored, from: offset)
      elements.convert(UnsafeRawBufferPointer(stored), to: buffer)
    }
  }

  /// Returns nil: a NumPy array file holds no labels.
  public func labels() -> [Int]? { nil }

  private func fill(_ bytes: UnsafeMutableRawBufferPointer, from offset: Int) throws {
    let found = try file.read(at: offset, into: bytes)
    guard found == bytes.count else {
      throw SampleDataError.truncated(
        file: file.name, expectedBytes: offset + bytes.count, foundBytes: offset + found)
    }
  }
}
