import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Dense layers by equation")
struct KerasLayerEinsumDenseTests {
  private func model(_ equation: String, bias: String? = nil, input: [Int], weights: [[Int]])
    -> TinyModel
  {
    let axes = bias.map { "\"\($0)\"" } ?? "null"
    return TinyModel(
      "EinsumDense", #""equation": "\#(equation)", "bias_axes": \#(axes)"#, input: input,
      weights: weights.enumerated().map { .init(name: "w\($0.offset)", shape: $0.element) })
  }

  @Test(
    "An equation becomes a matrix product between reshapes and permutations.",
    arguments: [
      ("ab,bc->ac", [4], [4, 5], ["dense 5"]),
      ("...x,xy->...y", [2, 3, 4], [4, 5], ["dense 2×3×5"]),
      ("abc,cde->abde", [3, 4], [4, 2, 5], ["dense 3×10", "reshape 3×2×5"]),
      ("abcd,cde->abe", [3, 2, 4], [2, 4, 5], ["reshape 3×8", "dense 3×5"]),
      ("abc,bd->adc", [3, 4], [3, 5], ["permutation 4×3", "dense 4×5", "permutation 5×4"]),
      ("ab...,bc->ac...", [3, 4], [3, 5], ["permutation 4×3", "dense 4×5", "permutation 5×4"]),
    ])
  func steps(equation: String, input: [Int], kernel: [Int], expected: [String]) throws {
    let graph = try model(equation, input: input, weights: [kernel]).graph()
    #expect(Array(graph.outline.dropFirst()) == expected)
  }

  @Test("The kernel's axes are put in order: those that are summed over first.")
  func kernelOrder() throws {
    let graph = try model("ab,cb->ac", input: [2], weights: [[3, 2]]).graph()
    guard case .dense(let kernel, _) = graph.nodes[1].operation else {
      Issue.record("no product")
      return
    }
    #expect(kernel.extents == [2, 3])
    #expect(kernel.values.map { $0 * 8 } == [0, 2, 4, 1, 3, 5])
  }

  @Test("A bias of some of the new axes is repeated along the others.")
  func bias() throws {
    let graph = try model(
      "abc,cde->abde", bias: "e", input: [3, 4], weights: [[4, 2, 3], [3]]
    ).graph()
    guard case .dense(_, let bias) = graph.nodes[1].operation else {
      Issue.record("no product")
      return
    }
    #expect(bias?.map { $0 * 8 } == [0, 1, 2, 0, 1, 2])
  }

  @Test(
    "Other equations are refused by name, and so is a bias along the input's axes.",
    arguments: ["abc,abd->abd", "abc,bcd->abd", "ab->a", "ab,bc,cd->ad", "ab,bc->ca", "aab,bc->ac"])
  func refused(equation: String) {
    let rank = equation.prefix { $0 != "," && $0 != "-" }.count - 1
    let model = model(
      equation, input: [Int](repeating: 2, count: rank), weights: [[2, 2]])
    #expect(
      message { _ = try model.graph() } == """
        layer 'layer' (EinsumDense) has equation "\(equation)", which Rangefinder does not support.
          Supported: a batch of matrix products over samples of \(rank) axes, such as ab,bc->ac.
        """)
    let bias = self.model("abc,cd->abd", bias: "bd", input: [3, 4], weights: [[4, 5], [3, 5]])
    #expect(
      message { _ = try bias.graph() } == """
        layer 'layer' (EinsumDense) has bias_axes "bd", which Rangefinder does not support.
          Supported: axes that the kernel makes.
        """)
  }
}
