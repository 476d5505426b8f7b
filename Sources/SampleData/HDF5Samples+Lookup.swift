import HDF5Support

/// The names that samples go by, in order of preference.
private let sampleNames = [
  "x", "x_test", "x_val", "x_train", "images", "image", "data", "inputs", "input", "features",
]

/// The stems of sample names; what follows one is shared with the labels.
private let sampleStems = ["images", "image", "inputs", "input", "features", "data", "x", "X"]

/// The stems that labels go by, in order of preference.
private let labelStems = ["y", "Y", "labels", "label", "targets", "target", "classes"]

extension HDF5Dataset {
  /// What the dataset is, for the words of an error.
  var summary: DatasetSummary {
    DatasetSummary(path: path, shape: shape, elements: "\(elementType)")
  }
}

extension HDF5Group {
  /// Finds the samples of a file by name, or as the only dataset of numbers that is not labels.
  ///
  /// - Throws: `SampleDataError.ambiguousDataset`, `.noNumbers`.
  func samples(file: String) throws -> HDF5Dataset {
    for name in sampleNames where try kind(of: name) == .dataset {
      let dataset = try dataset(name)
      if dataset.elementType.isNumber, !dataset.shape.isEmpty { return dataset }
    }
    let candidates = datasetPaths().compactMap { try? dataset($0) }.filter {
      $0.elementType.isNumber && !$0.shape.isEmpty && !Self.isLabelName($0.path)
    }
    guard let only = candidates.first else { throw SampleDataError.noNumbers(file: file) }
    guard candidates.count == 1 else {
      throw SampleDataError.ambiguousDataset(file: file, datasets: candidates.map(\.summary))
    }
    return only
  }

  /// Finds the labels beside `samples`: a stem of labels, then what follows the stem of samples.
  ///
  /// - Throws: `HDF5Error`, if labels are there and damaged.
  func labels(of samples: HDF5Dataset) throws -> HDF5Dataset? {
    let slash = samples.path.lastIndex(of: "/") ?? samples.path.startIndex
    let folder = samples.path[...slash]
    let name = samples.path[slash...].dropFirst()
    let stem = sampleStems.first { name.hasPrefix($0) }
    let suffix = stem.map { name.dropFirst($0.count) } ?? ""
    for path in labelStems.map({ "\(folder)\($0)\(suffix)" })
    where try path != samples.path && kind(of: path) == .dataset {
      let labels = try dataset(path)
      if labels.elementType.isNumber, labels.elementCount > 0, labels.shape.count <= 2,
        labels.shape.first == samples.shape[0]
      {
        return labels
      }
    }
    return nil
  }

  private static func isLabelName(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return labelStems.contains { name == $0 || name.hasPrefix("\($0)_") }
  }
}
