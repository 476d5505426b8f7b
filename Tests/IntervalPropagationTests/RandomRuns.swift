import ForwardPass
import Glibc
import IntervalPropagation
import NetworkGraph
import TestSupport
import Testing

extension SeededGenerator {
  /// Ranges with random ends, some of them single numbers.
  mutating func box(_ count: Int, in interval: ClosedRange<Float> = -1...1) -> [ClosedRange<Float>]
  {
    (0..<count).map { _ in
      let ends = floats(2, in: interval).sorted()
      return Int.random(in: 0..<8, using: &self) == 0 ? ends[0]...ends[0] : ends[0]...ends[1]
    }
  }

  /// A point of a box: a vertex, or anywhere in it.
  mutating func point(of box: [ClosedRange<Float>]) -> [Float] {
    let isVertex = Bool.random(using: &self)
    return box.map { range in
      guard isVertex else { return Float.random(in: range, using: &self) }
      return Bool.random(using: &self) ? range.lowerBound : range.upperBound
    }
  }
}

/// Where a network's numbers were over some runs.
final class SeenRanges: PreactivationObserver {
  private(set) var sites: [ClosedRange<Double>?]
  /// For each output, the range of each of its numbers.
  private(set) var outputs: [[ClosedRange<Double>?]]

  /// Runs samples, each being one array an input.
  init(_ graph: Graph, _ samples: [[[Float]]]) throws {
    sites = graph.sites.map { _ in nil }
    outputs = graph.outputs.map { graph.nodes[$0].shape.count }.map {
      [ClosedRange<Double>?](repeating: nil, count: $0)
    }
    let executor = try Executor(ExecutionPlan(graph, samplesPerBatch: 4))
    try executor.run(
      samples: 0..<samples.count,
      fill: { batch, input, buffer in
        _ = buffer.update(fromContentsOf: batch.flatMap { samples[$0][input] })
      },
      observer: self,
      output: { _, output, values in
        let count = outputs[output].count
        for (index, value) in values.enumerated() {
          Self.extend(&outputs[output][index % count], by: value)
        }
      })
  }

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>, offset: Int,
    rectifier: Rectifier?
  ) {
    for index in values.indices {
      Self.extend(&sites[site], by: values[index])
      guard let rectifier else { continue }
      let function = ActivationFunction.rectifier(slope: rectifier.slope, bound: rectifier.bound)
      values[index] = function(values[index])
    }
  }

  private static func extend(_ range: inout ClosedRange<Double>?, by value: Float) {
    guard value.isFinite else { return }
    let number = Double(value)
    range = range.map { min($0.lowerBound, number)...max($0.upperBound, number) } ?? number...number
  }
}

/// Expects every number of runs of random points of a box within the bounds.
///
/// - Returns: The bounds of the outputs.
@discardableResult
func expectEnclosure(
  _ graph: Graph, _ box: [[ClosedRange<Float>]], points: Int = 40, seed: UInt64 = 1,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> [Bounds] {
  var generator = SeededGenerator(seed)
  let samples = (0..<points).map { _ in box.map { generator.point(of: $0) } }
  let seen = try SeenRanges(graph, samples)
  let propagation = BoundPropagation(graph)
  let bounds = box.map { Bounds($0) }
  for (site, range) in zip(seen.sites, propagation.siteBounds(of: bounds)) {
    guard let site else { continue }
    #expect(
      site.clamped(to: range) == site, "\(site) leaves \(range)", sourceLocation: sourceLocation)
  }
  let outputs = propagation.outputBounds(of: bounds)
  for (ranges, bounds) in zip(seen.outputs, outputs) {
    #expect(ranges.count == bounds.lower.count, sourceLocation: sourceLocation)
    for (index, range) in ranges.enumerated() {
      guard let range else { continue }
      #expect(
        bounds.lower[index] <= range.lowerBound && range.upperBound <= bounds.upper[index],
        "\(index): \(range) leaves \(bounds.lower[index])...\(bounds.upper[index])",
        sourceLocation: sourceLocation)
    }
  }
  return outputs
}

/// A network of one operation on inputs of the given shapes.
func single(_ operation: Operation, _ shapes: [[Int]]) throws -> Graph {
  var graph = Graph(name: "single")
  let inputs = try shapes.enumerated().map {
    graph.addInput(layer: "x\($0)", shape: try #require(Shape($1)))
  }
  graph.setOutputs([try graph.add(operation, layer: "layer", inputs: inputs)])
  return graph
}
