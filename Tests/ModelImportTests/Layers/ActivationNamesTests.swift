import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Activation functions by name")
struct ActivationNamesTests {
  private func function(_ json: String, generation: Int = 2) throws -> ActivationFunction? {
    let value = try JSONValue(parsing: Array(json.utf8))
    return try LayerSettings(layer: "l", className: "Dense", values: ["activation": value])
      .activationFunction(generation: generation)
  }

  @Test(
    "Every name means a function, the same in all versions of Keras.",
    arguments: [
      ("relu", ActivationFunction.relu), ("relu6", .rectifier(slope: 0, bound: 6)),
      ("leaky_relu", .rectifier(slope: 0.2, bound: .infinity)), ("elu", .elu(alpha: 1)),
      ("selu", .selu), ("sigmoid", .sigmoid), ("tanh", .tanh), ("hard_tanh", .hardTanh),
      ("softplus", .softplus), ("softsign", .softsign), ("silu", .silu), ("swish", .silu),
      ("hard_silu", .hardSilu), ("hard_swish", .hardSilu), ("gelu", .gelu(approximate: false)),
      ("mish", .mish), ("log_sigmoid", .logSigmoid), ("exponential", .exponential),
      ("softmax", .softmax),
    ])
  func names(name: String, expected: ActivationFunction) throws {
    for generation in 1...3 {
      #expect(try function("\"\(name)\"", generation: generation) == expected)
    }
  }

  @Test("Linear, null and nothing are no function.")
  func linear() throws {
    #expect(try function("\"linear\"") == nil)
    #expect(try function("null") == nil)
  }

  @Test("The hard sigmoid has another slope in Keras 3.")
  func hardSigmoid() throws {
    #expect(try function("\"hard_sigmoid\"", generation: 1) == .hardSigmoid(slope: 0.2))
    #expect(try function("\"hard_sigmoid\"", generation: 2) == .hardSigmoid(slope: 0.2))
    #expect(try function("\"hard_sigmoid\"", generation: 3) == .hardSigmoid(slope: 1 / 6))
  }

  @Test(
    "Serialised functions and layers are opened.",
    arguments: [
      (#"{"class_name": "function", "config": "tanh"}"#, ActivationFunction.tanh),
      (#"{"class_name": "ReLU", "config": {"max_value": 6.0}}"#, .rectifier(slope: 0, bound: 6)),
      (#"{"class_name": "LeakyReLU", "config": {}}"#, .rectifier(slope: 0.3, bound: .infinity)),
      (#"{"class_name": "Activation", "config": {"activation": "elu"}}"#, .elu(alpha: 1)),
    ])
  func serialised(json: String, expected: ActivationFunction) throws {
    #expect(try function(json) == expected)
  }

  @Test(
    "An unknown function is refused with those that are known.",
    arguments: [
      ("\"sparsemax\"", "'sparsemax'"), ("\"glu\"", "'glu'"), ("\"hard_shrink\"", "'hard_shrink'"),
      (#"{"class_name": "mine>Act"}"#, "mine>Act"), ("3", "3"),
    ])
  func unknown(json: String, name: String) throws {
    let text = try #require(message { _ = try function(json) })
    #expect(
      text == """
        layer 'l' (Dense) has the activation \(name), which Rangefinder does not know.
          Known: celu, elu, exponential, gelu, hard_sigmoid, hard_silu, hard_swish, hard_tanh,
            leaky_relu, linear, log_sigmoid, log_softmax, log_softmax_v2, mish, relu, relu6, selu,
            sigmoid, silu, soft_shrink, softmax, softmax_v2, softplus, softsign, sparse_plus,
            sparse_sigmoid, squareplus, swish, tanh, tanh_shrink.
        """)
  }
}
