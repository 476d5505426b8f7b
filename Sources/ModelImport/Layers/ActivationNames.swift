import NetworkGraph

extension LayerSettings {
  /// The function under a setting; `nil` if it is linear or not set.
  ///
  /// - Parameter generation: Keras' major version, which decides what `hard_sigmoid` is.
  /// - Throws: `ModelImportError.unknownActivation`, also for names of custom code.
  func activationFunction(
    _ setting: String = "activation", generation: Int
  ) throws -> ActivationFunction? {
    guard let (_, value) = value([setting]) else { return nil }
    return try activationFunction(value, generation: generation)
  }

  /// The function that a value stands for: a name, or a serialised function or layer.
  private func activationFunction(_ value: JSONValue, generation: Int) throws -> ActivationFunction?
  {
    if let name = value.string { return try function(named: name, generation: generation) }
    guard let className = value["class_name"]?.string else {
      throw unknown(value.summary)
    }
    if className == "function", let name = value["config"]?.string {
      return try function(named: name, generation: generation)
    }
    let inner = LayerSettings(
      layer: layer, className: className, values: value["config"]?.object ?? [:])
    if className == "Activation" { return try inner.activationFunction(generation: generation) }
    guard let read = KerasLayer.activationReaders[className] else { throw unknown(className) }
    return try read(inner)
  }

  private func function(named name: String, generation: Int) throws -> ActivationFunction? {
    if name == "linear" { return nil }
    if name == "hard_sigmoid" { return .hardSigmoid(slope: generation >= 3 ? 1 / 6 : 0.2) }
    guard let function = Self.functions[name] else { throw unknown("'\(name)'") }
    return function
  }

  private func unknown(_ function: String) -> ModelImportError {
    .unknownActivation(
      layer: layer, className: className, function: function,
      known: Self.activationNames)
  }

  /// Every name of a function that is known, in alphabetical order.
  static let activationNames = (functions.keys + ["linear", "hard_sigmoid"]).sorted()

  /// What names mean whatever the version of Keras. `leaky_relu` differs from the layer LeakyReLU.
  private static let functions: [String: ActivationFunction] = [
    "relu": .relu,
    "relu6": .rectifier(slope: 0, bound: 6),
    "leaky_relu": .rectifier(slope: 0.2, bound: .infinity),
    "elu": .elu(alpha: 1),
    "selu": .selu,
    "celu": .celu(alpha: 1),
    "sigmoid": .sigmoid,
    "tanh": .tanh,
    "sparse_sigmoid": .hardSigmoid(slope: 0.5),
    "hard_tanh": .hardTanh,
    "tanh_shrink": .tanhShrink,
    "soft_shrink": .softShrink,
    "softplus": .softplus,
    "squareplus": .squareplus,
    "sparse_plus": .sparsePlus,
    "softsign": .softsign,
    "silu": .silu,
    "swish": .silu,
    "hard_silu": .hardSilu,
    "hard_swish": .hardSilu,
    "gelu": .gelu(approximate: false),
    "mish": .mish,
    "log_sigmoid": .logSigmoid,
    "exponential": .exponential,
    "softmax": .softmax,
    "softmax_v2": .softmax,
    "log_softmax": .logSoftmax,
    "log_softmax_v2": .logSoftmax,
  ]
}
