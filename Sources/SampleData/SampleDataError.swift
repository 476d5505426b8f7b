/// What can be wrong with the samples, or with what is to be done to them.
///
/// What is wrong with a file as such, or with an archive, is a `FileError`; what is wrong inside an
/// HDF5 file is an `HDF5Error`.
public enum SampleDataError: Error, Hashable, Sendable {
  /// The file is of no kind that is known.
  case unknownKind(file: String)

  /// Several datasets could be the samples; each is given with its shape and type.
  case ambiguousDataset(file: String, datasets: [DatasetSummary])

  /// No dataset could be the samples.
  case noNumbers(file: String)

  /// The array has no batch axis or no numbers.
  case notSamples(file: String, found: DatasetSummary)

  /// The array has no elements.
  case noSamples(file: String, shape: [Int])

  /// The file is not a NumPy array, or its header is damaged.
  case notNumPy(file: String, reason: String)

  /// The elements of a NumPy array are of a type that is not read.
  case unsupportedElements(file: String, type: String)

  /// A NumPy array is stored column by column.
  case fortranOrder(file: String)

  /// An archive does not have the array that is asked for.
  case missingArray(file: String, path: String, arrays: [String])

  /// The file is not an IDX file, or its header is damaged.
  case notIDX(file: String, reason: String)

  /// A file of labels has another number of them than there are samples.
  case labelCount(file: String, labels: Int, samples: Int)

  /// A row of comma-separated values is not what it should be; lines and columns count from 1, and
  /// `name` is the column's in the header.
  case malformedCSV(file: String, line: Int, column: Int?, name: String?, reason: String)

  /// A folder or list has no images.
  case noImages(file: String)

  /// The file is no image of a format that is read.
  case notImage(file: String)

  /// An image cannot be decoded.
  case brokenImage(file: String, format: String, reason: String)

  /// An image has so many pixels that it is taken for a decompression bomb, or would have.
  case imageTooLarge(file: String, size: ImageSize)

  /// An image is smaller than what is to be cut out of it.
  case cropTooLarge(file: String, image: ImageSize, crop: ImageSize)

  /// Images do not all have one size.
  case imageSizes(file: String, size: ImageSize, first: String, firstSize: ImageSize)

  /// Samples that are said to be channels first do not have three axes.
  case layoutMismatch(data: String, sampleShape: [Int])

  /// An option is for another kind of data.
  case unsuitableOption(option: String, file: String, kind: String)

  /// The file is shorter than its header says.
  case truncated(file: String, expectedBytes: Int, foundBytes: Int)

  /// A number of an option cannot be read, or makes no sense there.
  case invalidNumber(option: String, text: String, expected: String)

  /// There is no preset of the name.
  case unknownPreset(String)

  /// An option has numbers for another count of channels than the samples have.
  case channelMismatch(option: String, values: Int, sampleShape: [Int])
}
