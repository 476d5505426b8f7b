import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Activation layers")
struct KerasLayerActivationTests {
  private func functions(_ className: String, _ settings: String) throws -> [String] {
    try TinyModel(className, settings, input: [2, 3]).graph().sites.map(\.function)
  }

  @Test(
    "A layer's settings are found under the names of all versions.",
    arguments: [
      ("Activation", #""activation": "tanh""#, ["tanh"]),
      ("Activation", #""activation": "linear""#, []),
      ("ReLU", "", ["relu"]), ("ReLU", #""max_value": 6.0"#, ["relu6"]),
      ("ReLU", #""max_value": 4, "negative_slope": 0.5"#, ["bounded_relu(0.5,4)"]),
      ("ReLU", #""threshold": 2.0"#, ["thresholded_relu(2)"]),
      (
        "ReLU", #""threshold": 1, "max_value": 2, "negative_slope": 0.5"#,
        ["thresholded_relu(1,0.5,2)"]
      ),
      ("LeakyReLU", "", ["leaky_relu(0.3)"]), ("LeakyReLU", #""alpha": 0.5"#, ["leaky_relu(0.5)"]),
      ("LeakyReLU", #""negative_slope": 0.25"#, ["leaky_relu(0.25)"]),
      ("ELU", #""alpha": 0.5"#, ["elu(0.5)"]), ("ThresholdedReLU", "", ["thresholded_relu(1)"]),
      ("Softmax", #""axis": [-1]"#, ["softmax"]),
    ])
  func functions(className: String, settings: String, expected: [String]) throws {
    #expect(try functions(className, settings) == expected)
  }

  @Test("A softmax over other axes moves them to the end, joins them, and moves them back.")
  func softmaxAxes() throws {
    func outline(_ axis: String) throws -> [String] {
      try TinyModel("Softmax", #""axis": \#(axis)"#, input: [2, 3, 4]).graph().outline
    }
    #expect(
      try outline("1") == [
        "input 2×3×4", "permutation 3×4×2", "softmax 3×4×2", "permutation 2×3×4",
      ])
    #expect(
      try outline("[1, 2]") == [
        "input 2×3×4", "permutation 4×2×3", "reshape 4×6", "softmax 4×6", "reshape 4×2×3",
        "permutation 2×3×4",
      ])
  }

  @Test(
    "Slopes are one a channel, one a value, or stretched to that.",
    arguments: [
      ("[1, 2]", [1, 1, 3], [0, 1, 2]), ("null", [2, 2, 3], Array(0..<12)),
      ("[1]", [1, 2, 3], [0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5]),
      ("[2]", [2, 1, 3], [0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5]),
      ("[1, 2, 3]", [1, 1, 1], [0, 0, 0]),
    ])
  func slopes(shared: String, shape: [Int], expected: [Int]) throws {
    let graph = try TinyModel(
      "PReLU", #""shared_axes": \#(shared)"#, input: [2, 2, 3],
      weights: [.init(name: "alpha", shape: shape)]
    ).graph()
    guard case .activation(.prelu(let slopes)) = graph.nodes[1].operation else {
      Issue.record("no PReLU")
      return
    }
    #expect(slopes.map { Int($0 * 8) } == expected)
  }
}
