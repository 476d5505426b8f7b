import NetworkGraph

/// Functions that a functional model calls on tensors, which Keras stores as layers: those whose
/// meaning is certain. The others are refused by name.
extension KerasLayer {
  /// A function; its calls have its parameters, or some of them its settings in Keras 3.
  static func function(
    _ name: String, _ parameters: [String], _ summary: String,
    translate: @escaping @Sendable (LayerUse, inout Graph) throws -> Int
  ) -> KerasLayer {
    KerasLayer(name, summary, parameters: parameters, isFunction: true, translate: translate)
  }

  /// Those of `keras.ops`.
  static let functions: [KerasLayer] =
    ["Add", "Subtract", "Multiply", "Divide", "TrueDivide", "Maximum", "Minimum"].map {
      arithmetic("ops." + $0, Arithmetic($0)!, ["x1", "x2"])
    } + unary.map { name, _, read in function("ops." + name, ["x", "alpha"], of: read) }
    + [
      concatenation("ops.Concatenate", ["xs", "axis"]),
      reshaping("ops.Reshape", ["x", "newshape"]),
      transposition("ops.Transpose", ["x", "axes"]),
      mean("ops.Mean", ["x", "axis", "keepdims"]),
      softmax("ops.Softmax", ["x", "axis"]),
      function("ops.LeakyRelu", ["x", "negative_slope"]) {
        .rectifier(slope: Float(try $0.number("negative_slope", default: 0.2)), bound: .infinity)
      },
      function("ops.Gelu", ["x", "approximate"]) {
        .gelu(approximate: try $0.bool("approximate", default: true))
      },
    ]

  /// Those of TensorFlow, under their names without `tf.` in the file.
  static let tensorFlowFunctions: [KerasLayer] =
    [
      ("math.add", "Add"), ("__operators__.add", "Add"), ("math.subtract", "Subtract"),
      ("math.multiply", "Multiply"), ("math.truediv", "Divide"), ("math.divide", "Divide"),
      ("math.maximum", "Maximum"), ("math.minimum", "Minimum"),
    ].map { arithmetic("tf." + $0, Arithmetic($1)!, ["x", "y"]) }
    + unary.compactMap { _, name, read in
      name.map { function("tf." + $0, [$0.hasPrefix("nn.") ? "features" : "x"], of: read) }
    }
    + [
      concatenation("tf.concat", ["values", "axis"]),
      reshaping("tf.reshape", ["tensor", "shape"]),
      transposition("tf.transpose", ["a", "perm", "conjugate"]),
      transposition("tf.compat.v1.transpose", ["a", "perm", "conjugate"]),
      mean("tf.math.reduce_mean", ["input_tensor", "axis", "keepdims"]),
      softmax("tf.nn.softmax", ["logits", "axis"]),
      function("tf.nn.leaky_relu", ["features", "alpha"]) {
        .rectifier(slope: Float(try $0.number("alpha", default: 0.2)), bound: .infinity)
      },
      function("tf.nn.gelu", ["features", "approximate"]) {
        .gelu(approximate: try $0.bool("approximate", default: false))
      },
    ]

  /// Functions of a number: Keras' name, TensorFlow's, and what it is with given settings.
  private static let unary:
    [(String, String?, @Sendable (LayerSettings) throws -> ActivationFunction)] = [
      ("Relu", "nn.relu", { _ in .relu }),
      ("Relu6", "nn.relu6", { _ in .rectifier(slope: 0, bound: 6) }),
      ("Elu", "nn.elu", { .elu(alpha: Float(try $0.number("alpha", default: 1))) }),
      ("Selu", "nn.selu", { _ in .selu }),
      ("Sigmoid", "math.sigmoid", { _ in .sigmoid }),
      ("Tanh", "math.tanh", { _ in .tanh }),
      ("Exp", "math.exp", { _ in .exponential }),
      ("Sqrt", "math.sqrt", { _ in .power(0.5) }),
      ("Rsqrt", "math.rsqrt", { _ in .power(-0.5) }),
      ("Reciprocal", "math.reciprocal", { _ in .power(-1) }),
      ("Softsign", "nn.softsign", { _ in .softsign }),
      ("Softplus", nil, { _ in .softplus }),
      ("Silu", nil, { _ in .silu }),
      ("HardSigmoid", nil, { _ in .hardSigmoid(slope: 1 / 6) }),
      ("HardSilu", nil, { _ in .hardSilu }),
      ("LogSigmoid", nil, { _ in .logSigmoid }),
    ]

  private static func function(
    _ name: String, _ parameters: [String],
    of read: @escaping @Sendable (LayerSettings) throws -> ActivationFunction
  ) -> KerasLayer {
    function(name, parameters, "a function of each number: a nonlinearity") {
      layer, graph in
      try layer.add(
        .activation(try read(layer.settings)), after: try layer.input(), to: &graph)
    }
  }

  private static func concatenation(_ name: String, _ parameters: [String]) -> KerasLayer {
    function(name, parameters, "tensors side by side") { layer, graph in
      let rank = graph.nodes[layer.inputs[0]].shape.rank
      let axes = try layer.settings.axes("axis", default: [-1], rank: rank)
      return try graph.add(
        .concatenation(axis: axes[0]), layer: layer.settings.layer, inputs: layer.inputs)
    }
  }

  private static func reshaping(_ name: String, _ parameters: [String]) -> KerasLayer {
    function(name, parameters, "the same values with other axes") { layer, graph in
      let input = try layer.input()
      let count = graph.nodes[input].shape.count
      // With the batch, which stays as it is.
      return try layer.reshape(
        input, to: try layer.settings.targetShape(parameters[1], count: count, dropsBatch: true),
        in: &graph)
    }
  }

  private static func transposition(_ name: String, _ parameters: [String]) -> KerasLayer {
    function(name, parameters, "the axes of a sample in another order") { layer, graph in
      let input = try layer.input()
      let rank = graph.nodes[input].shape.rank
      let setting = parameters[1]
      let axes = try layer.settings.read(
        [setting], default: nil, expected: "the axes of a sample, after the batch's 0"
      ) { value -> [Int]? in
        let list = (value.array ?? []).compactMap(\.integer)
        return list.first == 0 && list.sorted() == Array(0...rank)
          ? list.dropFirst().map { $0 - 1 } : nil
      }
      return try layer.permute(input, axes, in: &graph)
    }
  }

  private static func softmax(_ name: String, _ parameters: [String]) -> KerasLayer {
    function(name, parameters, "exponentials over an axis, divided by their sum") { layer, graph in
      try layer.softmax(in: &graph)
    }
  }

  private static func mean(_ name: String, _ parameters: [String]) -> KerasLayer {
    function(name, parameters, "the mean over some axes of a sample") { layer, graph in
      let input = try layer.input()
      let extents = graph.nodes[input].shape.extents
      let axes = try layer.settings.axes("axis", default: [], rank: extents.count)
      guard !axes.isEmpty else {
        throw layer.settings.unsupported(
          "axis", "null", supported: "axes of a sample, not the batch's")
      }
      let mean = try layer.add(.mean(axes: axes.sorted()), after: input, to: &graph)
      guard try !layer.settings.bool("keepdims", default: false) else { return mean }
      return try layer.reshape(
        mean, to: extents.indices.filter { !axes.contains($0) }.map { extents[$0] }, in: &graph)
    }
  }
}
