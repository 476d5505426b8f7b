import FileSupport
import HDF5Support
import NetworkGraph

/// What the files of a network hold, before any of it is interpreted.
///
/// It is the seam between reading files and making sense of them: the two may happen in different
/// processes. The numbers of the weights are read on demand.
public struct ModelFileContents: Sendable {
  /// A stored weight.
  public struct Weight: Sendable {
    /// The name that the file gives it, which proves nothing.
    public let name: String

    /// The extent of each axis.
    public let extents: [Int]

    /// The number of values.
    public let count: Int

    /// Where in the file of the weights all numbers stand one after the other, as `Float` has them;
    /// `nil` if they are stored in any other way.
    public let place: Int?

    /// Reads all numbers, last axis fastest, into a buffer that has exactly the room.
    public let read: @Sendable (UnsafeMutableBufferPointer<Float>) throws -> Void

    /// - Precondition: The extents are not negative, and their product can be counted.
    public init(
      name: String, extents: [Int], place: Int? = nil,
      read: @escaping @Sendable (UnsafeMutableBufferPointer<Float>) throws -> Void
    ) {
      self.name = name
      self.extents = extents
      // An extent of 0 beside great ones must not overflow.
      count = extents.contains(0) ? 0 : extents.reduce(1, *)
      self.place = place
      self.read = read
    }
  }

  /// How a file says which weights are whose.
  public enum Layout: Int, Sendable {
    /// A group for each layer of the outermost model, by its name; those of a nested model are in
    /// one group.
    case listed

    /// Keras 3: a group for each object, by its path in the tree of the model's objects.
    case tree
  }

  /// Weights that belong together, as the file's layout has it.
  public struct Group: Sendable {
    public let name: String

    /// The name of the layer, where the file gives it beside the group's own.
    public let layerName: String?

    public let weights: [Weight]

    public init(name: String, layerName: String? = nil, weights: [Weight]) {
      self.name = name
      self.layerName = layerName
      self.weights = weights
    }
  }

  /// The file of the weights, for messages.
  public let file: String

  /// The file that the architecture is from, and its text in UTF-8, which may be anything.
  public let architecture: (file: String, text: [UInt8])

  /// The file in which weights have a place, if it can be read.
  public var weightFile: RandomAccessFile?

  /// The version of Keras that wrote the file of the weights, if it says so.
  public let kerasVersion: String?

  public let layout: Layout

  /// The weights, in the order of the file.
  public let groups: [Group]

  /// Whether kernels are mirrored along their spatial axes, as Theano's convolution wants them.
  public let hasMirroredKernels: Bool

  public init(
    file: String, architecture: (file: String, text: [UInt8]), kerasVersion: String?,
    layout: Layout = .listed, groups: [Group], hasMirroredKernels: Bool
  ) {
    self.file = file
    self.architecture = architecture
    self.kerasVersion = kerasVersion
    self.layout = layout
    self.groups = groups
    self.hasMirroredKernels = hasMirroredKernels
  }

  /// Reads the files of a network.
  ///
  /// - Parameters:
  ///   - path: A whole model, or weights alone.
  ///   - architecturePath: A file of `model.to_json()`, which takes the place of the model's own
  ///     architecture.
  /// - Throws: `ModelImportError`, `HDF5Error`, `FileError`.
  public init(reading path: String, architecture architecturePath: String? = nil) throws {
    try self.init(
      reading: path, architectureText: architecturePath.map(ArchitectureText.init(reading:)))
  }

  /// Reads the file of a network.
  ///
  /// - Parameters:
  ///   - path: A whole model, or weights alone.
  ///   - text: An architecture that was read, which takes the place of the model's own.
  /// - Throws: `ModelImportError`, `HDF5Error`, `FileError`.
  public init(reading path: String, architectureText text: ArchitectureText?) throws {
    // What cannot be read at all is left to HDF5Support's error.
    let start = (try? RandomAccessFile(path).bytes(at: 0, count: 4)) ?? []
    let file: any ModelFormat =
      if ZipArchive.begins(with: start) {
        try KerasArchive(reading: path)
      } else {
        try Self.format(of: HDF5File(reading: path))
      }
    guard let architecture = try text ?? file.architecture() else {
      throw ModelImportError.missingArchitecture(file: path)
    }
    self = try file.contents(architecture: architecture)
    weightFile = try? RandomAccessFile(path)
  }

  private static func format(of file: HDF5File) throws -> any ModelFormat {
    WeightTree.isIn(file) ? WeightTree(file) : try LegacyHDF5(file)
  }
}

extension ModelFileContents.Weight {
  /// All numbers: of a large weight those of the file itself, if it has them as they are.
  ///
  /// - Parameter file: The file in which the weight has a place, if it can be read.
  /// - Throws: What `read` throws, `FileError.cannotRead`.
  func numbers(in file: RandomAccessFile?) throws -> Numbers {
    if let place, let file, count >= Self.smallestMapped,
      let mapped = try file.map(floats: count, at: place)
    {
      return Numbers(mapped.numbers, keptBy: mapped) { mapped.giveBack($0) }
    }
    return Numbers(
      try [Float](unsafeUninitializedCapacity: count) { buffer, initialized in
        try read(UnsafeMutableBufferPointer(rebasing: buffer[..<count]))
        initialized = count
      })
  }

  /// A heuristic: less than a megabyte is read in less time than it would matter.
  private static let smallestMapped = 1 << 18
}

/// A way in which Keras keeps networks in files.
protocol ModelFormat {
  /// The architecture, if the file has one.
  func architecture() throws -> ArchitectureText?

  /// All that the file holds, with an architecture that may be another's.
  func contents(architecture: ArchitectureText) throws -> ModelFileContents
}

extension ModelFileContents.Weight {
  /// A weight that is a dataset.
  init(name: String, dataset: HDF5Dataset) throws {
    self.init(name: name, extents: dataset.shape, place: try dataset.placeOfFloats()) {
      try dataset.read(into: $0)
    }
  }
}
