import HDF5Support

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
    for name in SampleNames.samples where try kind(of: name) == .dataset {
      let dataset = try dataset(name)
      if dataset.elementType.isNumber, !dataset.shape.isEmpty { return dataset }
    }
    let candidates = datasetPaths().compactMap { try? dataset($0) }.filter {
      $0.elementType.isNumber && !$0.shape.isEmpty && !SampleNames.isLabel($0.path)
    }
    guard let only = candidates.first else { throw SampleDataError.noNumbers(file: file) }
    guard candidates.count == 1 else {
      throw SampleDataError.ambiguousDataset(file: file, datasets: candidates.map(\.summary))
    }
    return only
  }

  /// Finds the labels beside `samples`.
  ///
  /// - Throws: `HDF5Error`, if labels are there and damaged.
  func labels(of samples: HDF5Dataset) throws -> HDF5Dataset? {
    for path in SampleNames.labels(beside: samples.path) where try kind(of: path) == .dataset {
      let labels = try dataset(path)
      if labels.elementType.isNumber, labels.elementCount > 0, labels.shape.count <= 2,
        labels.shape.first == samples.shape[0]
      {
        return labels
      }
    }
    return nil
  }
}
