import Testing

@testable import ModelImport

@Suite("The wiring of a functional model")
struct FunctionalWiringTests {
  private typealias Reference = ModelConfig.Reference

  private func input(_ name: String) -> String {
    """
    {"class_name": "InputLayer", "name": "\(name)", "inbound_nodes": [],
      "config": {"name": "\(name)", "batch_input_shape": [null, 4]}}
    """
  }

  private func layer(_ className: String, _ name: String, _ nodes: String) -> String {
    """
    {"class_name": "\(className)", "name": "\(name)", "inbound_nodes": \(nodes),
      "config": {"name": "\(name)"}}
    """
  }

  private func tensor(_ name: String, _ node: Int, _ output: Int) -> String {
    """
    {"class_name": "__keras_tensor__",
      "config": {"shape": [null, 4], "keras_history": ["\(name)", \(node), \(output)]}}
    """
  }

  private func model(_ layers: [String], inputs: String, outputs: String) throws -> ModelConfig {
    try ModelConfigTests.config(
      """
      {"class_name": "Functional", "config": {"name": "net",
        "layers": [\(layers.joined(separator: ", "))],
        "input_layers": \(inputs), "output_layers": \(outputs)}}
      """)
  }

  @Test("Lists of Keras 2 and objects of Keras 3 say the same.")
  func bothForms() throws {
    let old = try model(
      [input("a"), input("b"), layer("Add", "s", #"[[["a", 0, 0, {}], ["b", 0, 0, {}]]]"#)],
      inputs: #"[["b", 0, 0], ["a", 0, 0]]"#, outputs: #"[["s", 0, 0]]"#)
    let new = try model(
      [
        input("a"), input("b"),
        layer("Add", "s", #"[{"args": [[\#(tensor("a", 0, 0)), \#(tensor("b", 0, 0))]]}]"#),
      ],
      inputs: #"[["b", 0, 0], ["a", 0, 0]]"#, outputs: #"["s", 0, 0]"#)
    for config in [old, new] {
      #expect(config.inputs == [1, 0])
      #expect(config.layers[2].calls[0].inputs.map(\.layer) == [0, 1])
      #expect(config.outputs == [Reference(layer: 2, call: 0, output: 0)])
    }
  }

  private let tower = #"""
    {"class_name": "CLASS", "name": "t", "inbound_nodes": NODES, "config": {"name": "t", "layers":
      [{"class_name": "InputLayer", "name": "i", "inbound_nodes": [],
        "config": {"name": "i", "batch_input_shape": [null, 4]}}],
      "input_layers": [["i", 0, 0]], "output_layers": [["i", 0, 0]]}}
    """#

  private func tower(_ className: String, _ nodes: String) -> String {
    tower.replacing("CLASS", with: className).replacing("NODES", with: nodes)
  }

  @Test(
    "Calls of a nested model are found whether they are counted from 0 or from 1.",
    arguments: [0, 1])
  func callsOfKeras2(origin: Int) throws {
    let config = try model(
      [
        input("a"), input("b"), tower("Model", #"[[["a", 0, 0, {}]], [["b", 0, 0, {}]]]"#),
        layer("Subtract", "s", #"[[["t", \#(origin), 0, {}], ["t", \#(origin + 1), 0, {}]]]"#),
      ],
      inputs: #"[["a", 0, 0], ["b", 0, 0]]"#, outputs: #"[["s", 0, 0], ["t", \#(origin + 1), 0]]"#)
    #expect(config.layers[3].calls[0].inputs.map(\.call) == [0, 1])
    #expect(config.outputs.map(\.call) == [0, 1])
  }

  @Test("Keras 3 counts a functional model's calls from 0 inside, and from 1 as outputs.")
  func callsOfKeras3() throws {
    let nodes = #"[{"args": [\#(tensor("a", 0, 0))]}, {"args": [\#(tensor("b", 0, 0))]}]"#
    let difference = #"[{"args": [[\#(tensor("t", 0, 0)), \#(tensor("t", 1, 0))]]}]"#
    for (className, origin) in [("Functional", 1), ("Sequential", 0)] {
      let config = try model(
        [input("a"), input("b"), tower(className, nodes), layer("Subtract", "s", difference)],
        inputs: #"[["a", 0, 0], ["b", 0, 0]]"#,
        outputs: #"[["s", 0, 0], ["t", \#(origin + 1), 0]]"#)
      #expect(config.layers[3].calls[0].inputs.map(\.call) == [0, 1])
      #expect(config.outputs.map(\.call) == [0, 1])
    }
  }

  @Test("Calls are ordered by what they read, and else as in the file.")
  func order() throws {
    let config = try model(
      [
        layer("ReLU", "last", #"[[["first", 1, 0, {}]]]"#), input("a"),
        layer("ReLU", "first", #"[[["a", 0, 0, {}]], [["middle", 0, 0, {}]]]"#),
        layer("ReLU", "middle", #"[[["first", 0, 0, {}]]]"#),
      ],
      inputs: #"["a", 0, 0]"#, outputs: #"["last", 0, 0]"#)
    #expect(
      config.order.map { "\(config.layers[$0.layer].name) \($0.call)" }
        == ["first 0", "middle 0", "first 1", "last 0"])
  }

  @Test("Layers that wait for each other are refused.")
  func cycle() {
    let layers = [
      input("a"), layer("Add", "p", #"[[["a", 0, 0, {}], ["q", 0, 0, {}]]]"#),
      layer("ReLU", "q", #"[[["p", 0, 0, {}]]]"#),
    ]
    #expect(
      message { _ = try model(layers, inputs: #"["a", 0, 0]"#, outputs: #"["q", 0, 0]"#) }
        == "layer 'p' waits for its own output: the architecture has a cycle.")
  }

  @Test("A chain of many thousand layers needs no deep stack.")
  func longChain() throws {
    let count = 20_000
    let chain = (1...count).reversed().map { index in
      layer("ReLU", "r\(index)", #"[[["\#(index == 1 ? "a" : "r\(index - 1)")", 0, 0, {}]]]"#)
    }
    let config = try model(
      chain + [input("a")], inputs: #"["a", 0, 0]"#, outputs: #"["r\#(count)", 0, 0]"#)
    #expect(config.order.map(\.layer) == (0..<count).reversed())
  }

  @Test(
    "References to nothing are refused with the place.",
    arguments: [
      (#"[[["zzz", 0, 0, {}]]]"#, "r.inbound_nodes", "[\"zzz\", 0, 0, an object]"),
      (#"[[["a", -1, 0, {}]]]"#, "r.inbound_nodes", "[\"a\", -1, 0, an object]"),
      ("[[]]", "r.inbound_nodes", "[]"), ("[]", "r.inbound_nodes", "nothing"),
    ])
  func broken(nodes: String, place: String, found: String) throws {
    let layers = [input("a"), layer("ReLU", "r", nodes)]
    let text = try #require(
      message { _ = try model(layers, inputs: #"["a", 0, 0]"#, outputs: #"["r", 0, 0]"#) })
    #expect(text.hasPrefix("the architecture has \(found) at '\(place)'; expected: "))
  }

  @Test("A call that does not exist is refused.")
  func missingCall() throws {
    let layers = [
      input("a"), layer("ReLU", "r", #"[[["a", 0, 0, {}]]]"#),
      layer("Add", "s", #"[[["r", 0, 0, {}], ["r", 1, 0, {}]]]"#),
    ]
    #expect(
      message { _ = try model(layers, inputs: #"["a", 0, 0]"#, outputs: #"["s", 0, 0]"#) }
        == "the architecture has 1 calls at 'r.inbound_nodes'; expected: at least 2.")
  }

  @Test("Arguments beside tensors are kept, but for the training flag and empty masks.")
  func otherArguments() throws {
    let config = try model(
      [
        input("a"),
        layer("ReLU", "m", #"[{"args": [\#(tensor("a", 0, 0)), 2.0], "kwargs": {}}]"#),
        layer(
          "ReLU", "r",
          #"[{"args": [\#(tensor("m", 0, 0))], "kwargs": {"mask": null, "training": false}}]"#),
        layer("ReLU", "k", #"[[["r", 0, 0, {"y": 3}]]]"#),
      ],
      inputs: #"["a", 0, 0]"#, outputs: #"["k", 0, 0]"#)
    #expect(config.layers.flatMap(\.calls).map(\.otherArguments) == [["2"], [], ["y = 3"]])
  }

  @Test("Masks that a call names are references of their own, one for each input.")
  func masks() throws {
    let one = #"[{"args": [\#(tensor("a", 0, 0))], "kwargs": {"mask": \#(tensor("n", 0, 0))}}]"#
    let list = #"""
      [{"args": [[\#(tensor("r", 0, 0)), \#(tensor("a", 0, 0))]],
        "kwargs": {"mask": [\#(tensor("n", 0, 0)), null]}}]
      """#
    let config = try model(
      [
        input("a"), layer("ReLU", "r", one), layer("Add", "s", list),
        layer("ReLU", "n", #"[{"args": [\#(tensor("a", 0, 0))], "kwargs": {}}]"#),
      ],
      inputs: #"["a", 0, 0]"#, outputs: #"["s", 0, 0]"#)
    let mask = Reference(layer: 3, call: 0, output: 0)
    #expect(config.layers[1].calls[0].masks == [mask])
    #expect(config.layers[2].calls[0].masks == [mask, nil])
    #expect(config.layers[2].calls[0].inputs.map(\.layer) == [1, 0])
    // A mask is made before it is read.
    #expect(config.order.map(\.layer) == [3, 1, 2])
  }

  @Test("Arguments of a function are bound to its parameters, whatever version stored them.")
  func functions() throws {
    func call(_ className: String, _ node: String) throws -> ModelConfig.Call {
      try model(
        [input("a"), input("b"), layer(className, "f", "[\(node)]")],
        inputs: #"[["a", 0, 0], ["b", 0, 0]]"#, outputs: #"["f", 0, 0]"#
      ).layers[2].calls[0]
    }
    let keras3 = try call("ops.Subtract", #"{"args": [1.5, \#(tensor("a", 0, 0))], "kwargs": {}}"#)
    #expect(keras3.parameters == ["x2"])
    #expect(keras3.constants == ["x1": .number(1.5)])
    let named = try call(
      "ops.Subtract", #"{"args": [\#(tensor("b", 0, 0))], "kwargs": {"x2": \#(tensor("a", 0, 0))}}"#
    )
    #expect(named.parameters == ["x1", "x2"])
    #expect(named.inputs.map(\.layer) == [1, 0])
    let keras2 = try call("tf.math.subtract", #"["a", 0, 0, {"y": ["b", 0, 0], "name": null}]"#)
    #expect(keras2.parameters == ["x", "y"])
    #expect(keras2.inputs.map(\.layer) == [0, 1])
    let constant = try call(
      "tf.math.subtract", #"["_CONSTANT_VALUE", -1, 2.0, {"y": ["b", 0, 0], "name": null}]"#)
    #expect(constant.parameters == ["y"])
    #expect(constant.constants == ["x": .number(2)])
    let list = try call(
      "tf.concat", #"[["a", 0, 0, {"axis": 1}], ["b", 0, 0, {"axis": 1}]]"#)
    #expect(list.inputs.map(\.layer) == [0, 1])
    #expect(list.constants == ["axis": .number(1)])
    #expect(
      try call("tf.nn.relu", #"["a", 0, 0, {"extra": 3}]"#).otherArguments == ["extra = 3"])
  }
}
