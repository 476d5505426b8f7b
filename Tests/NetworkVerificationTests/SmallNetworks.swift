import ActivationProfiling
import Glibc
import NetworkGraph
import NetworkVerification
import PolynomialApproximation
import RangeRecommendation
import SampleData

/// Samples in memory, with labels.
struct ArrayDataset: Dataset {
  let description = "array.h5:/x"
  let samples: [[Float]]
  var classes: [Int]?

  var sampleShape: [Int] { [samples[0].count] }
  var sampleCount: Int { samples.count }

  func read(samples range: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    _ = buffer.update(fromContentsOf: range.flatMap { samples[$0] })
  }

  func labels() -> [Int]? { classes }
}

/// Two numbers, a sigmoid, a ReLU, and a softmax over three classes; every pre-activation but the
/// input's own is a small sum.
struct SmallNetwork {
  static let digest = "0123456789abcdef"
  let graph: Graph

  private static let first: [Float] = [1, -0.5, 0.75, 0.25, 1.5, -1]
  private static let second: [Float] = [1, -1.5, 1.5, -1.75, -0.25, -1.25, -0.25, 1.75, 0]
  private static let third: [Float] = [-0.25, -2, -0.75, -1.5, -1, -2, -0.25, 1.25, 1.5]

  init() throws {
    var graph = Graph(name: "small")
    let input = graph.addInput(layer: "in", shape: Shape([2])!)
    func dense(_ values: [Float], _ rows: Int, _ layer: String, _ node: Int) throws -> Int {
      try graph.add(
        .dense(kernel: Tensor(values, extents: [rows, 3]), bias: nil), layer: layer, inputs: [node])
    }
    let a = try dense(Self.first, 2, "a", input)
    let sigmoid = try graph.add(.activation(.sigmoid), layer: "a", inputs: [a])
    let b = try dense(Self.second, 3, "b", sigmoid)
    let relu = try graph.add(.activation(.relu), layer: "b", inputs: [b])
    let c = try dense(Self.third, 3, "c", relu)
    graph.setOutputs([try graph.add(.activation(.softmax), layer: "c", inputs: [c])])
    self.graph = graph
  }

  /// What enters each site, and the output, by nested loops in Double.
  static func values(
    _ x: [Float], sigmoid: (Double) -> Double, relu: (Double) -> Double
  ) -> (sites: [[Double]], output: [Double]) {
    func product(_ x: [Double], _ matrix: [Float]) -> [Double] {
      (0..<3).map { column in
        x.indices.reduce(0) { $0 + x[$1] * Double(matrix[3 * $1 + column]) }
      }
    }
    let a = product(x.map(Double.init), first)
    let b = product(a.map(sigmoid), second)
    let c = product(b.map(relu), third)
    let sum = c.reduce(0) { $0 + exp($1) }
    return ([a, b, c], c.map { exp($0) / sum })
  }

  /// Polynomials for both sites.
  static func polynomials(
    sigmoid: ClosedRange<Double> = -4...4, relu: ClosedRange<Double> = -3...3, degree: Int = 5
  ) throws -> PolynomialSet {
    let recommendation = Recommendation.stub(
      digest: digest, [("a/sigmoid", "sigmoid", sigmoid), ("b/relu", "relu", relu)], degree)
    return try PolynomialSet(recommendation)
  }

  static func samples(_ count: Int, scale: Double = 1) -> [[Float]] {
    (0..<count).map { index in
      let angle = Double(index) * 2.399_963
      let radius = scale * (0.2 + Double(index % 7) / 4)
      return [Float(radius * cos(angle)), Float(radius * sin(angle))]
    }
  }

  func verifier(
    _ polynomials: PolynomialSet, _ samples: [[Float]], labels: [Int]? = nil,
    only: Set<String>? = nil
  ) throws -> Verifier {
    let network = try PolynomialNetwork(
      graph, digest: Self.digest, polynomials: polynomials, only: only)
    return try Verifier(
      network, model: ("small", Self.digest),
      inputs: [.init(dataset: ArrayDataset(samples: samples, classes: labels))])
  }
}

extension Recommendation {
  /// Intervals of one policy, with polynomials of one degree.
  static func stub(
    digest: String, _ sites: [(name: String, function: String, range: ClosedRange<Double>)],
    _ degree: Int?
  ) -> Recommendation {
    let json = """
      {"format": "rangefinder ranges", "version": 1, "model": "small", "model_digest": "\(digest)",
       "data": [], "inputs": 1, "policy": "minmax(1)", "tolerance_kind": "relative",
       "tolerance": 0.05, "method": "minimax", "degree_limit": 127, "backend": "scalar",
       "policies": [{"label": "minmax(1)", "promise": "none"}],
       "sites": [\(sites.map { site in
         let approximation = degree.map { """
           , "approximation": {"method": "minimax", "degree": \($0), "meets_tolerance": true,
             "supremum_error": 0, "error_bound": 0.1, "depth": 3, "multiplications": 3}
           """ } ?? ""
         return """
           {"site": "\(site.name)", "layer": "l", "function": "\(site.function)", "options": [
             {"policy": "minmax(1)", "lower": \(site.range.lowerBound),
              "upper": \(site.range.upperBound), "escape_probability": 0\(approximation)}],
             "refusals": []}
           """
       }.joined(separator: ","))]}
      """
    return try! Recommendation(json: .init(json.utf8), name: "stub")
  }
}
