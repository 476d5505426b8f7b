import NetworkGraph
import TestSupport
import Testing

@testable import ForwardPass

/// Keeps every observation, and rectifies as asked.
final class Recorder: PreactivationObserver {
  struct Observation: Equatable {
    let site: Int
    let samples: Range<Int>
    let offset: Int
    let values: [Float]
  }
  private(set) var observations: [Observation] = []

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
    offset: Int, rectifier: Rectifier?
  ) {
    observations.append(
      Observation(site: site, samples: samples, offset: offset, values: Array(values)))
    guard let rectifier else { return }
    let function = ActivationFunction.rectifier(slope: rectifier.slope, bound: rectifier.bound)
    for index in values.indices { values[index] = function(values[index]) }
  }
}

/// What a run of an executor gave, for each sample.
struct Run {
  /// Pre-activations by site, then by sample; NaN where nothing was shown.
  var sites: [[[Float]]]
  /// Outputs by output, then by sample.
  var outputs: [[[Float]]]

  /// Runs some samples, each being one array an input.
  init(_ executor: Executor, _ data: [[[Float]]], samples: Range<Int>? = nil) throws {
    let plan = executor.plan
    let samples = samples ?? data.indices
    let recorder = Recorder()
    var outputs = plan.outputShapes.map { _ in [[Float]]() }
    try executor.run(
      samples: samples,
      fill: { samples, input, buffer in
        _ = buffer.update(fromContentsOf: samples.flatMap { data[$0][input] })
      },
      observer: recorder,
      output: { samples, output, values in
        #expect(values.count == samples.count * plan.outputShapes[output].count)
        outputs[output] += Self.split(Array(values), samples.count)
      })
    self.outputs = outputs
    sites = plan.sites.map { site in
      samples.map { _ in [Float](repeating: .nan, count: site.shape.count) }
    }
    for seen in recorder.observations {
      for (sample, values) in zip(seen.samples, Self.split(seen.values, seen.samples.count)) {
        let span = seen.offset..<seen.offset + values.count
        sites[seen.site][sample - samples.lowerBound].replaceSubrange(span, with: values)
      }
    }
    for derived in plan.rectifiedSites {
      for sample in samples {
        let place = sample - samples.lowerBound
        sites[derived.site][place] = Self.sideBySide(
          derived.sources.map { (sites[$0][place], plan.sites[$0].shape.channels) }
        ).map { $0 < 0 ? 0 : $0 }
      }
    }
  }

  /// Joins tensors along their last axis, given the channels of each.
  private static func sideBySide(_ parts: [(values: [Float], channels: Int)]) -> [Float] {
    (0..<parts[0].values.count / parts[0].channels).flatMap { place in
      parts.flatMap { $0.values[place * $0.channels..<(place + 1) * $0.channels] }
    }
  }

  private static func split(_ values: [Float], _ samples: Int) -> [[Float]] {
    let size = values.count / samples
    return (0..<samples).map { Array(values[$0 * size..<($0 + 1) * size]) }
  }

  /// The same bits in every site and output.
  func isIdentical(to other: Run) -> Bool {
    func bits(_ run: Run) -> [[[UInt32]]] {
      (run.sites + run.outputs).map { $0.map { $0.map(\.bitPattern) } }
    }
    return bits(self) == bits(other)
  }
}

/// Runs random samples through a graph and compares every site and output with the interpreter.
///
/// The tolerance, 1e-5 · max(1, |value|): numbers and weights lie in [-1, 1], and sums have at most
/// some 300 terms and stay below 10; rounding each partial sum to 2⁻²⁴ of it walks at random by
/// √300 · 10 · 2⁻²⁴ = 1e-5.
func expectAgreement(
  _ graph: Graph, samplesPerBatch: Int = 2, batches: BatchPlan? = nil, samples: Int = 3,
  in interval: ClosedRange<Float> = -1...1, tolerance: Double = 1e-5,
  seed: UInt64 = 7, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  var generator = SeededGenerator(seed)
  let data = (0..<samples).map { _ in
    graph.inputs.map { generator.floats(graph.nodes[$0].shape.count, in: interval) }
  }
  let plan = try ExecutionPlan(
    graph, batches: batches ?? BatchPlan(graph, samples: samplesPerBatch))
  let run = try Run(Executor(plan), data)
  func compare(_ found: [Float], _ expected: [Double], _ what: String) {
    #expect(found.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    let worst = zip(found, expected)
      .map { $0.isNaN && $1.isNaN ? 0 : abs(Double($0) - $1) / max(1, abs($1)) }
      .reduce(0) { $1 <= $0 ? $0 : $1 }
    #expect(worst <= tolerance, "\(what)", sourceLocation: sourceLocation)
  }
  for sample in data.indices {
    let reference = Reference(graph, inputs: data[sample])
    for (index, site) in graph.sites.enumerated() {
      let expected = reference.preactivations(of: index, in: graph)
      compare(run.sites[index][sample], expected, "sample \(sample), site \(site.name)")
    }
    for (index, node) in graph.outputs.enumerated() {
      compare(
        run.outputs[index][sample], reference.values[node], "sample \(sample), output \(index)")
    }
  }
}

/// A graph of one operation over inputs with the given extents.
func graph(_ operation: NetworkGraph.Operation, _ inputs: [Int]...) throws -> Graph {
  try graph(operation, inputs)
}

/// A graph of one operation over inputs with the given extents.
func graph(_ operation: NetworkGraph.Operation, _ inputs: [[Int]]) throws -> Graph {
  var graph = Graph(name: "one operation")
  let nodes = try inputs.map { graph.addInput(layer: "in", shape: try #require(Shape($0))) }
  graph.setOutputs([try graph.add(operation, layer: "it", inputs: nodes)])
  return graph
}

/// Runs one sample through one operation.
func output(
  _ operation: NetworkGraph.Operation, extents: [[Int]], _ inputs: [[Float]]
) throws -> [Float] {
  let plan = try ExecutionPlan(graph(operation, extents), samplesPerBatch: 1)
  return try Run(Executor(plan), [inputs]).outputs[0][0]
}
