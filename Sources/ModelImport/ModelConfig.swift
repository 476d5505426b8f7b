/// A model as its configuration describes it: layers, and which of them reads what.
///
/// A sequential model is brought to the same form as a functional one.
struct ModelConfig: Sendable {
  /// An output of one call of a layer.
  struct Reference: Hashable, Sendable {
    /// The layer's index in `layers`.
    let layer: Int
    /// Which of the layer's calls.
    let call: Int
    /// Which of the call's outputs.
    let output: Int
  }

  /// One use of a layer.
  struct Call: Sendable {
    let inputs: [Reference]
    /// The masks that the call names, in the order of the inputs: Keras 3 names them all.
    var masks: [Reference?] = []
    /// For a function, the parameter that each input is bound to.
    var parameters: [String] = []
    /// What counts as settings among what the layer is given beside tensors, by name.
    var constants: [String: JSONValue] = [:]
    /// What else the layer is given.
    let otherArguments: [String]
  }

  /// A layer, and its calls; an input has none.
  struct Layer: Sendable {
    let settings: LayerSettings
    /// The layer's name inside its model, by which other layers refer to it.
    let name: String
    /// Whether the layer's weights were trained.
    let isTrainable: Bool
    /// What is inside, if the layer is a model itself.
    let model: ModelConfig?
    var calls: [Call] = []
    /// The class of the object that Keras makes of the layer, whatever it is read as; `nil` for a
    /// function, which is no layer to Keras.
    var storedClass: String?
  }

  let name: String
  let layers: [Layer]
  /// The layers through which data enters, in its order.
  let inputs: [Int]
  let outputs: [Reference]
  /// All calls, in an order in which each comes after what it reads.
  let order: [Reference]

  /// How deep models may be nested.
  static let depthLimit = 32

  /// The classes of layers that are models.
  static let modelClasses: Set<String> = ["Sequential", "Functional", "Model", "Network"]

  /// The shape that an input declares for one sample, `nil` where it may have any length; `nil` as
  /// a whole if the file does not say.
  func declaredExtents(ofInput index: Int) -> [Int?]? {
    let values = layers[inputs[index]].settings.values
    for key in ["batch_input_shape", "batch_shape"] {
      if let extents = values[key]?.array, !extents.isEmpty {
        return extents.dropFirst().map(\.integer)
      }
    }
    return nil
  }

  /// Whether an input has the setting that Keras 3 renamed.
  var isOfKeras3: Bool { inputs.contains { layers[$0].settings.values["batch_shape"] != nil } }

  /// All layers that are no models, with the models they are in unfolded.
  var leaves: [Layer] { layers.flatMap { $0.model?.leaves ?? [$0] } }
}

extension ModelConfig {
  /// Orders the calls of all layers so that each comes after those it reads, and stays as close to
  /// the file's order as that allows.
  ///
  /// - Throws: `ModelImportError.cycle`.
  static func order(of layers: [Layer]) throws -> [Reference] {
    enum Mark { case waiting, done }
    var marks: [Reference: Mark] = [:]
    var order: [Reference] = []
    for (index, layer) in layers.enumerated() {
      for call in layer.calls.indices {
        // Depth first, with a stack of our own: a network may be thousands of layers deep.
        var stack = [Reference(layer: index, call: call, output: 0)]
        while let top = stack.last {
          let call = layers[top.layer].calls[top.call]
          let pending = (call.inputs + call.masks.compactMap { $0 })
            .map { Reference(layer: $0.layer, call: $0.call, output: 0) }
            .filter { !layers[$0.layer].calls.isEmpty && marks[$0] != .done }
          if marks[top] == .done || pending.isEmpty {
            if marks.updateValue(.done, forKey: top) != .done { order.append(top) }
            stack.removeLast()
          } else {
            marks[top] = .waiting
            if let onPath = pending.first(where: { marks[$0] == .waiting }) {
              throw ModelImportError.cycle(layer: layers[onPath.layer].settings.layer)
            }
            stack += pending.reversed()
          }
        }
      }
    }
    return order
  }
}
