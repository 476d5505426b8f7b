internal import CHDF5

/// How a dataset's elements lie in the file.
struct DatasetStorage {
  /// The bytes that are stored for the elements, compressed or not.
  let byteCount: UInt64

  /// The lengths of a chunk's axes, if the elements are stored in chunks.
  let chunk: [UInt64]?

  /// The most bytes that the elements may claim.
  let claimLimit: UInt64

  /// The most that deflate, HDF5's tightest filter, can expand is 1032 times.
  private static let largestExpansion: UInt64 = 1100

  /// What a dataset may claim that nothing was written to: it reads as a fill value.
  private static let unwrittenLimit: UInt64 = 1 << 20

  /// The largest cache for the chunks of one dataset in bytes, a heuristic.
  private static let largestCache = 64.0 * 1024 * 1024

  /// Reads the storage of a dataset.
  ///
  /// - Throws: `HDF5Error.storedElsewhere`, if it is not in the file; `HDF5Error.library`.
  init(of object: OpenObject) throws {
    let location = object.location
    let creation = try location.call("open") { H5Dget_create_plist(object.id) }
    defer { CLibrary.close { H5Pclose(creation) } }
    let layout = try location.call("read the layout of") { H5Pget_layout(creation).rawValue }
    let externals = try location.call("read the layout of") { H5Pget_external_count(creation) }
    guard layout != H5D_VIRTUAL.rawValue, externals == 0 else {
      throw HDF5Error.storedElsewhere(file: location.file, path: location.path)
    }
    let stored = try location.call("size") { Int64(clamping: H5Dget_storage_size(object.id)) }
    byteCount = min(UInt64(stored), location.fileBytes)
    var limit = max(byteCount, Self.unwrittenLimit)
    if layout == H5D_CHUNKED.rawValue {
      var lengths = [hsize_t](repeating: 0, count: 32)
      let rank = try location.call("read the layout of") { H5Pget_chunk(creation, 32, &lengths) }
      chunk = Array(lengths.prefix(Int(rank)))
      let (product, overflow) = byteCount.multipliedReportingOverflow(by: Self.largestExpansion)
      limit = max(limit, overflow ? .max : product)
    } else {
      chunk = nil
    }
    claimLimit = location.fileBytes == .max ? .max : limit
  }

  /// Checks the size that the dataset or a chunk of it claims.
  ///
  /// - Throws: `HDF5Error.implausibleSize`.
  func size(_ dimensions: [UInt64], elementBytes: Int, at location: Location) throws -> ClaimedSize
  {
    try ClaimedSize(
      dimensions, elementBytes: elementBytes, limit: claimLimit, stored: byteCount, at: location)
  }

  /// The cache that lets rows be read in order without unpacking a chunk twice, or nil if HDF5's
  /// own of 1 MiB does, or none would.
  func cacheBytes(dimensions: [UInt64], elementBytes: Int) -> Int? {
    guard let chunk, chunk.count == dimensions.count, !chunk.contains(0) else { return nil }
    // Two bands of chunks, each across all axes but the first.
    var bytes = 2 * Double(elementBytes) * chunk.reduce(1.0) { $0 * Double($1) }
    for (dimension, length) in zip(dimensions, chunk).dropFirst() {
      bytes *= (Double(dimension) / Double(length)).rounded(.up)
    }
    return bytes > 1024 * 1024 && bytes <= Self.largestCache ? Int(bytes) : nil
  }
}
