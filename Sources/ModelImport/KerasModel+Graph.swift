import NetworkGraph

extension KerasModel {
  /// Builds the network's graph.
  ///
  /// - Parameter inputShapes: The extents of one sample of each input, without the batch. They
  ///   settle what the file leaves open; an input that the file gives whole stays as it is.
  /// - Throws: `ModelImportError`, `GraphError`.
  public func graph(inputShapes: [[Int]]? = nil) throws -> Graph {
    let unsupported = unsupportedLayers
    guard unsupported.isEmpty else { throw ModelImportError.unsupportedLayers(unsupported) }
    let shapes = try resolve(inputShapes)
    var graph = Graph(name: name)
    let nodes = zip(inputs, shapes).map { graph.addInput(layer: $0.name, shape: $1) }
    let assembly = GraphAssembly(
      weights: try weights.assigned(to: config, by: weightMap), generation: generation,
      minorVersion: minorVersion, hasMirroredKernels: weights.hasMirroredKernels)
    let outputs = try assembly.add(
      config, path: "", inputs: nodes.map { GraphAssembly.Value(node: $0) }, to: &graph)
    graph.setOutputs(
      try outputs.map {
        try graph.arranging($0.node, moved: $0.isMoved, wanted: false, layer: "output")
      })
    return graph
  }

  /// The shape of each input, from the file and the data.
  private func resolve(_ given: [[Int]]?) throws -> [Shape] {
    if let given, given.count != inputs.count {
      throw ModelImportError.wrongShapeCount(inputs: inputs.map(\.name), given: given.count)
    }
    return try inputs.enumerated().map { index, input in
      if let known = input.extents, let shape = Shape(known.map { $0 ?? 0 }) { return shape }
      let declared = Self.text(of: input.extents)
      guard let extents = given?[index] else {
        throw ModelImportError.openInputShape(input: input.name, declared: declared)
      }
      let fits =
        input.extents.map { extents.count == $0.count && zip($0, extents).allSatisfy(Self.fits) }
        ?? true
      guard fits, let shape = Shape(extents) else {
        throw ModelImportError.inputShapeMismatch(
          input: input.name, declared: declared, given: Self.text(of: extents))
      }
      return shape
    }
  }

  private static func fits(_ declared: Int?, _ given: Int) -> Bool {
    declared == nil || declared == given
  }

  private static func text(of extents: [Int?]?) -> String {
    guard let extents else { return "? (the file does not say)" }
    return extents.isEmpty
      ? "scalar" : extents.map { $0.map(String.init) ?? "?" }.joined(separator: "×")
  }
}
