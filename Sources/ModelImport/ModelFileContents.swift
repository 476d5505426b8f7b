import HDF5Support

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

    /// Reads all numbers, last axis fastest, into a buffer that has exactly the room.
    public let read: @Sendable (UnsafeMutableBufferPointer<Float>) throws -> Void

    /// - Precondition: The extents are not negative, and their product can be counted.
    public init(
      name: String, extents: [Int],
      read: @escaping @Sendable (UnsafeMutableBufferPointer<Float>) throws -> Void
    ) {
      self.name = name
      self.extents = extents
      // An extent of 0 beside great ones must not overflow.
      count = extents.contains(0) ? 0 : extents.reduce(1, *)
      self.read = read
    }
  }

  /// The weights of one layer of the outermost model; those of a nested model are in one group.
  public struct Group: Sendable {
    public let name: String
    public let weights: [Weight]

    public init(name: String, weights: [Weight]) {
      self.name = name
      self.weights = weights
    }
  }

  /// The file of the weights, for messages.
  public let file: String

  /// The file that the architecture is from, and its text in UTF-8, which may be anything.
  public let architecture: (file: String, text: [UInt8])

  /// The version of Keras that wrote the file of the weights, if it says so.
  public let kerasVersion: String?

  /// The weights, in the order of the file.
  public let groups: [Group]

  /// Whether kernels are mirrored along their spatial axes, as Theano's convolution wants them.
  public let hasMirroredKernels: Bool

  public init(
    file: String, architecture: (file: String, text: [UInt8]), kerasVersion: String?,
    groups: [Group], hasMirroredKernels: Bool
  ) {
    self.file = file
    self.architecture = architecture
    self.kerasVersion = kerasVersion
    self.groups = groups
    self.hasMirroredKernels = hasMirroredKernels
  }

  /// Reads the files of a network.
  ///
  /// - Parameters:
  ///   - path: A whole model, or weights alone.
  ///   - architecturePath: A file of `model.to_json()`, which takes the place of the model's own
  ///     architecture.
  /// - Throws: `ModelImportError`, `HDF5Error`.
  public init(reading path: String, architecture architecturePath: String? = nil) throws {
    let file = try LegacyHDF5(reading: path)
    let text: ArchitectureText
    if let architecturePath {
      text = try ArchitectureText(reading: architecturePath)
    } else if let own = try file.architecture() {
      text = ArchitectureText(file: path, text: own)
    } else {
      throw ModelImportError.missingArchitecture(file: path)
    }
    self = try file.contents(architecture: text)
  }
}

extension ModelFileContents.Weight {
  /// A weight that is a dataset.
  init(name: String, dataset: HDF5Dataset) {
    self.init(name: name, extents: dataset.shape) { try dataset.read(into: $0) }
  }
}
