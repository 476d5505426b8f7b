/// A layer's configuration, read by type, with errors that name the layer and the setting.
///
/// A reader takes every name that a setting has had, newest first; `null` counts as absent.
struct LayerSettings: Sendable {
  /// The path of the layer.
  let layer: String
  let className: String
  let values: [String: JSONValue]
  /// Whether the layer's tensors lie channels last in the graph, where Keras has them first.
  var movesChannels = false

  /// The settings with others that take the place of those of the same names.
  func adding(_ others: [String: JSONValue]) -> LayerSettings {
    others.isEmpty
      ? self
      : LayerSettings(
        layer: layer, className: className, values: values.merging(others) { _, new in new })
  }

  /// The value under the first of the names that has one, with that name.
  func value(_ names: [String]) -> (name: String, value: JSONValue)? {
    for name in names {
      if let value = values[name], value != .null { return (name, value) }
    }
    return nil
  }

  func invalid(_ setting: String, _ found: JSONValue?, expected: String) -> ModelImportError {
    .invalidSetting(
      layer: layer, className: className, setting: setting, found: found?.summary ?? "nothing",
      expected: expected)
  }

  func unsupported(_ setting: String, _ found: String, supported: String) -> ModelImportError {
    .unsupportedSetting(
      layer: layer, className: className, setting: setting, found: found, supported: supported)
  }

  /// Reads a setting with `convert`, which returns `nil` for what makes no sense.
  func read<Value>(
    _ names: [String], default fallback: Value?, expected: String,
    _ convert: (JSONValue) -> Value?
  ) throws -> Value {
    guard let (name, value) = value(names) else {
      guard let fallback else { throw invalid(names[0], nil, expected: expected) }
      return fallback
    }
    guard let result = convert(value) else { throw invalid(name, value, expected: expected) }
    return result
  }

  /// A truth value, also as a number: Keras 1 wrote `1` now and then.
  func bool(_ names: String..., default fallback: Bool? = nil) throws -> Bool {
    try read(names, default: fallback, expected: "true or false") {
      if case .bool(let value) = $0 { value } else { $0.integer.map { $0 != 0 } }
    }
  }

  func string(_ names: String..., default fallback: String? = nil) throws -> String {
    try read(names, default: fallback, expected: "a text") { $0.string }
  }

  /// What counts things: products of two do not overflow.
  private static let sizes = 1...Int(Int32.max)

  func positive(_ names: String..., default fallback: Int? = nil) throws -> Int {
    try read(names, default: fallback, expected: "a positive integer") {
      $0.integer.flatMap { Self.sizes.contains($0) ? $0 : nil }
    }
  }

  /// One positive integer for each of `count` axes; a single one stands for all.
  func positives(_ names: String..., count: Int, default fallback: [Int]? = nil) throws -> [Int] {
    try read(names, default: fallback, expected: "\(count) positive integers") {
      guard let numbers = Self.integers($0, count: count), numbers.allSatisfy(Self.sizes.contains)
      else {
        return nil
      }
      return numbers
    }
  }

  /// A number, also one that Keras wrapped as an array's element.
  func number(_ names: String..., default fallback: Double? = nil) throws -> Double {
    try read(names, default: fallback, expected: "a number") {
      Self.numbers($0).flatMap { $0.count == 1 ? $0[0] : nil }
    }
  }

  /// A number, or a list of them.
  func numbers(_ names: String..., default fallback: [Double]? = nil) throws -> [Double] {
    try read(names, default: fallback, expected: "a number or a list of numbers", Self.numbers)
  }

  /// The axes that a layer names, counted with the batch as axis 0, as axes of one sample.
  ///
  /// - Parameter rank: The number of axes of one sample.
  func axes(_ name: String, default fallback: [Int], rank: Int) throws -> [Int] {
    let axes = try read([name], default: fallback, expected: "an axis or a list of axes") { value in
      value.integer.map { [$0] }
        ?? value.array.flatMap { list in
          let axes = list.compactMap(\.integer)
          return axes.count == list.count ? axes : nil
        }
    }
    let sampleAxes = axes.map { $0 < 0 ? $0 + rank : $0 - 1 }
    guard sampleAxes.allSatisfy((0..<rank).contains) else {
      throw invalid(name, values[name], expected: "an axis of a sample with \(rank) axes")
    }
    return movesChannels ? sampleAxes.map { ($0 + rank - 1) % rank } : sampleAxes
  }

  /// Checks that the layer works on the last axis alone.
  func requireLastAxis(_ name: String = "axis", rank: Int) throws {
    guard try axes(name, default: [-1], rank: rank) == [rank - 1] else {
      throw unsupported(
        name, values[name]?.summary ?? "null", supported: "the last axis (-1 or \(rank))")
    }
  }

  /// Whether Keras has the layer's channels first.
  var hasChannelsFirst: Bool {
    get throws {
      let (name, format) = value(["data_format", "dim_ordering"]) ?? ("", .string("tf"))
      switch format.string {
      case "channels_first", "th": return true
      case "channels_last", "tf", "default": return false
      default: throw invalid(name, format, expected: "\"channels_last\" or \"channels_first\"")
      }
    }
  }

  private static func integers(_ value: JSONValue, count: Int) -> [Int]? {
    if let number = value.integer { return [Int](repeating: number, count: count) }
    guard let list = value.array, list.count == count else { return nil }
    let numbers = list.compactMap(\.integer)
    return numbers.count == count ? numbers : nil
  }

  private static func numbers(_ value: JSONValue) -> [Double]? {
    switch value {
    case .number(let number): return [number]
    case .array(let list):
      let numbers = list.compactMap(numbers)
      return numbers.count == list.count ? numbers.flatMap { $0 } : nil
    case .object:
      return value["config"]?["value"].flatMap(numbers) ?? value["value"].flatMap(numbers)
    default: return nil
    }
  }
}
