import HDF5Support

/// The samples of one dataset of an HDF5 file, along its first axis.
public struct HDF5Samples: Dataset {
  public let description: String
  public let sampleCount: Int
  public let sampleShape: [Int]

  private let dataset: HDF5Dataset
  private let labelDataset: HDF5Dataset?

  /// Opens a dataset of a file; without a path, the one whose name or nature says that it holds
  /// the samples.
  ///
  /// - Throws: `SampleDataError.ambiguousDataset`, `.noNumbers`, `.notSamples`, `.noSamples`;
  ///   `HDF5Error`.
  public init(file: String, dataset path: String? = nil) throws {
    let root = try HDF5File(reading: file).root
    dataset = try path.map { try root.dataset($0) } ?? root.samples(file: file)
    guard dataset.elementType.isNumber, !dataset.shape.isEmpty else {
      throw SampleDataError.notSamples(file: file, found: dataset.summary)
    }
    guard dataset.elementCount > 0 else {
      throw SampleDataError.noSamples(file: file, shape: dataset.shape)
    }
    sampleCount = dataset.shape[0]
    sampleShape = Array(dataset.shape.dropFirst())
    description = "\(SampleFile.name(of: file)):\(dataset.path)"
    labelDataset = try root.labels(of: dataset)
  }

  /// Where in the file the samples stand one after the other, stored as `Float` has them; `nil` if
  /// they are stored in any other way.
  ///
  /// - Throws: `HDF5Error`.
  public func placeOfFloats() throws -> Int? { try dataset.placeOfFloats() }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    try dataset.read(rows: samples, into: buffer)
  }

  /// Returns the classes of the dataset beside the samples that is named like them: `y_test` or
  /// `labels_test` beside `x_test`; integers, or one-hot rows. Other numbers are no classes.
  public func labels() throws -> [Int]? {
    guard let labelDataset else { return nil }
    return SampleNames.classes(try labelDataset.read(as: Double.self), of: sampleCount)
  }
}
