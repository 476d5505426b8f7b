import FileSupport
import Glibc

/// Opens files of samples by what they are.
public enum SampleFile {
  /// Opens samples of any kind, by the ending of the name, or else by the first bytes:
  ///
  /// - `file.h5` or `file.h5:/path/of/dataset`;
  /// - `file.npy`, `file.npz`, or `file.npz:/name`;
  /// - `file.csv` or `file.tsv`;
  /// - IDX files such as `t10k-images-idx3-ubyte`, also with `.gz`;
  /// - a folder of images, a list of them in `file.txt`, or one image.
  ///
  /// - Parameter openHDF5: Opens an HDF5 file's dataset at a path, or the one that it chooses.
  /// - Throws: `SampleDataError`, `FileError`, `HDF5Error`, what `openHDF5` throws.
  public static func open(
    _ specification: String, options: SampleOptions = SampleOptions(),
    openHDF5: (_ file: String, _ path: String?) throws -> any Dataset = {
      try HDF5Samples(file: $0, dataset: $1)
    }
  ) throws -> any Dataset {
    let (file, path) = split(specification)
    let kind = try dataKind(of: file)
    if let path, kind != .hdf5, kind != .numPyArchive {
      throw SampleDataError.unsuitableOption(
        option: "':\(path)'", file: file, kind: "files of several arrays")
    }
    if kind == .images {
      guard options.layout == .nhwc else {
        throw SampleDataError.unsuitableOption(
          option: "--layout \(options.layout)", file: file, kind: "arrays")
      }
      return try ImageSamples(file, options: options.images)
    }
    for (option, isGiven) in [
      ("--resize", options.images.resize != nil), ("--crop", options.images.crop != nil),
    ] where isGiven {
      throw SampleDataError.unsuitableOption(
        option: option, file: file, kind: "images in files of their own")
    }
    let dataset: any Dataset =
      switch kind {
      case .hdf5: try openHDF5(file, path)
      case .numPyArray: try NumPySamples(file: file)
      case .numPyArchive: try NumPySamples(archive: file, array: path)
      case .csv: try CSVSamples(file: file)
      case .idx: try IDXSamples(file: file)
      case .images: preconditionFailure("opened above")
      }
    return options.layout == .nchw ? try ChannelsLastSamples(dataset) : dataset
  }

  /// Whether a file of samples, as in `open`, is read by the HDF5 library; not if there is none.
  public static func isHDF5(_ specification: String) -> Bool {
    (try? dataKind(of: split(specification).file)) == .hdf5
  }

  /// The kinds of data that are read.
  private enum DataKind {
    case hdf5, numPyArray, numPyArchive, csv, idx, images
  }

  private static let endings: [(ending: String, kind: DataKind)] = [
    (".h5", .hdf5), (".hdf5", .hdf5), (".hdf", .hdf5), (".npy", .numPyArray),
    (".npz", .numPyArchive), (".csv", .csv), (".tsv", .csv), (".txt", .images),
    ("-ubyte", .idx), (".idx", .idx), (".idx1", .idx), (".idx3", .idx), ("-ubyte.gz", .idx),
    (".idx.gz", .idx), (".idx1.gz", .idx), (".idx3.gz", .idx),
  ]

  private static func dataKind(of file: String) throws -> DataKind {
    if kind(of: file) == .folder { return .images }
    let lowercased = file.lowercased()
    if let known = endings.first(where: { lowercased.hasSuffix($0.ending) }) { return known.kind }
    if ImageList.hasImageEnding(file) { return .images }
    let start = try RandomAccessFile(file).bytes(at: 0, count: 12)
    if start.starts(with: [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]) { return .hdf5 }
    if start.starts(with: NumPyHeader.magic) { return .numPyArray }
    if ZipArchive.begins(with: start) { return .numPyArchive }
    if IDXSamples.begins(with: start) || GzipFile.begins(with: start) { return .idx }
    if ImageFile.Format(start) != nil { return .images }
    throw SampleDataError.unknownKind(file: file)
  }

  /// Splits `file:/path` into file and path.
  static func split(_ specification: String) -> (file: String, path: String?) {
    guard let colon = specification.lastIndex(of: ":") else { return (specification, nil) }
    let path = specification[specification.index(after: colon)...]
    guard path.hasPrefix("/") else { return (specification, nil) }
    return (String(specification[..<colon]), String(path))
  }

  /// Returns a file's name without its folder.
  static func name(of file: String) -> String {
    file.split(separator: "/").last.map(String.init) ?? file
  }

  /// What can be at a path.
  enum PathKind {
    case file, folder
  }

  /// Returns what is at a path, at the end of all links; nil if it is neither file nor folder.
  static func kind(of path: String) -> PathKind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .folder
    default: return nil
    }
  }
}
