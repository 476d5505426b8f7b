extension Graph {
  /// The multiplications of one sample's linear layers, and one for every number that another step
  /// makes: a measure of the work. At least 1.
  public var multiplications: Int {
    nodes.reduce(1) { $0 + multiplications(of: $1) }
  }

  private func multiplications(of node: Node) -> Int {
    switch node.operation {
    case .dense(let kernel, _), .convolution(_, _, let kernel, _):
      return kernel.values.count * (node.shape.count / node.shape.channels)
    case .transposedConvolution(_, _, let kernel, _):
      let input = nodes[node.inputs[0]].shape
      return kernel.values.count * (input.count / input.channels)
    case .recurrence(let cell):
      let steps = nodes[node.inputs[0]].shape.extents[0]
      return steps * (cell.kernel.values.count + cell.recurrentKernel.values.count)
    default: return node.shape.count
    }
  }
}
