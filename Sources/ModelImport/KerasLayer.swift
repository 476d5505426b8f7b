import NetworkGraph

/// A class of layers that Rangefinder knows, and how it becomes nodes of a graph.
public struct KerasLayer: Sendable {
  /// A weight of a layer, in the order in which Keras stores them.
  struct WeightSlot: Sendable {
    let name: String
    /// Whether the weight is trained by gradients; moving averages are not.
    var isTrained = true
  }

  /// The class, as Keras names it today.
  public let name: String

  /// Other names of the same class, of older versions of Keras or outside it.
  public let aliases: [String]

  /// What becomes of a layer, in a line.
  public let summary: String

  /// The weights of a layer with such settings.
  let weights: @Sendable (LayerSettings) throws -> [WeightSlot]

  /// Adds one call of a layer to a graph, and returns the node of its output.
  let translate: @Sendable (LayerUse, inout Graph) throws -> Int

  init(
    _ name: String, aliases: [String] = [], _ summary: String,
    weights: @escaping @Sendable (LayerSettings) throws -> [WeightSlot] = { _ in [] },
    translate: @escaping @Sendable (LayerUse, inout Graph) throws -> Int
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.weights = weights
    self.translate = translate
  }
}

extension KerasLayer {
  /// Every known class, by family.
  public static let all: [KerasLayer] =
    dense + convolutions + normalizations + poolings + reshapings + resamplings + scalings + merges
    + activations + identities

  /// Classes outside Keras: they are found under any package's name.
  static let customClasses: Set<String> = ["LRN", "LRN2D", "LocalResponseNormalization"]

  private static let byName = Dictionary(
    uniqueKeysWithValues: all.flatMap { kind in ([kind.name] + kind.aliases).map { ($0, kind) } })

  /// The class of that name, today's or an older one.
  static func named(_ className: String) -> KerasLayer? { byName[className] }

  /// What can be done with a class of that name.
  static func support(for className: String) -> LayerSummary.Support {
    if let kind = named(className) { return .known(summary: kind.summary) }
    return className == "Lambda" ? .pythonCode : .unknownClass
  }
}
