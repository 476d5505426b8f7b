import FileSupport

/// An array in a file, its last axis running fastest.
struct StoredArray: Sendable {
  let file: RandomAccessFile
  let elements: StoredElements
  let shape: [Int]

  /// The position of the first element in the file.
  let dataOffset: Int

  /// The number of elements along the first axis.
  var sampleCount: Int { shape[0] }

  /// The lengths of the other axes.
  var sampleShape: [Int] { Array(shape.dropFirst()) }

  /// Describes an array of samples.
  ///
  /// - Throws: `SampleDataError.notSamples`, `.noSamples`, `.truncated`.
  init(
    file: RandomAccessFile, elements: StoredElements, shape: [Int], dataOffset: Int
  ) throws {
    guard !shape.isEmpty else {
      throw SampleDataError.notSamples(
        file: file.name, found: DatasetSummary(path: "/", shape: [], elements: "\(elements)"))
    }
    guard !shape.contains(0) else {
      throw SampleDataError.noSamples(file: file.name, shape: shape)
    }
    try Self.checkSize(
      of: file.name, bytes: file.byteCount, elements: elements, shape: shape,
      dataOffset: dataOffset)
    self.file = file
    self.elements = elements
    self.shape = shape
    self.dataOffset = dataOffset
  }

  /// Checks that a file has the bytes that its header claims.
  ///
  /// - Throws: `SampleDataError.truncated`.
  static func checkSize(
    of name: String, bytes: Int, elements: StoredElements, shape: [Int], dataOffset: Int
  ) throws {
    guard !shape.contains(0) else { return }
    var expected = (partialValue: elements.byteCount, overflow: false)
    for axis in shape where !expected.overflow {
      expected = expected.partialValue.multipliedReportingOverflow(by: axis)
    }
    guard !expected.overflow, expected.partialValue <= bytes - dataOffset else {
      let (sum, overflow) = dataOffset.addingReportingOverflow(expected.partialValue)
      throw SampleDataError.truncated(
        file: name, expectedBytes: overflow || expected.overflow ? .max : sum, foundBytes: bytes)
    }
  }

  /// Reads elements of the first axis, converted.
  ///
  /// - Precondition: `rows` lies in the array, and `buffer` has exactly the room.
  /// - Throws: `SampleDataError.truncated`, `FileError.cannotRead`.
  func read(rows: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(rows.lowerBound >= 0 && rows.upperBound <= sampleCount)
    let rowSize = sampleShape.reduce(1, *)
    precondition(buffer.count == rows.count * rowSize)
    let offset = dataOffset + rows.lowerBound * rowSize * elements.byteCount
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

  /// Returns the classes that the array holds: whole numbers, or one-hot rows.
  ///
  /// - Throws: As `read(rows:into:)`.
  func classes() throws -> [Int]? {
    let count = shape.reduce(1, *)
    let values = try [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
      try read(
        rows: 0..<sampleCount, into: UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
      initialized = count
    }
    return SampleNames.classes(values.map(Double.init), of: sampleCount)
  }

  private func fill(_ bytes: UnsafeMutableRawBufferPointer, from offset: Int) throws {
    let found = try file.read(at: offset, into: bytes)
    guard found == bytes.count else {
      throw SampleDataError.truncated(
        file: file.name, expectedBytes: offset + bytes.count, foundBytes: offset + found)
    }
  }
}
