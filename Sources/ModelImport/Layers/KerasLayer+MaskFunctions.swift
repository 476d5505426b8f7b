import NetworkGraph

extension KerasLayer {
  /// What Keras 3 makes of masks in functional models: it stores their arithmetic as layers.
  ///
  /// Truth is 1, falsehood 0.
  static let maskFunctions: [KerasLayer] = [
    function("ops.NotEqual", ["x1", "x2"], "1 where the input is not a number, in Keras 3's masks")
    {
      layer, graph in
      guard layer.inputs.count == 1, let number = layer.settings.values["x2"]?.number else {
        throw ModelImportError.unsupportedArguments(
          layer: layer.settings.layer, className: layer.settings.className,
          arguments: ["anything but a tensor and a number"])
      }
      let input = try layer.input()
      let column = try layer.reshape(input, to: graph.nodes[input].shape.extents + [1], in: &graph)
      return try layer.add(.mask(unless: Float(number)), after: column, to: &graph)
    },
    function("ops.Any", ["x"], "1 where any channel is, in Keras 3's masks") { layer, graph in
      try layer.addAny(after: try layer.input(), to: &graph)
    },
    function("ops.All", ["x"], "1 where all channels are, in Keras 3's masks") { layer, graph in
      let none = try layer.addNot(after: try layer.input(), to: &graph)
      return try layer.addNot(after: try layer.addAny(after: none, to: &graph), to: &graph)
    },
    function("ops.LogicalOr", ["x1", "x2"], "the greater of two masks") { layer, graph in
      try graph.add(.elementwise(.maximum), layer: layer.settings.layer, inputs: layer.inputs)
    },
    function("ops.LogicalAnd", ["x1", "x2"], "the lesser of two masks") { layer, graph in
      try graph.add(.elementwise(.minimum), layer: layer.settings.layer, inputs: layer.inputs)
    },
    function("ops.ConvertToTensor", ["x", "dtype", "sparse", "ragged"], "the same values") {
      layer, _ in try layer.input()
    },
    function("ops.ExpandDims", ["x"], "the same values with an axis of 1 more") { layer, graph in
      let input = try layer.input()
      var extents = graph.nodes[input].shape.extents
      let axis = try layer.settings.axes("axis", default: [-1], rank: extents.count + 1)[0]
      extents.insert(1, at: axis)
      return try layer.reshape(input, to: extents, in: &graph)
    },
    function("ops.Squeeze", ["x"], "the same values with an axis of 1 less") { layer, graph in
      let input = try layer.input()
      var extents = graph.nodes[input].shape.extents
      let axes = try layer.settings.axes("axis", default: [-1], rank: extents.count)
      for axis in axes.sorted().reversed() { extents.remove(at: axis) }
      return try layer.reshape(input, to: extents, in: &graph)
    },
    function("ops.ZerosLike", ["x", "dtype"], "zeros, in Keras 3's masks") { layer, graph in
      let ones = try layer.addOnes(like: try layer.input(), to: &graph)
      return try layer.addNot(after: ones, to: &graph)
    },
    function("ops.OnesLike", ["x", "dtype"], "ones, in Keras 3's masks") { layer, graph in
      try layer.addOnes(like: try layer.input(), to: &graph)
    },
  ]
}

extension LayerUse {
  /// 1 where any number along the last axis is not 0.
  fileprivate func addAny(after input: Int, to graph: inout Graph) throws -> Int {
    let shape = graph.nodes[input].shape
    try settings.requireLastAxis(rank: shape.rank)
    let any = try add(.mask(unless: 0), after: input, to: &graph)
    guard try settings.bool("keepdims", default: false) else { return any }
    return try reshape(any, to: shape.extents.dropLast() + [1], in: &graph)
  }

  fileprivate func addNot(after input: Int, to graph: inout Graph) throws -> Int {
    try add(.affine(scale: [-1], shift: [1]), after: input, to: &graph)
  }

  /// Ones, whatever the input: no number is NaN.
  fileprivate func addOnes(like input: Int, to graph: inout Graph) throws -> Int {
    let column = try reshape(input, to: graph.nodes[input].shape.extents + [1], in: &graph)
    return try add(.mask(unless: .nan), after: column, to: &graph)
  }
}
