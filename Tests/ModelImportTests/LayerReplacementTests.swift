import Testing

@testable import ModelImport

@Suite("What takes the place of a layer")
struct LayerReplacementTests {
  @Test(
    "A class comes with numbers in its settings' order or by name, a function alone.",
    arguments: [
      ("RESCALING(1/127.5,-1)", "Rescaling(offset=-1,scale=\(1 / 127.5))"),
      ("rescaling( 2 )", "Rescaling(scale=2)"),
      ("LRN(n=5, alpha=1e-4, beta=0.75)", "LRN(alpha=0.0001,beta=0.75,n=5)"),
      (
        "LocalResponseNormalization(2,1,2e-5,.75)",
        "LocalResponseNormalization(alpha=2e-05,beta=0.75,bias=1,depth_radius=2)"
      ),
      ("identity", "Identity"), ("Identity()", "Identity"), ("relu", "ReLU"),
      ("relu(6)", "ReLU(max_value=6)"), ("tanh", #"Activation(activation="tanh")"#),
      ("leaky_relu", #"Activation(activation="leaky_relu")"#),
      ("LeakyReLU(0.1)", "LeakyReLU(negative_slope=0.1)"),
    ])
  func reading(text: String, expected: String) throws {
    #expect(try LayerReplacement(parsing: text).description == expected)
  }

  @Test(
    "What is wrong with a text is said.",
    arguments: [
      ("Rescaling(1", "'Rescaling(1' has a parenthesis that is not closed."),
      ("Rescaling", "Rescaling needs a number for 'scale'."),
      ("Rescaling(1,2,3)", "'3' is no setting of Rescaling, which takes: scale, offset."),
      ("Rescaling(1,scale=2)", "'scale=2' is no setting of Rescaling, which takes: scale, offset."),
      ("Rescaling(x)", "'x' is not a number such as 2, -0.5, 1e-4 or 1/255."),
      ("Rescaling(1/0)", "'1/0' is not a number such as 2, -0.5, 1e-4 or 1/255."),
      ("Identity(1)", "'1' is no setting of Identity, which takes: nothing."),
      ("tanh(2)", "'tanh' takes no numbers, as a function of Keras."),
      ("LRN(2,3)", "LRN needs a number for 'beta'."),
    ])
  func faults(text: String, expected: String) {
    #expect(message { _ = try LayerReplacement(parsing: text) } == expected)
  }

  @Test("An unknown name lists those that are known.")
  func unknown() throws {
    let text = try #require(message { _ = try LayerReplacement(parsing: "Lambda") })
    #expect(text.hasPrefix("'Lambda' is no replacement that is known. Known: Rescaling, Local"))
    #expect(text.contains("activation functions"))
  }
}
