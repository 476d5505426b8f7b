import ForwardPass
import NetworkGraph
import TestSupport
import Testing

@Suite struct ExecutionPlanTests {
  @Test("A plan knows its sites and the shapes of inputs and outputs.")
  func shapes() throws {
    let graph = try convolutionalNetwork()
    let plan = try ExecutionPlan(graph)
    #expect(plan.sites == graph.sites)
    #expect(plan.inputShapes == [Shape([8, 8, 3]), Shape([4])])
    #expect(plan.outputShapes == [Shape([6]), Shape([4, 4, 16])])
  }

  @Test("The batch is what is asked for, and otherwise follows from the largest activation.")
  func samplesPerBatch() throws {
    func batch(_ extents: [Int]) throws -> Int {
      try ExecutionPlan(graph(.activation(.relu), extents)).samplesPerBatch
    }
    #expect(try batch([10]) == 64)
    #expect(try batch([1 << 12]) == 64)
    #expect(try batch([1 << 13]) == 32)
    #expect(try batch([112, 112, 64]) == 1)
    #expect(try ExecutionPlan(convolutionalNetwork(), samplesPerBatch: 3).samplesPerBatch == 3)
  }

  @Test("A batch without samples is a programmer's error.")
  func emptyBatch() async {
    await #expect(processExitsWith: .failure) {
      _ = try ExecutionPlan(convolutionalNetwork(), samplesPerBatch: 0)
    }
  }

  @Test("A deep chain needs the memory of its two largest neighbours.")
  func workingBytes() throws {
    var graph = Graph(name: "deep")
    var node = graph.addInput(layer: "in", shape: try #require(Shape([16, 16])))
    for layer in 0..<20 {
      node = try graph.add(.permutation([1, 0]), layer: "\(layer)", inputs: [node])
      node = try graph.add(.activation(.relu), layer: "a\(layer)", inputs: [node])
    }
    graph.setOutputs([node])
    #expect(try ExecutionPlan(graph, samplesPerBatch: 4).workingBytes == 2 * 4 * 256 * 4)
  }
}

/// Two inputs, two outputs, six sites, a residual connection, and a folded affine step.
func convolutionalNetwork() throws -> Graph {
  var generator = SeededGenerator(12)
  var graph = Graph(name: "small")
  let picture = graph.addInput(layer: "picture", shape: Shape([8, 8, 3])!)
  let vector = graph.addInput(layer: "vector", shape: Shape([4])!)
  let window = Window(size: [3, 3], strides: [1, 1], padding: .same)
  func convolution(_ channels: Int, _ input: Int, _ layer: String) throws -> Int {
    let kernel = generator.tensor(3, 3, channels, 16)
    return try graph.add(
      .convolution(window: window, groups: 1, kernel: kernel, bias: generator.floats(16)),
      layer: layer, inputs: [input])
  }
  var node = try convolution(3, picture, "c1")
  node = try graph.add(
    .affine(scale: generator.floats(16, in: 0...0.2), shift: generator.floats(16)), layer: "bn",
    inputs: [node])
  let first = try graph.add(.activation(.relu), layer: "r1", inputs: [node])
  let second = try graph.add(
    .affine(scale: [0.1], shift: [0]), layer: "s", inputs: [try convolution(16, first, "c2")])
  let sum = try graph.add(.elementwise(.add), layer: "sum", inputs: [node, second])
  node = try graph.add(.activation(.rectifier(slope: 0.1, bound: 6)), layer: "r2", inputs: [sum])
  let pooled = try graph.add(
    .maxPooling(Window(size: [2, 2], strides: [2, 2], padding: .valid)), layer: "p",
    inputs: [node])
  node = try graph.add(.globalAveragePooling(keepsAxes: false), layer: "g", inputs: [pooled])
  node = try graph.add(.concatenation(axis: 0), layer: "cat", inputs: [node, vector])
  node = try graph.add(.activation(.tanh), layer: "t", inputs: [node])
  node = try graph.add(
    .dense(kernel: generator.tensor(20, 6), bias: generator.floats(6)), layer: "d", inputs: [node])
  node = try graph.add(.activation(.softmax), layer: "d", inputs: [node])
  let top = try graph.add(.activation(.silu), layer: "u", inputs: [pooled])
  graph.setOutputs([node, top])
  return graph
}
