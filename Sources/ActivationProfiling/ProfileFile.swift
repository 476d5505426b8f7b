import Dispatch
import HDF5Support
import RangeStatistics

/// Reads and writes profiles as HDF5 (docs/ProfileFormat.md).
///
/// Equal profiles give equal bytes. What can be derived (mean, minimum of a site, …) is written
/// for those who read the file with other tools, and is not read back.
public enum ProfileFile {
  /// The version of the format that is written; older ones are read, newer ones refused.
  public static let version = 2
  static let format = "rangefinder profile"

  /// Gets what writing needs ready in the background, which takes some milliseconds.
  public static func prepare() {
    DispatchQueue.global().async { HDF5File.prepare() }
  }

  /// Lets `body` read the bytes of a profile's file.
  ///
  /// They are made in memory: on a full disk the HDF5 library would crash when it closes the file.
  ///
  /// - Parameter name: The name that errors use.
  /// - Throws: `HDF5Error` if there is no memory for it; what `body` throws.
  /// - Precondition: All sites saw the same samples.
  public static func withBytes<Result>(
    of profile: Profile, name: String = "profile",
    _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    let file = try HDF5File(creatingInMemory: name, expectedBytes: byteCount(of: profile))
    try write(profile, to: file.root)
    return try file.withImage(body)
  }

  /// Returns the bytes of a profile's file.
  ///
  /// - Throws: As `withBytes`.
  public static func bytes(of profile: Profile, name: String = "profile") throws -> [UInt8] {
    try withBytes(of: profile, name: name) { Array($0) }
  }

  /// Reads a profile.
  ///
  /// - Throws: `HDF5Error` if the file cannot be read, `ProfileFileError` if it is no profile or of
  ///   a newer version, or if its parts are missing or contradict each other.
  public static func read(_ path: String) throws -> Profile {
    try read(HDF5File(reading: path))
  }

  /// Reads a profile from a file that is open.
  ///
  /// - Throws: As `read(_:)`.
  public static func read(_ file: HDF5File) throws -> Profile {
    let root = ProfileAttributes(file.root.attributes, file: file.name)
    guard try file.root.attributes.string("format") == format else {
      throw ProfileFileError.notProfile(file: file.name)
    }
    let found: Int = try root.number("format_version")
    guard found <= version else {
      throw ProfileFileError.newerVersion(file: file.name, found: found, known: version)
    }
    guard found >= 1 else {
      throw ProfileFileError.inconsistent(file: file.name, what: "its version")
    }
    let (data, digests) = (try root.strings("data"), try root.strings("data_digests"))
    let (samples, blockSize): (Int, Int) = (
      try root.number("dataset_samples"), try root.number("block_size")
    )
    guard data.count == digests.count, samples > 0, blockSize > 0,
      !samples.addingReportingOverflow(blockSize).overflow
    else {
      throw ProfileFileError.inconsistent(file: file.name, what: "its description of the data")
    }
    let provenance = Provenance(
      model: try root.string("model"), modelDigest: try root.string("model_digest"),
      data: data, dataDigests: digests, preprocessing: try root.string("preprocessing"),
      datasetSamples: samples, blockSize: blockSize)
    let blocks = try readBlocks(file, provenance)
    let seen: Int = try root.number("samples")
    let indices =
      found == 1
      ? try file.root.dataset("sample_indices").read(as: Int.self) : try readSamples(file)
    guard let indices, seen == provenance.sampleCount(blocks), indices.last ?? 0 < samples,
      let stored = StoredSamples(
        file: file.name, indices: indices, seen: seen, inDataset: samples)
    else {
      throw ProfileFileError.inconsistent(file: file.name, what: "its list of samples")
    }
    let names = try file.root.dataset("site_names").readStrings()
    let sites: [Profile.Site]
    if found == 1 {
      sites = try names.enumerated().map {
        try siteOfVersion1($0, name: $1, in: file).checked(stored)
      }
    } else {
      let tables = StoredTables(file, siteCount: names.count)
      var reader = try SiteTableReader(tables, samplesKept: indices.count)
      sites = try names.enumerated().map { try reader.next($0, name: $1).checked(stored) }
    }
    return Profile(provenance: provenance, blocks: blocks, sites: sites)
  }

  /// Reads the samples whose extremes are kept, or returns `nil` if they are more than can be, or do not
  /// ascend.
  private static func readSamples(_ file: HDF5File) throws -> [Int]? {
    let bounds = try file.root.dataset("sample_ranges").read(as: Int.self)
    guard bounds.count.isMultiple(of: 2) else { return nil }
    var (indices, next) = ([Int](), 0)
    for pair in stride(from: 0, to: bounds.count, by: 2) {
      let (lower, upper) = (bounds[pair], bounds[pair + 1])
      guard next <= lower, lower < upper,
        upper - lower <= StoredSamples.greatestCount - indices.count
      else { return nil }
      indices += lower..<upper
      next = upper
    }
    return indices
  }

  private static func readBlocks(_ file: HDF5File, _ provenance: Provenance) throws -> BlockSet {
    let bounds = try file.root.dataset("blocks").read(as: Int.self)
    let fault = ProfileFileError.inconsistent(file: file.name, what: "its list of blocks")
    guard bounds.count.isMultiple(of: 2) else { throw fault }
    let ranges = try stride(from: 0, to: bounds.count, by: 2).map { pair in
      let (lower, upper) = (bounds[pair], bounds[pair + 1])
      guard 0 <= lower, lower < upper, upper <= provenance.blockCount else { throw fault }
      return lower..<upper
    }
    guard let blocks = BlockSet(ranges) else { throw fault }
    return blocks
  }
}

/// Why a file is not a profile that can be read.
public enum ProfileFileError: Error, Hashable, Sendable, CustomStringConvertible {
  case notProfile(file: String)
  case newerVersion(file: String, found: Int, known: Int)
  case missingAttribute(file: String, name: String)
  case inconsistent(file: String, what: String)

  public var description: String {
    switch self {
    case .notProfile(let file):
      """
      '\(file)' is an HDF5 file, but not a profile.
        Make one with:  rangefinder profile MODEL --data DATA -o P.profile.h5
      """
    case .newerVersion(let file, let found, let known):
      """
      '\(file)' has profile format \(found); this Rangefinder reads up to \(known).
        Use the version that wrote it, or a newer one.
      """
    case .missingAttribute(let file, let name):
      """
      the profile '\(file)' lacks '\(name)'.
        It is damaged, or was changed by another program: make it again.
      """
    case .inconsistent(let file, let what):
      """
      the profile '\(file)' contradicts itself in \(what).
        It is damaged, or was changed by another program: make it again.
      """
    }
  }
}

/// The attributes of a profile, or of a site in version 1, all of which must be there.
struct ProfileAttributes {
  private let attributes: HDF5Attributes
  private let file: String

  init(_ attributes: HDF5Attributes, file: String) {
    self.attributes = attributes
    self.file = file
  }

  func string(_ name: String) throws -> String { try require(attributes.string(name), name) }

  func strings(_ name: String) throws -> [String] { try require(attributes.strings(name), name) }

  func number<Number: HDF5Number>(_ name: String) throws -> Number {
    try require(attributes.number(name, as: Number.self), name)
  }

  func numbers<Number: HDF5Number>(_ name: String) throws -> [Number] {
    try require(attributes.numbers(name, as: Number.self), name)
  }

  private func require<Value>(_ value: Value?, _ name: String) throws -> Value {
    guard let value else { throw ProfileFileError.missingAttribute(file: file, name: name) }
    return value
  }
}
