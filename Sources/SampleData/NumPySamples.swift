import FileSupport

/// The samples of a NumPy array file (`.npy`), or of an array in a NumPy archive (`.npz`), along
/// its first axis.
public struct NumPySamples: Dataset {
  public let description: String
  public var sampleCount: Int { array.sampleCount }
  public var sampleShape: [Int] { array.sampleShape }

  private let array: StoredArray
  private let labelArray: StoredArray?

  /// Opens a file of numbers or booleans of either byte order, in C order.
  ///
  /// - Throws: `SampleDataError`, `FileError`.
  public init(file path: String) throws {
    array = try Self.array(in: try RandomAccessFile(path))
    labelArray = nil
    description = SampleFile.name(of: path)
  }

  /// Opens an array of an archive; without a path, the one whose name or nature says that it holds
  /// the samples.
  ///
  /// A packed array is unpacked once, onto the disk.
  ///
  /// - Throws: `SampleDataError`, `FileError`.
  public init(archive file: String, array path: String? = nil) throws {
    let archive = try NumPyArchive(file)
    let path = try path ?? archive.samplePath()
    array = try Self.array(in: try archive.open(path))
    labelArray = try archive.labelPath(beside: path, count: array.sampleCount)
      .map { try Self.array(in: try archive.open($0)) }
    description = "\(SampleFile.name(of: file)):\(path)"
  }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    try array.read(rows: samples, into: buffer)
  }

  /// Returns the classes in the array beside the samples that is named like them: `y_test` or
  /// `labels_test` beside `x_test`; integers below 2²⁴, or one-hot rows. A `.npy` file has none.
  public func labels() throws -> [Int]? { try labelArray?.classes() }

  private static func array(in file: RandomAccessFile) throws -> StoredArray {
    let header = try NumPyHeader(of: file)
    return try StoredArray(
      file: file, elements: header.elements, shape: header.shape, dataOffset: header.dataOffset)
  }
}
