import NetworkGraph

extension Graph {
  /// Whether a node joins two activations of its own shape, so that neither is stretched.
  func joinsTwoAlike(_ node: Node, by combination: Combination) -> Bool {
    guard case .elementwise(combination) = node.operation else { return false }
    return node.inputs.count == 2 && node.inputs.allSatisfy { nodes[$0].shape == node.shape }
  }
}
