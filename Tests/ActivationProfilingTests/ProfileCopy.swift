import HDF5Support

/// Copies a profile's file name by name, with some parts changed or left out.
///
/// A key is a place in the file: `@format` is an attribute of the file, `sites/0000@shape` of a
/// site, `sites/0000/bin_edges` a dataset.
struct ProfileCopy {
  enum Value: Sendable {
    case text(String)
    case texts([String])
    case integers([Int])
    case counts([UInt64])
    case floats([Float])
    case doubles([Double])
    case absent
  }

  static let site = "sites/0000"
  static let fileAttributes = [
    "format", "format_version", "model", "model_digest", "data", "data_digests", "preprocessing",
    "dataset_samples", "block_size", "samples",
  ]
  static let fileDatasets = ["blocks", "site_names", "sample_indices"]
  static let siteAttributes = [
    "name", "layer", "function", "shape", "values", "zeros", "nan", "positive_infinity",
    "negative_infinity", "first_non_finite", "first_non_finite_kind", "min", "max", "mean",
    "standard_deviation",
  ]
  static let siteDatasets = [
    "bin_edges", "bin_counts", "channel_values", "channel_min", "channel_max", "channel_sum",
    "channel_sum_of_squares", "highest_values", "highest_places", "lowest_values", "lowest_places",
    "sample_min", "sample_max",
  ]

  /// Copies the file of a profile with one site.
  static func make(of source: String, at target: String, changing edits: [String: Value]) throws {
    let (old, new) = (try HDF5File(reading: source), try HDF5File(creating: target))
    let (oldSite, newSite) = (try old.root.group(site), try new.root.createGroup(site))
    for name in fileAttributes {
      try write(edits["@\(name)"] ?? read(old.root.attributes, name), name, new.root.attributes)
    }
    for name in fileDatasets { try write(edits[name] ?? read(old.root, name), name, new.root) }
    for name in siteAttributes {
      let value = try edits["\(site)@\(name)"] ?? read(oldSite.attributes, name)
      try write(value, name, newSite.attributes)
    }
    for name in siteDatasets {
      try write(edits["\(site)/\(name)"] ?? read(oldSite, name), name, newSite)
    }
    try new.flush()
  }

  private static func read(_ attributes: HDF5Attributes, _ name: String) throws -> Value {
    switch name {
    case "format", "model", "model_digest", "preprocessing", "name", "layer", "function",
      "first_non_finite_kind":
      try attributes.string(name).map(Value.text) ?? .absent
    case "data", "data_digests": try attributes.strings(name).map(Value.texts) ?? .absent
    case "min", "max", "mean", "standard_deviation":
      try attributes.numbers(name, as: Double.self).map(Value.doubles) ?? .absent
    case "values", "zeros", "nan", "positive_infinity", "negative_infinity":
      try attributes.numbers(name, as: UInt64.self).map(Value.counts) ?? .absent
    default: try attributes.numbers(name, as: Int.self).map(Value.integers) ?? .absent
    }
  }

  private static func read(_ group: HDF5Group, _ name: String) throws -> Value {
    let dataset = try group.dataset(name)
    return switch dataset.elementType {
    case .float: .floats(try dataset.read(as: Float.self))
    case .integer(_, signed: true): .integers(try dataset.read(as: Int.self))
    case .integer(_, signed: false): .counts(try dataset.read(as: UInt64.self))
    default: .texts(try dataset.readStrings())
    }
  }

  private static func write(
    _ value: Value, _ name: String, _ attributes: HDF5Attributes
  ) throws {
    switch value {
    case .text(let text): try attributes.create(name, text)
    case .texts(let texts): try attributes.create(name, texts)
    case .integers(let numbers): try attributes.create(name, numbers)
    case .counts(let numbers): try attributes.create(name, numbers)
    case .floats(let numbers): try attributes.create(name, numbers)
    case .doubles(let numbers): try attributes.create(name, numbers)
    case .absent: break
    }
  }

  private static func write(_ value: Value, _ name: String, _ group: HDF5Group) throws {
    switch value {
    case .text(let text): try group.createDataset(name, [text])
    case .texts(let texts): try group.createDataset(name, texts)
    case .integers(let numbers): try group.createDataset(name, numbers)
    case .counts(let numbers): try group.createDataset(name, numbers)
    case .floats(let numbers): try group.createDataset(name, numbers)
    case .doubles(let numbers): try group.createDataset(name, numbers)
    case .absent: break
    }
  }
}
