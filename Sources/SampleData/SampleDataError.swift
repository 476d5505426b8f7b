/// What can be wrong with the samples, or with what is to be done to them.
///
/// What is wrong inside an HDF5 file is an `HDF5Error`.
public enum SampleDataError: Error, Hashable, Sendable {
  /// There is no such file, or it may not be read.
  case cannotRead(file: String, reason: String)

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

  /// The file is shorter than its header says.
  case truncated(file: String, expectedBytes: Int, foundBytes: Int)

  /// A number of an option cannot be read, or makes no sense there.
  case invalidNumber(option: String, text: String, expected: String)

  /// There is no preset of the name.
  case unknownPreset(String)

  /// An option has numbers for another count of channels than the samples have.
  case channelMismatch(option: String, values: Int, sampleShape: [Int])
}

/// What an array is, for the words of an error.
public struct DatasetSummary: Hashable, Sendable, CustomStringConvertible {
  /// The path in the file.
  public let path: String

  /// The lengths of all axes.
  public let shape: [Int]

  /// The type of the elements.
  public let elements: String

  public var description: String {
    "\(path)  \(shape.isEmpty ? "one" : shape.map(String.init).joined(separator: "×")) \(elements)"
  }
}

extension SampleDataError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .cannotRead(let file, let reason):
      return "'\(file)' cannot be read: \(reason)."
    case .unknownKind(let file):
      return "'\(file)' is of no kind of data that Rangefinder knows."
        + " Known: HDF5 (.h5, .hdf5), NumPy (.npy)."
    case .ambiguousDataset(let file, let datasets):
      let list = datasets.prefix(20).map { "\n  \($0)" }.joined()
      let more = datasets.count > 20 ? "\n  … (\(datasets.count - 20) more)" : ""
      return "'\(file)' has several datasets that could be the samples:\(list)\(more)"
        + "\n  Name one:  --data \(file):\(datasets.first?.path ?? "/x")"
    case .noNumbers(let file):
      return "'\(file)' has no dataset of numbers that could be the samples."
    case .notSamples(let file, let found):
      return "'\(file)' has no samples at '\(found.path)', which holds"
        + " \(found.shape.isEmpty ? "a single " : "")\(found.elements)."
        + " Samples are numbers along a first axis."
    case .noSamples(let file, let shape):
      return "'\(file)' holds no samples: its shape is \(shape)."
    case .notNumPy(let file, let reason):
      return "'\(file)' is not a NumPy array that can be read (\(reason))."
    case .unsupportedElements(let file, let type):
      return "'\(file)' holds elements of type \(type). Known: floating-point numbers of 16, 32,"
        + " and 64 bits, integers, and booleans. Convert it:  x.astype('float32')"
    case .fortranOrder(let file):
      return "'\(file)' is stored in Fortran order, which is not read."
        + " Save it again:  numpy.save(file, numpy.ascontiguousarray(x))"
    case .truncated(let file, let expectedBytes, let foundBytes):
      return "'\(file)' is cut short: \(foundBytes) bytes, where its header says \(expectedBytes)."
    case .invalidNumber(let option, let text, let expected):
      return "\(option) '\(text)' is not \(expected)."
    case .unknownPreset(let name):
      return "There is no preset '\(name)'."
        + " Known: \(Preprocessing.presetNames.joined(separator: ", "))."
    case .channelMismatch(let option, let values, let sampleShape):
      return "\(option) has \(values) values, but the last axis of a sample of shape \(sampleShape)"
        + " has \(sampleShape.last ?? 1). Give one value, or one for each channel."
    }
  }
}
