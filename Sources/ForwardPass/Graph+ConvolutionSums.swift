import NetworkGraph

/// A sum of two activations that the kernel of a convolution before it computes, as residual blocks
/// end with.
struct ConvolutionSum {
  /// The node of the convolution.
  let convolution: Int
  /// The node whose values are added.
  let addend: Int
}

extension Graph {
  /// The sums that the kernel of one of the two summands computes, by the sum's node.
  ///
  /// Nothing else reads that summand, and so no site sees it. Where both will do, it is the later
  /// one, whose input is not kept for so long.
  ///
  /// - Parameters:
  ///   - operations: What nodes run; those without pass their input through.
  ///   - canAdd: Whether a node's kernel can add another activation to its results.
  func convolutionSums(
    _ operations: [Operation?], canAdd: (_ node: Int) -> Bool
  ) -> [Int: ConvolutionSum] {
    let readers = readers()
    var sums: [Int: ConvolutionSum] = [:]
    for (index, node) in nodes.enumerated() where joinsTwoAlike(node, by: .add) {
      for (place, summand) in node.inputs.enumerated().sorted(by: { $0.element > $1.element }) {
        let convolution = operations[summand] == nil ? nodes[summand].inputs[0] : summand
        guard readers[summand] == [index], !outputs.contains(summand), canAdd(convolution)
        else { continue }
        sums[index] = ConvolutionSum(convolution: convolution, addend: node.inputs[1 - place])
        break
      }
    }
    return sums
  }
}
