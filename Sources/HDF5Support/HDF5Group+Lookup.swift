internal import CHDF5

/// An object of any kind that was just opened.
final class OpenObject: Sendable {
  let id: hid_t
  let kind: HDF5ObjectKind
  let location: Location

  /// Takes over `id`.
  init(owning id: hid_t, kind: HDF5ObjectKind, at location: Location) {
    self.id = id
    self.kind = kind
    self.location = location
  }

  deinit {
    CLibrary.close { H5Oclose(id) }
  }

  /// Checks the kind.
  ///
  /// - Throws: `HDF5Error.wrongKind`.
  func require(_ expected: HDF5ObjectKind) throws {
    guard kind == expected else {
      throw HDF5Error.wrongKind(
        file: location.file, path: location.path, found: kind, expected: expected)
    }
  }

  /// A number that tells the objects of one file apart.
  func address() throws -> UInt64 {
    var info = H5O_info_t()
    _ = try location.call("identify") { H5Oget_info2(id, &info, UInt32(H5O_INFO_BASIC)) }
    return UInt64(info.addr)
  }
}

extension HDF5Group {
  /// Opens the object at `path`, whatever it is.
  ///
  /// - Throws: `HDF5Error.missing`, `.storedElsewhere`, `.library`.
  func open(_ path: String) throws -> OpenObject {
    let access = try PropertyList.linkAccess(at: location)
    let target = location.appending(path)
    let id: hid_t
    do {
      id = try target.call("open") { H5Oopen(self.id, path, access.id) }
    } catch {
      throw explanation(of: error, opening: path, access: access)
    }
    let kind: HDF5ObjectKind =
      switch try target.call("open", { H5Iget_type(id).rawValue }) {
      case H5I_GROUP.rawValue: .group
      case H5I_DATASET.rawValue: .dataset
      default: .namedType
      }
    return OpenObject(owning: id, kind: kind, at: target)
  }

  /// Finds where on the way to `path` the first link is missing or leads to another file.
  private func explanation(
    of error: any Error, opening path: String, access: PropertyList
  ) -> any Error {
    var walked = path.hasPrefix("/") ? "/" : ""
    for component in path.split(separator: "/") {
      let parent = walked.isEmpty ? "." : walked
      walked += (walked.isEmpty || walked == "/" ? "" : "/") + component
      var link = H5L_info_t()
      let isThere = (try? CLibrary.call { H5Lget_info(self.id, walked, &link, access.id) }) != nil
      guard isThere else {
        return HDF5Error.missing(
          file: location.file, path: location.appending(path).path,
          group: location.appending(parent).path,
          children: (try? group(parent).children()) ?? [])
      }
      if link.type == H5L_TYPE_EXTERNAL {
        return HDF5Error.storedElsewhere(
          file: location.file, path: location.appending(walked).path)
      }
    }
    return error
  }

  /// Returns the paths of all datasets below, each once, in order of their names.
  ///
  /// Groups are followed 32 deep, and each once, so that a cycle of links does no harm. What
  /// cannot be opened is left out.
  public func datasetPaths() -> [String] {
    var visited: Set<UInt64> = []
    var paths: [String] = []
    var pending = [(path: ".", depth: 0)]
    while let (path, depth) = pending.popLast() {
      guard let object = try? open(path), let address = try? object.address(),
        visited.insert(address).inserted
      else { continue }
      switch object.kind {
      case .dataset:
        paths.append(object.location.path)
      case .group where depth < 32:
        let names = (try? group(path).children()) ?? []
        pending += names.reversed().map { (path: "\(path)/\($0)", depth: depth + 1) }
      case .group, .namedType:
        break
      }
    }
    return paths
  }
}
