import NetworkGraph

/// A class of layers that Rangefinder knows, and how it becomes nodes of a graph.
public struct KerasLayer: Sendable {
  /// A weight of a layer, in the order in which Keras stores them.
  struct WeightSlot: Sendable {
    let name: String
    /// Whether the weight is trained by gradients; moving averages are not.
    var isTrained = true
    /// The part of the layer that owns the weight, as a path in Keras 3's tree of objects; empty for
    /// the layer itself.
    var owner = ""
  }

  /// The class, as Keras names it today.
  public let name: String

  /// Other names of the same class, of older versions of Keras or outside it.
  public let aliases: [String]

  /// What becomes of a layer, in a line.
  public let summary: String

  /// The names under which a call may give the layer its inputs, in their order; for a function,
  /// all that it may be given.
  let parameters: [String]

  /// The arguments of a call, beside tensors, that count as settings of the layer.
  let callSettings: Set<String>

  /// Whether it is a function, which Keras stores as a layer: its calls have its settings.
  let isFunction: Bool

  /// The weights of a layer with such settings.
  let weights: @Sendable (LayerSettings) throws -> [WeightSlot]

  /// Adds one call of a layer to a graph, and returns the nodes of its outputs.
  let translate: @Sendable (LayerUse, inout Graph) throws -> [Int]

  init(
    _ name: String, aliases: [String] = [], _ summary: String, parameters: [String] = [],
    callSettings: Set<String> = [], isFunction: Bool = false,
    weights: @escaping @Sendable (LayerSettings) throws -> [WeightSlot] = { _ in [] },
    translateAll: @escaping @Sendable (LayerUse, inout Graph) throws -> [Int]
  ) {
    self.name = name
    self.aliases = aliases
    self.summary = summary
    self.parameters = parameters
    self.callSettings = callSettings
    self.isFunction = isFunction
    self.weights = weights
    translate = translateAll
  }

  /// Creates a class whose layers have one output.
  init(
    _ name: String, aliases: [String] = [], _ summary: String, parameters: [String] = [],
    callSettings: Set<String> = [], isFunction: Bool = false,
    weights: @escaping @Sendable (LayerSettings) throws -> [WeightSlot] = { _ in [] },
    translate: @escaping @Sendable (LayerUse, inout Graph) throws -> Int
  ) {
    self.init(
      name, aliases: aliases, summary, parameters: parameters, callSettings: callSettings,
      isFunction: isFunction, weights: weights
    ) { use, graph in [try translate(use, &graph)] }
  }
}

extension KerasLayer {
  /// Classes that do one kind of thing.
  public struct Family: Sendable {
    public let name: String
    public let layers: [KerasLayer]
  }

  /// Every known class, by family.
  public static let families: [Family] = [
    Family(name: "Dense layers", layers: dense),
    Family(name: "Convolutions", layers: convolutions),
    Family(name: "Normalisations", layers: normalizations),
    Family(name: "Pooling", layers: poolings),
    Family(name: "Attention", layers: attentions),
    Family(name: "Recurrent layers", layers: recurrents),
    Family(name: "Wrappers", layers: wrappers),
    Family(name: "Embedding and masking", layers: maskings),
    Family(name: "Activations", layers: activations),
    Family(name: "Layers that join others", layers: merges),
    Family(name: "Reshaping", layers: reshapings),
    Family(name: "Padding, cropping, resizing", layers: resamplings),
    Family(name: "Scaling", layers: scalings),
    Family(name: "Layers without effect", layers: identities),
    Family(name: "Functions of Keras 3", layers: functions + maskFunctions),
    Family(name: "Functions of TensorFlow, which Keras 2 stores", layers: tensorFlowFunctions),
  ]

  /// Every known class, family by family.
  public static let all: [KerasLayer] = families.flatMap(\.layers)

  /// Classes outside Keras: they are found under any package's name.
  static let customClasses: Set<String> = ["LRN", "LRN2D", "LocalResponseNormalization"]

  private static let byName = Dictionary(
    uniqueKeysWithValues: all.flatMap { kind in ([kind.name] + kind.aliases).map { ($0, kind) } })

  /// The class of that name, today's or an older one.
  static func named(_ className: String) -> KerasLayer? { byName[className] }

  /// Whether there is a class of that name, today's or an older one.
  public static func isKnown(_ className: String) -> Bool { named(className) != nil }

  /// What can be done with a class of that name.
  static func support(for className: String) -> LayerSummary.Support {
    if let kind = named(className) { return .known(summary: kind.summary) }
    return className == "Lambda" ? .pythonCode : .unknownClass
  }
}
