import Foundation
import PolynomialApproximation
import Testing

@Suite struct TargetFunctionTextTests {
  @Test("The canonical text of every function reads back.", arguments: everyFunction)
  func roundTrip(function: TargetFunction) throws {
    #expect(try TargetFunction(function.description) == function)
    let data = try JSONEncoder().encode([function])
    #expect(String(decoding: data, as: UTF8.self) == "[\"\(function)\"]")
    #expect(try JSONDecoder().decode([TargetFunction].self, from: data) == [function])
  }

  @Test(
    "Aliases and unwritten units are understood.",
    arguments: [
      ("swish", TargetFunction.silu), ("hard_swish", .hardSilu), ("exponential", .exp),
      ("prelu(0.3)", .leakyReLU(slope: 0.3)),
      ("elu", .elu(alpha: 1)), ("celu", .celu(alpha: 1)),
      (" leaky_relu( 0.3 ) ", .leakyReLU(slope: 0.3)),
    ])
  func aliases(text: String, function: TargetFunction) throws {
    #expect(try TargetFunction(text) == function)
  }

  @Test("An unknown name is refused with the list of known ones.")
  func unknownName() {
    let error = #expect(throws: TargetFunctionError.unknownName("rleu")) {
      try TargetFunction("rleu(2)")
    }
    #expect(
      error?.description
        == "unknown function 'rleu'; known are abs, celu(…), elu(…), erf, exp, gelu, gelu_tanh, "
        + "hard_sigmoid, hard_sigmoid_relu6, hard_silu, hard_tanh, leaky_relu(…), log_sigmoid, "
        + "mish, power(…), reciprocal, relu, relu6, rsqrt, selu, sigmoid, sign, silu, sin, "
        + "soft_shrink, softplus, softsign, sparse_plus, sparse_sigmoid, sqrt, squareplus, tanh, "
        + "tanh_shrink")
  }

  @Test(
    "A wrong parameter is refused with what to write instead.",
    arguments: [
      ("leaky_relu", "function 'leaky_relu' needs a parameter; write for example leaky_relu(0.3)"),
      ("relu(2)", "function 'relu' takes no parameter; write relu"),
      ("swish()", "function 'silu' takes no parameter; write silu"),
      ("power(x)", "'x' is not a parameter of 'power'; write a finite number"),
      ("power(nan)", "'nan' is not a parameter of 'power'; write a finite number"),
      ("elu(1", "'1' is not a parameter of 'elu'; write a finite number"),
      ("celu(-1)", "'-1' is not a parameter of 'celu'; write a positive number"),
    ])
  func parameterErrors(text: String, message: String) {
    let error = #expect(throws: TargetFunctionError.self) { try TargetFunction(text) }
    #expect(error?.description == message)
  }

  @Test("A file with an unknown function is refused.")
  func decodingError() {
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([TargetFunction].self, from: Data(#"["rleu"]"#.utf8))
    }
  }
}
