import NetworkGraph

/// One call of a layer, as its translator sees it.
struct LayerUse: Sendable {
  var settings: LayerSettings
  /// The weights by the names of the layer's slots.
  let weights: [String: Tensor]
  /// The nodes that the layer reads.
  var inputs: [Int]
  /// Keras' major version.
  let generation: Int
  /// Whether convolution kernels are mirrored.
  let hasMirroredKernels: Bool
  /// The mask of each input, if it has one.
  var masks: [Int?] = []
  /// Whether the call names its masks, instead of taking those of what it reads.
  var namesMasks = false
  /// The mask of the output.
  var ownMask: Int?
  /// For a function, the parameter that each input is bound to.
  var parameters: [String] = []

  /// The only node that the layer reads.
  ///
  /// - Throws: `ModelImportError.wrongInputCount`.
  func input() throws -> Int {
    guard inputs.count == 1 else {
      throw ModelImportError.wrongInputCount(
        layer: settings.layer, className: settings.className, found: inputs.count, expected: "one")
    }
    return inputs[0]
  }

  /// Adds a step of this layer that reads one node.
  func add(_ operation: Operation, after node: Int, to graph: inout Graph) throws -> Int {
    try graph.add(operation, layer: settings.layer, inputs: [node])
  }

  /// The weight of that name.
  ///
  /// - Throws: `ModelImportError.weightShapeMismatch` if it has other extents.
  func weight(_ name: String, extents: [Int]) throws -> Tensor {
    guard let tensor = weights[name] else {
      preconditionFailure("'\(name)' is not among the layer's weights")
    }
    try require(tensor.extents == extents, name, tensor, extents)
    return tensor
  }

  func require(
    _ condition: Bool, _ name: String, _ tensor: Tensor, _ extents: [Int]
  ) throws {
    guard condition else {
      throw ModelImportError.weightShapeMismatch(
        layer: settings.layer, className: settings.className, weight: name, stored: tensor.extents,
        expected: extents)
    }
  }
}
