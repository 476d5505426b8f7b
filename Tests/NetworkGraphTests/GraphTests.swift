import NetworkGraph
import Testing

@Suite struct GraphTests {
  @Test("Nodes, inputs, outputs, and sites are numbered in the order in which they are added.")
  func order() throws {
    var graph = Graph(name: "two inputs")
    let shape = try #require(Shape([4]))
    let left = graph.addInput(layer: "left", shape: shape)
    let right = graph.addInput(layer: "right", shape: shape)
    let relu = try graph.add(.activation(.relu), layer: "act", inputs: [right])
    let sum = try graph.add(.elementwise(.add), layer: "sum", inputs: [left, relu])
    let tanh = try graph.add(.activation(.tanh), layer: "act", inputs: [sum])
    graph.setOutputs([tanh, sum])
    #expect(graph.name == "two inputs")
    #expect(graph.nodes.map(\.layer) == ["left", "right", "act", "sum", "act"])
    #expect(graph.nodes.map(\.inputs) == [[], [], [right], [left, relu], [sum]])
    #expect(graph.nodes.map { Array($0.sites) } == [[], [], [0], [], [1]])
    #expect(graph.inputs == [left, right])
    #expect(graph.outputs == [tanh, sum])
    #expect(graph.sites.map(\.name) == ["act/relu", "act/tanh"])
    #expect(graph.sites.map(\.node) == [relu, tanh])
    #expect(graph.sites.allSatisfy { $0.layer == "act" && $0.shape == shape })
  }

  @Test("A layer's second use of a function is #2, whatever other functions it has.")
  func repeatedUse() throws {
    var graph = Graph(name: "shared")
    var node = graph.addInput(layer: "in", shape: try #require(Shape([4])))
    let functions: [ActivationFunction] = [
      .rectifier(slope: 0, bound: 6), .relu, .relu, .rectifier(slope: 0, bound: 6),
      .elu(alpha: 1), .elu(alpha: 2), .relu,
    ]
    for function in functions {
      node = try graph.add(.activation(function), layer: "a", inputs: [node])
    }
    node = try graph.add(.activation(.relu), layer: "b", inputs: [node])
    #expect(
      graph.sites.map(\.name) == [
        "a/relu6", "a/relu", "a/relu#2", "a/relu6#2", "a/elu", "a/elu#2", "a/relu#3", "b/relu",
      ])
    #expect(graph.sites[5].function == "elu(2)")
  }

  @Test("A maximum is a site of what it reads.")
  func maximum() throws {
    var graph = Graph(name: "pools")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([4, 4, 2])))
    let window = Window(size: [2, 2], strides: [2, 2], padding: .valid)
    let pool = try graph.add(.maxPooling(window), layer: "pool", inputs: [input])
    _ = try graph.add(.globalMaxPooling(keepsAxes: false), layer: "top", inputs: [pool])
    #expect(graph.sites.map(\.name) == ["pool/max", "top/max"])
    #expect(graph.sites.map(\.shape.extents) == [[4, 4, 2], [2, 2, 2]])
    #expect(graph.sites.map(\.function) == ["max", "max"])
  }

  @Test("A step that throws leaves the graph as it was.")
  func failure() throws {
    var graph = Graph(name: "fails")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([4])))
    #expect(throws: GraphError.self) {
      try graph.add(.activation(.prelu(slopes: [1, 2])), layer: "a", inputs: [input])
    }
    #expect(graph.nodes.count == 1)
    #expect(graph.sites.isEmpty)
  }

  @Test("Readers are listed once for each time they read.")
  func readers() throws {
    var graph = Graph(name: "reads")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([4])))
    let square = try graph.add(.elementwise(.multiply), layer: "sq", inputs: [input, input])
    let relu = try graph.add(.activation(.relu), layer: "a", inputs: [input])
    #expect(graph.readers() == [[square, square, relu], [], []])
  }

  @Test("Parameters of a layer that is used twice count twice.")
  func parameters() throws {
    var graph = Graph(name: "shared")
    var node = graph.addInput(layer: "in", shape: try #require(Shape([3])))
    let dense = Operation.dense(kernel: zeros(3, 3), bias: [0, 0, 0])
    node = try graph.add(dense, layer: "d", inputs: [node])
    node = try graph.add(dense, layer: "d", inputs: [node])
    #expect(graph.parameterCount == 24)
  }

  @Test("Reading a node that is not there is a programmer's error.")
  func missingNode() async {
    await #expect(processExitsWith: .failure) {
      var graph = Graph(name: "empty")
      _ = try graph.add(.activation(.relu), layer: "a", inputs: [0])
    }
  }

  @Test("The work of a network is counted, and wiring is the same without weights.")
  func work() throws {
    var graph = Graph(name: "work")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([4, 4, 2])))
    let window = Window(size: [3, 3], strides: [2, 2], padding: .same)
    let convolution = try graph.add(
      .convolution(
        window: window, groups: 1,
        kernel: Tensor([Float](repeating: 1, count: 54), extents: [3, 3, 2, 3]),
        bias: nil), layer: "conv", inputs: [input])
    let flat = try graph.add(
      .reshape(try #require(Shape([12]))), layer: "flat", inputs: [convolution])
    let dense = try graph.add(
      .dense(kernel: Tensor([Float](repeating: 1, count: 60), extents: [12, 5]), bias: nil),
      layer: "dense", inputs: [flat])
    graph.setOutputs([try graph.add(.activation(.relu), layer: "dense", inputs: [dense])])
    // 54 weights at 4 places, 60 at one, and the numbers that the other nodes give: 32, 12, and 5.
    #expect(graph.multiplications == 1 + 54 * 4 + 60 + 32 + 12 + 5)
    let wiring = graph.withoutLinearWeights
    #expect(wiring.nodes.map(\.shape) == graph.nodes.map(\.shape))
    #expect(wiring.sites == graph.sites && wiring.outputs == graph.outputs)
    #expect(wiring.nodes.allSatisfy { $0.operation.linearWeightCount == 0 })
    #expect(graph.nodes.map(\.operation.linearWeightCount) == [0, 54, 0, 60, 0])
  }
}
