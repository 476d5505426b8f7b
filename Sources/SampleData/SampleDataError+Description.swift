extension SampleDataError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .unknownKind(let file):
      return "'\(file)' is of no kind of data that Rangefinder knows. Known: HDF5 (.h5, .hdf5),"
        + " NumPy (.npy, .npz), CSV (.csv, .tsv), IDX (…-ubyte, .idx, also .gz), images (.jpg,"
        + " .png, .webp; a folder, or a list of paths in a .txt file)."
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
    case .missingArray(let file, let path, let arrays):
      let list = arrays.prefix(20).joined(separator: ", ") + (arrays.count > 20 ? ", …" : "")
      return "'\(file)' has no '\(path)'. It holds: \(arrays.isEmpty ? "no array" : list)."
    case .labelCount(let file, let labels, let samples):
      return "'\(file)' has \(labels) labels for \(samples) samples."
        + " Move it elsewhere if it is not theirs."
    case .truncated(let file, let expectedBytes, let foundBytes):
      return "'\(file)' is cut short: \(foundBytes) bytes, where its header says \(expectedBytes)."
    case .notNumPy, .unsupportedElements, .fortranOrder, .notIDX, .malformedCSV:
      return formatDescription
    case .noImages, .notImage, .brokenImage, .imageTooLarge, .cropTooLarge, .imageSizes:
      return imageDescription
    case .layoutMismatch, .unsuitableOption, .invalidNumber, .unknownPreset, .channelMismatch:
      return optionDescription
    }
  }

  /// The words for faults in one format of arrays.
  private var formatDescription: String {
    switch self {
    case .notNumPy(let file, let reason):
      return "'\(file)' is not a NumPy array that can be read (\(reason))."
    case .unsupportedElements(let file, let type):
      return "'\(file)' holds elements of type \(type). Known: floating-point numbers of 16, 32,"
        + " and 64 bits, integers, and booleans. Convert it:  x.astype('float32')"
    case .fortranOrder(let file):
      return "'\(file)' is stored in Fortran order, which is not read."
        + " Save it again:  numpy.save(file, numpy.ascontiguousarray(x))"
    case .notIDX(let file, let reason):
      return "'\(file)' is not an IDX file that can be read (\(reason))."
    case .malformedCSV(let file, let line, let column, let name, let reason):
      let place = column.map { ", column \($0)" } ?? ""
      return "'\(file)', line \(line)\(place)\(name.map { " ('\($0)')" } ?? ""): \(reason)."
    default: preconditionFailure("described elsewhere")
    }
  }

  /// The words for faults of images.
  private var imageDescription: String {
    switch self {
    case .noImages(let file):
      return "'\(file)' has no images. Known: JPEG, PNG, and WebP."
    case .notImage(let file):
      return "'\(file)' is not an image that can be read. Known: JPEG, PNG, and WebP."
    case .brokenImage(let file, let format, let reason):
      return "'\(file)' is a \(format) image that cannot be decoded: \(reason)."
    case .imageTooLarge(let file, let size):
      return "'\(file)' would have \(size) pixels; at most 100 million are read."
    case .cropTooLarge(let file, let image, let crop):
      return "'\(file)' has \(image) pixels, too few to cut out \(crop)."
        + " Enlarge it first:  --resize \(max(crop.width, crop.height))"
    case .imageSizes(let file, let size, let first, let firstSize):
      return "'\(file)' has \(size) pixels, but '\(first)' has \(firstSize)."
        + " Bring all to one size:  --resize \(firstSize)"
    default: preconditionFailure("described elsewhere")
    }
  }

  /// The words for faults of options.
  private var optionDescription: String {
    switch self {
    case .layoutMismatch(let data, let sampleShape):
      return "--layout nchw is for samples of three axes, but a sample of '\(data)' has shape"
        + " \(sampleShape). Leave the option out."
    case .unsuitableOption(let option, let file, let kind):
      return "\(option) is for \(kind), which '\(file)' is not. Leave it out."
    case .invalidNumber(let option, let text, let expected):
      return "\(option) '\(text)' is not \(expected)."
    case .unknownPreset(let name):
      return "There is no preset '\(name)'."
        + " Known: \(Preprocessing.presetNames.joined(separator: ", "))."
    case .channelMismatch(let option, let values, let sampleShape):
      return "\(option) has \(values) values, but the last axis of a sample of shape \(sampleShape)"
        + " has \(sampleShape.last ?? 1). Give one value, or one for each channel."
    default: preconditionFailure("described elsewhere")
    }
  }
}
