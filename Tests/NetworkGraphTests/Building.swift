import NetworkGraph
import Testing

/// Returns the shape of one operation's output for inputs with the given extents.
func outputExtents(_ operation: NetworkGraph.Operation, _ inputs: [Int]...) throws -> [Int] {
  var graph = Graph(name: "one operation")
  let nodes = try inputs.map { graph.addInput(layer: "in", shape: try #require(Shape($0))) }
  let node = try graph.add(operation, layer: "it", inputs: nodes)
  return graph.nodes[node].shape.extents
}

/// Returns the message of the error that one operation throws for inputs with the given extents.
func message(_ operation: NetworkGraph.Operation, _ inputs: [Int]...) throws -> String {
  var graph = Graph(name: "one operation")
  let nodes = try inputs.map { graph.addInput(layer: "in", shape: try #require(Shape($0))) }
  let error = try #require(throws: GraphError.self) {
    _ = try graph.add(operation, layer: "it", inputs: nodes)
  }
  return error.description
}

/// A tensor of zeros.
func zeros(_ extents: Int...) -> Tensor {
  Tensor([Float](repeating: 0, count: extents.reduce(1, *)), extents: extents)
}
