import HDF5Support

/// Copies a profile's file name by name, with some parts changed or left out.
///
/// A key is a place in the file: `@format` is an attribute, `bin_edges` a dataset; in version 1
/// `sites/0000@shape` and `sites/0000/bin_edges` are those of a site.
struct ProfileCopy {
  enum Value: Sendable {
    case text(String)
    case texts([String])
    case integers([Int], shape: [Int]? = nil)
    case counts([UInt64], shape: [Int]? = nil)
    case floats([Float], shape: [Int]? = nil)
    case doubles([Double])
    case absent
  }

  /// What a group of the file holds.
  struct Part {
    let group: String
    let attributes: [String]
    let datasets: [String]
  }

  static let derived = ["values", "min", "max", "mean", "standard_deviation"]
  private static let attributes = [
    "format", "format_version", "model", "model_digest", "data", "data_digests", "preprocessing",
    "dataset_samples", "block_size", "samples",
  ]
  private static let siteDatasets = [
    "bin_edges", "bin_counts", "channel_values", "channel_min", "channel_max", "channel_sum",
    "channel_sum_of_squares", "highest_values", "highest_places", "lowest_values", "lowest_places",
    "sample_min", "sample_max",
  ]

  static let whole = Part(
    group: "",
    attributes: attributes + ["channel_sum_exponent", "channel_sum_of_squares_exponent"],
    datasets: [
      "blocks", "sample_ranges", "site_names", "layers", "functions", "shape_offsets", "shapes",
      "zeros", "nan", "positive_infinity", "negative_infinity", "first_non_finite",
      "first_non_finite_kind", "bin_offsets", "channel_offsets", "outlier_offsets",
    ] + derived + siteDatasets)

  /// A file of version 1 with three sites.
  static let version1 =
    [
      Part(
        group: "", attributes: attributes, datasets: ["blocks", "site_names", "sample_indices"])
    ]
    + (0..<3).map { index in
      Part(
        group: "sites/000\(index)",
        attributes: [
          "name", "layer", "function", "shape", "zeros", "nan", "positive_infinity",
          "negative_infinity", "first_non_finite", "first_non_finite_kind",
        ] + derived, datasets: siteDatasets)
    }

  /// Copies the file of a profile.
  static func make(
    of source: String, at target: String, parts: [Part] = [whole], changing edits: [String: Value]
  ) throws {
    let (old, new) = (try HDF5File(reading: source), try HDF5File(creating: target))
    var unknown = Set(edits.keys)
    for part in parts {
      let inRoot = part.group.isEmpty
      let (from, to) =
        inRoot
        ? (old.root, new.root)
        : (try old.root.group(part.group), try new.root.createGroup(part.group))
      for name in part.attributes {
        unknown.remove("\(part.group)@\(name)")
        let value = try edits["\(part.group)@\(name)"] ?? read(from.attributes, name)
        try write(value, name, to.attributes)
      }
      for name in part.datasets {
        let key = inRoot ? name : "\(part.group)/\(name)"
        unknown.remove(key)
        try write(edits[key] ?? read(from, name), name, to)
      }
    }
    precondition(unknown.isEmpty, "no such parts: \(unknown)")
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
      try attributes.numbers(name, as: UInt64.self).map { .counts($0) } ?? .absent
    default: try attributes.numbers(name, as: Int.self).map { .integers($0) } ?? .absent
    }
  }

  private static func read(_ group: HDF5Group, _ name: String) throws -> Value {
    let dataset = try group.dataset(name)
    return switch dataset.elementType {
    case .float: .floats(try dataset.read(as: Float.self), shape: dataset.shape)
    case .integer(_, signed: true): .integers(try dataset.read(as: Int.self), shape: dataset.shape)
    case .integer(_, signed: false):
      .counts(try dataset.read(as: UInt64.self), shape: dataset.shape)
    default: .texts(try dataset.readStrings())
    }
  }

  private static func write(
    _ value: Value, _ name: String, _ attributes: HDF5Attributes
  ) throws {
    switch value {
    case .text(let text): try attributes.create(name, text)
    case .texts(let texts): try attributes.create(name, texts)
    case .integers(let numbers, _): try attributes.create(name, numbers)
    case .counts(let numbers, _): try attributes.create(name, numbers)
    case .floats(let numbers, _): try attributes.create(name, numbers)
    case .doubles(let numbers): try attributes.create(name, numbers)
    case .absent: break
    }
  }

  private static func write(_ value: Value, _ name: String, _ group: HDF5Group) throws {
    switch value {
    case .text(let text): try group.createDataset(name, [text])
    case .texts(let texts): try group.createDataset(name, texts)
    case .integers(let numbers, let shape): try group.createDataset(name, numbers, shape: shape)
    case .counts(let numbers, let shape): try group.createDataset(name, numbers, shape: shape)
    case .floats(let numbers, let shape): try group.createDataset(name, numbers, shape: shape)
    case .doubles(let numbers): try group.createDataset(name, numbers)
    case .absent: break
    }
  }
}
