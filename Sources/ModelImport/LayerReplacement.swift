/// What takes the place of a layer that the file cannot tell or that is not known, as the user says
/// it: `Rescaling(1/127.5, -1)`, `Identity`, `relu`, `LRN(n=5, alpha=1e-4, beta=0.75, k=1)`.
///
/// The name is that of a class or of an activation function, in any case. Numbers may be fractions;
/// they come in the order of the class's settings, or with the settings' names.
public struct LayerReplacement: Hashable, Sendable, CustomStringConvertible {
  /// Why a text names no replacement.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
  }

  let className: String
  let settings: [String: JSONValue]

  /// A class that can be given, with its settings in order, of which the first must be there.
  private struct Known {
    let name: String
    let settings: [String]
    let required: Int

    init(_ name: String, _ settings: [String] = [], required: Int = 0) {
      self.name = name
      self.settings = settings
      self.required = required
    }
  }

  /// None of them has weights.
  private static let classes: [Known] = [
    Known("Rescaling", ["scale", "offset"], required: 1),
    Known("LocalResponseNormalization", ["depth_radius", "bias", "alpha", "beta"], required: 4),
    Known("LRN", ["n", "alpha", "beta", "k"], required: 3),
    Known("Identity"),
    Known("Flatten"),
    Known("UnitNormalization", ["axis"]),
    Known("Resizing", ["height", "width"], required: 2),
    Known("ReLU", ["max_value", "negative_slope", "threshold"]),
    Known("LeakyReLU", ["negative_slope"]),
    Known("ELU", ["alpha"]),
    Known("ThresholdedReLU", ["theta"]),
    Known("Softmax", ["axis"]),
  ]

  /// Reads a text such as `Rescaling(1/127.5, -1)`.
  ///
  /// - Throws: `LayerReplacement.Fault`.
  public init(parsing text: String) throws(Fault) {
    let text = text.filter { $0 != " " }
    let open = text.firstIndex(of: "(")
    let name = text[..<(open ?? text.endIndex)].lowercased()
    guard open == nil || text.hasSuffix(")") else {
      throw Fault(description: "'\(text)' has a parenthesis that is not closed.")
    }
    let arguments = open.map {
      text[text.index(after: $0)...].dropLast().split(
        separator: ",", omittingEmptySubsequences: false)
    }
    let given = arguments == [""] ? [] : arguments ?? []
    // LeakyReLU is the layer and leaky_relu the function, whose slopes differ; ReLU with nothing
    // said is both.
    if let known = Self.classes.first(where: { $0.name.lowercased() == name }) {
      className = known.name
      settings = try Self.settings(given, of: known)
    } else if LayerSettings.activationNames.contains(name) {
      guard given.isEmpty else {
        throw Fault(description: "'\(name)' takes no numbers, as a function of Keras.")
      }
      className = "Activation"
      settings = ["activation": .string(name)]
    } else {
      throw Fault(
        description: """
          '\(text)' is no replacement that is known. Known: \
          \(Self.classes.map { $0.name }.joined(separator: ", ")), and the names of activation \
          functions (rangefinder inspect --layers lists them).
          """)
    }
  }

  private static func settings(
    _ arguments: [Substring], of known: Known
  ) throws(Fault) -> [String: JSONValue] {
    var settings: [String: JSONValue] = [:]
    for (index, argument) in arguments.enumerated() {
      let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
      let name =
        parts.count == 2
        ? String(parts[0]) : known.settings.indices.contains(index) ? known.settings[index] : ""
      guard parts.count <= 2, known.settings.contains(name), settings[name] == nil else {
        throw Fault(
          description: """
            '\(argument)' is no setting of \(known.name), which takes: \
            \(known.settings.isEmpty ? "nothing" : known.settings.joined(separator: ", ")).
            """)
      }
      guard let number = number(parts.last!) else {
        throw Fault(description: "'\(argument)' is not a number such as 2, -0.5, 1e-4 or 1/255.")
      }
      settings[name] = .number(number)
    }
    if let missing = known.settings.prefix(known.required).first(where: { settings[$0] == nil }) {
      throw Fault(description: "\(known.name) needs a number for '\(missing)'.")
    }
    return settings
  }

  /// A number, or a fraction of two.
  private static func number(_ text: Substring) -> Double? {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Double($0) }
    guard (1...2).contains(parts.count), let first = parts[0] else { return nil }
    guard parts.count == 2 else { return first.isFinite ? first : nil }
    return parts[1].flatMap { (first / $0).isFinite ? first / $0 : nil }
  }

  /// The replacement with the names of its settings, in alphabetical order.
  public var description: String {
    let texts = settings.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.summary)" }
    return texts.isEmpty ? className : "\(className)(\(texts.joined(separator: ",")))"
  }
}
