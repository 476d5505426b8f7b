import FileSupport

/// A NumPy archive (`.npz`): a zip archive of array files.
struct NumPyArchive {
  private let file: String
  private let archive: ZipArchive

  /// The arrays by their paths, such as `/x` for the member `x.npy`.
  private let arrays: [String: ZipArchive.Entry]

  /// Opens an archive.
  ///
  /// - Throws: `FileError`.
  init(_ file: String) throws {
    self.file = file
    archive = try ZipArchive(reading: file)
    let members = archive.entries.filter { $0.name.hasSuffix(".npy") }
    arrays = Dictionary(members.map { ("/" + $0.name.dropLast(4), $0) }) { first, _ in first }
  }

  /// Opens the array at a path.
  ///
  /// - Throws: `SampleDataError.missingArray`, `FileError`.
  func open(_ path: String) throws -> RandomAccessFile {
    let entry = try entry(path)
    // The header is checked before anything is unpacked.
    _ = try header(of: entry)
    return try archive.open(entry)
  }

  /// Returns the path of the samples: by name, or the only array of numbers that is not labels.
  ///
  /// - Throws: `SampleDataError.ambiguousDataset`, `.noNumbers`; `FileError`.
  func samplePath() throws -> String {
    for path in SampleNames.samples.map({ "/\($0)" }) where summary(of: path) != nil {
      return path
    }
    let candidates = SampleNames.sorted(arrays.keys).filter { !SampleNames.isLabel($0) }
      .compactMap(summary)
    guard let only = candidates.first else { throw SampleDataError.noNumbers(file: file) }
    guard candidates.count == 1 else {
      throw SampleDataError.ambiguousDataset(file: file, datasets: candidates)
    }
    return only.path
  }

  /// Returns the path of the labels of so many samples.
  ///
  /// - Throws: `FileError`.
  func labelPath(beside path: String, count: Int) throws -> String? {
    SampleNames.labels(beside: path).first { candidate in
      summary(of: candidate).map { $0.shape.first == count && $0.shape.count <= 2 } ?? false
    }
  }

  private func entry(_ path: String) throws -> ZipArchive.Entry {
    guard let entry = arrays[path] else {
      throw SampleDataError.missingArray(
        file: file, path: path, arrays: SampleNames.sorted(arrays.keys))
    }
    return entry
  }

  private func header(of entry: ZipArchive.Entry) throws -> NumPyHeader {
    try NumPyHeader(
      start: try archive.start(of: entry, count: NumPyHeader.largestStart),
      name: "\(file):/\(entry.name)", byteCount: entry.byteCount)
  }

  /// What an array is; nil if there is none, or no numbers along a first axis.
  private func summary(of path: String) -> DatasetSummary? {
    guard let entry = arrays[path], let header = try? header(of: entry), !header.shape.isEmpty
    else { return nil }
    return DatasetSummary(path: path, shape: header.shape, elements: "\(header.elements)")
  }
}
