internal import CHDF5

/// A dataset: an array of numbers or strings in a file.
public final class HDF5Dataset: Sendable {
  let id: hid_t
  let location: Location

  /// The lengths of the axes; none for one element, [0] for a dataset that holds nothing.
  public let shape: [Int]

  /// The number of elements.
  public let elementCount: Int

  /// The type of the elements, as stored.
  public let elementType: HDF5ElementType

  /// The size of one element in bytes, before any compression; for a string of any length that of
  /// a pointer to it.
  public let elementBytes: Int

  /// Opens the dataset at `path`, with a cache that suits its chunks.
  init(_ description: DatasetDescription, at path: String, in group: HDF5Group) throws {
    location = description.location
    shape = description.size.shape
    elementCount = description.size.elementCount
    elementType = description.elementType
    elementBytes = description.elementBytes
    let access = try PropertyList.linkAccess(hdf5_dataset_access(), at: location)
    if let bytes = description.cacheBytes {
      // HDF5 advises a prime number of slots; 1 lets chunks that were read whole go first.
      try access.set(at: location) { H5Pset_chunk_cache($0, 12_289, bytes, 1) }
    }
    id = try location.call("open") { H5Dopen2(group.id, path, access.id) }
  }

  deinit {
    CLibrary.close { H5Dclose(id) }
  }

  /// The path from the root.
  public var path: String { location.path }

  /// The name the file was opened by.
  public var file: String { location.file }

  /// The attributes of the dataset.
  public var attributes: HDF5Attributes {
    HDF5Attributes(owner: self, id: id, location: location)
  }
}

/// What is known of a dataset before it is opened to be read, its size checked.
struct DatasetDescription {
  let location: Location
  let size: ClaimedSize
  let elementType: HDF5ElementType
  let elementBytes: Int
  let cacheBytes: Int?

  /// Describes an open dataset.
  ///
  /// - Throws: `HDF5Error.implausibleSize`, `.storedElsewhere`, `.library`.
  init(of object: OpenObject) throws {
    location = object.location
    let type = Datatype(owning: try location.call("open") { H5Dget_type(object.id) })
    let space = Dataspace(owning: try location.call("open") { H5Dget_space(object.id) })
    let storage = try DatasetStorage(of: object)
    elementType = try type.elementType(at: location)
    elementBytes = try type.byteCount(at: location)
    let dimensions = try space.dimensions(at: location)
    size = try storage.size(dimensions, elementBytes: elementBytes, at: location)
    _ = try storage.size(storage.chunk ?? [], elementBytes: elementBytes, at: location)
    cacheBytes = storage.cacheBytes(dimensions: dimensions, elementBytes: elementBytes)
  }
}
