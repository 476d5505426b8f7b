import NetworkGraph
import TestSupport
import Testing

@testable import ForwardPass

@Suite struct BatchPlanTests {
  private let halving = NetworkGraph.Operation.maxPooling(
    Window(size: [2, 2], strides: [2, 2], padding: .valid))

  /// A network over a picture.
  private func network(
    _ extents: [Int] = [32, 32, 2], _ add: (inout Graph, Int) throws -> [Int]
  ) throws -> Graph {
    var graph = Graph(name: "network")
    let input = graph.addInput(layer: "in", shape: try #require(Shape(extents)))
    graph.setOutputs(try add(&graph, input))
    return graph
  }

  @Test("A chain can be cut behind each step that writes a buffer of its own, but not at its end.")
  func chain() throws {
    let graph = try network { graph, input in
      let pool = try graph.add(halving, layer: "p", inputs: [input])
      let relu = try graph.add(.activation(.relu), layer: "a", inputs: [pool])
      let flat = try graph.add(.reshape(#require(Shape([512]))), layer: "f", inputs: [relu])
      return [try graph.add(.activation(.tanh), layer: "t", inputs: [flat])]
    }
    // Behind the input and the pooling; what comes after may lie where the pooling wrote.
    #expect(BatchPlan.cuts(of: graph) == [1, 2])
  }

  @Test("No cut is where two activations go on, one is an output, or an input is still to come.")
  func forbiddenCuts() throws {
    let residual = try network { graph, input in
      let a = try graph.add(halving, layer: "a", inputs: [input])
      let b = try graph.add(halving, layer: "b", inputs: [input])
      let sum = try graph.add(.elementwise(.add), layer: "s", inputs: [a, b])
      let c = try graph.add(halving, layer: "c", inputs: [sum])
      let d = try graph.add(halving, layer: "d", inputs: [c])
      return [c, try graph.add(halving, layer: "e", inputs: [d])]
    }
    #expect(BatchPlan.cuts(of: residual) == [1, 4])

    var late = Graph(name: "late")
    let shape = try #require(Shape([4, 4, 1]))
    let first = late.addInput(layer: "a", shape: shape)
    let pool = try late.add(halving, layer: "p", inputs: [first])
    let second = late.addInput(layer: "b", shape: try #require(Shape([2, 2, 1])))
    let sum = try late.add(.elementwise(.add), layer: "s", inputs: [pool, second])
    late.setOutputs([try late.add(halving, layer: "q", inputs: [sum])])
    #expect(BatchPlan.cuts(of: late) == [4])
  }

  @Test("Batches grow as maps shrink, never beyond what a later part takes.")
  func samples() throws {
    // 8, 2, 0.5 and 0.125 MiB a sample, in a network without weights.
    let graph = try network([512, 512, 8]) { graph, input in
      var node = input
      for layer in 0..<2 { node = try graph.add(halving, layer: "\(layer)", inputs: [node]) }
      node = try graph.add(halving, layer: "small", inputs: [node])
      return [try graph.add(halving, layer: "smaller", inputs: [node])]
    }
    let parts = BatchPlan(for: graph).parts
    #expect(parts.map(\.samples) == [1, 2, 8])
    #expect(parts.map(\.nodes) == [0..<3, 3..<4, 4..<5])

    let growing = try network([64, 64, 2]) { graph, input in
      let small = try graph.add(halving, layer: "a", inputs: [input])
      return [try graph.add(.nearestUpsampling([16, 16]), layer: "b", inputs: [small])]
    }
    #expect(BatchPlan(for: growing).parts == BatchPlan(growing, samples: 1).parts)
  }

  @Test("Batches are larger where weights are many, to read them less often.")
  func manyWeights() throws {
    func samples(inputs: Int, units: Int, layers: Int) throws -> [Int] {
      let graph = try network([512, 512, 2]) { graph, input in
        var node = input
        for layer in 0..<5 { node = try graph.add(halving, layer: "\(layer)", inputs: [node]) }
        node = try graph.add(
          .reshape(#require(Shape([inputs]))), layer: "flat", inputs: [node])
        for layer in 0..<layers {
          let (from, to) = layer == 0 ? (inputs, units) : (units, units)
          let kernel = Tensor([Float](repeating: 0, count: from * to), extents: [from, to])
          node = try graph.add(
            .dense(kernel: kernel, bias: nil), layer: "d\(layer)", inputs: [node])
        }
        return [node]
      }
      return BatchPlan(for: graph).parts.map(\.samples)
    }
    // 2, 0.5 and 0.125 MiB a sample and less, with fewer weights than a mebibyte and with more.
    #expect(try samples(inputs: 512, units: 512, layers: 1) == [1, 2, 8, 32, 64])
    #expect(try samples(inputs: 512, units: 1_024, layers: 2) == [2, 8, 32, 64])
  }

  @Test("Much arithmetic, or much to keep, makes batches smaller.")
  func limits() throws {
    let kernel = Tensor(
      [Float](repeating: 0, count: 1_024 * 1_024), extents: [1_024, 1_024])
    let wide = try network([16, 1_024]) { graph, input in
      var node = input
      for layer in 0..<100 {
        node = try graph.add(
          .dense(kernel: kernel, bias: nil), layer: "\(layer)", inputs: [node])
      }
      return [node]
    }
    // 1.7 G multiplications a sample, 16 a weight.
    #expect(BatchPlan(for: wide).parts.map(\.samples) == [16])

    let deep = try network([4_096]) { graph, input in
      var node = input
      for layer in 0..<2_048 {
        node = try graph.add(.activation(.tanh), layer: "\(layer)", inputs: [node])
      }
      return [node]
    }
    #expect(BatchPlan(for: deep).parts.map(\.samples) == [16])
  }

  @Test(
    "Random networks in random parts agree with the interpreter, and give each sample the same bits whatever the others are.",
    arguments: 0..<40 as Range<UInt64>)
  func random(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let graph = try network([6, 6, 3]) { graph, input in
      var node = input
      for step in 0..<8 {
        let layer = "\(step)"
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: node = try graph.add(.activation(.relu), layer: layer, inputs: [node])
        case 1: node = try graph.add(.activation(.tanh), layer: layer, inputs: [node])
        case 2:
          let scaled = try graph.add(
            .affine(scale: generator.floats(3), shift: generator.floats(3)), layer: layer,
            inputs: [node])
          node = try graph.add(.elementwise(.average), layer: layer, inputs: [scaled, node])
        case 3:
          node = try graph.add(
            .dense(kernel: generator.tensor(3, 3), bias: generator.floats(3)), layer: layer,
            inputs: [node])
        case 4: node = try graph.add(.permutation([1, 0, 2]), layer: layer, inputs: [node])
        case 5:
          let window = Window(size: [3, 3], strides: [1, 1], padding: .same)
          node = try graph.add(.maxPooling(window), layer: layer, inputs: [node])
        case 6:
          let sum = try graph.add(
            .localSquareSum(radius: 1, bias: 1, alpha: 1), layer: layer, inputs: [node])
          let power = try graph.add(.activation(.power(-0.75)), layer: layer, inputs: [sum])
          let factor = Bool.random(using: &generator) ? node : sum
          node = try graph.add(.elementwise(.multiply), layer: layer, inputs: [factor, power])
        default:
          node = try graph.add(.reshape(#require(Shape([6, 6, 3]))), layer: layer, inputs: [node])
        }
      }
      return [node]
    }
    let cuts = BatchPlan.cuts(of: graph).filter { _ in Bool.random(using: &generator) }
    var samples = [Int.random(in: 1...2, using: &generator)]
    for _ in cuts { samples.append(samples.last! * Int.random(in: 1...3, using: &generator)) }
    // Keeps the last batch small.
    let batches = BatchPlan(graph, cuts: Array(cuts.prefix(3)), samples: Array(samples.prefix(4)))
    try expectAgreement(graph, batches: batches, samples: 11, seed: seed)

    let data = (0..<11).map { _ in [generator.floats(108)] }
    let executor = try Executor(ExecutionPlan(graph, batches: batches))
    let whole = try Run(executor, data)
    var part = try Run(executor, data, samples: 4..<9)
    part.sites = part.sites.enumerated().map { whole.sites[$0][..<4] + $1 + whole.sites[$0][9...] }
    part.outputs = [whole.outputs[0][..<4] + part.outputs[0] + whole.outputs[0][9...]]
    let isIdentical = part.isIdentical(to: whole)
    #expect(isIdentical)
  }

  @Test("Each part is shown its samples in order, and reads them as the first part takes them.")
  func observations() throws {
    let graph = try network([8, 8, 1]) { graph, input in
      let first = try graph.add(.activation(.tanh), layer: "a", inputs: [input])
      let small = try graph.add(halving, layer: "p", inputs: [first])
      return [try graph.add(.activation(.tanh), layer: "b", inputs: [small])]
    }
    let batches = BatchPlan(graph, cuts: [3], samples: [2, 4])
    var reads: [Range<Int>] = []
    let recorder = Recorder()
    try Executor(ExecutionPlan(graph, batches: batches)).run(
      samples: 0..<7,
      fill: { samples, _, values in
        reads.append(samples)
        values.initialize(repeating: 1)
      }, observer: recorder)
    #expect(reads == [0..<2, 2..<4, 4..<6, 6..<7])
    let seen = recorder.observations.filter { graph.sites[$0.site].layer != "p" }
    #expect(
      seen.map { "\(graph.sites[$0.site].layer) \($0.samples)" } == [
        "a 0..<2", "a 2..<4", "b 0..<4", "a 4..<6", "a 6..<7", "b 4..<7",
      ])
  }

  @Test("Parts take less memory than a batch for all.")
  func memory() throws {
    let graph = try network([64, 64, 8]) { graph, input in
      var node = input
      for layer in 0..<3 { node = try graph.add(halving, layer: "\(layer)", inputs: [node]) }
      return [node]
    }
    let parts = try ExecutionPlan(
      graph, batches: BatchPlan(graph, cuts: [2, 3], samples: [1, 4, 16]))
    let whole = try ExecutionPlan(graph, samplesPerBatch: 16)
    // The input and what is made of it, of one sample; the first boundary, of 4; the last, of 16.
    #expect(parts.workingBytes <= (32_768 + 4 * 8_192 + 16 * 2_048 + 16 * 512) * 4)
    #expect(whole.workingBytes == 16 * (32_768 + 8_192) * 4)
  }
}
