import ForwardPass
import Glibc
import NetworkGraph
import RangeStatistics

@testable import ActivationProfiling

/// A convolution, a rectifier, a pooling, a dense layer and a softmax, with an interpreter of
/// nested loops that shares nothing with the executor.
///
/// Weights are multiples of 1/8 and samples of 1/16, so that every sum is exact in Float32, in
/// whatever order a kernel adds.
struct TinyNetwork {
  static let inputShape = [5, 4, 2]
  static let siteNames = ["conv/relu", "pool/max", "dense/softmax"]
  static let siteShapes = [[5, 4, 3], [5, 4, 3], [4]]

  let kernel: [Float]
  let bias: [Float]
  let matrix: [Float]

  init() {
    var generator = SplitMix64(seed: 11)
    func weights(_ count: Int) -> [Float] {
      (0..<count).map { _ in Float(Int(generator.next() % 17) - 8) / 8 }
    }
    kernel = weights(3 * 3 * 2 * 3)
    bias = weights(3)
    matrix = weights(12 * 4)
  }

  func plan(samplesPerBatch: Int? = nil) throws -> ExecutionPlan {
    var graph = Graph(name: "tiny")
    let input = graph.addInput(layer: "input", shape: Shape(Self.inputShape)!)
    let convolution = try graph.add(
      .convolution(
        window: Window(size: [3, 3], strides: [1, 1], padding: .same), groups: 1,
        kernel: Tensor(kernel, extents: [3, 3, 2, 3]), bias: bias), layer: "conv", inputs: [input])
    let rectified = try graph.add(.activation(.relu), layer: "conv", inputs: [convolution])
    let pooled = try graph.add(
      .maxPooling(Window(size: [2, 2], strides: [2, 2], padding: .valid)), layer: "pool",
      inputs: [rectified])
    let flat = try graph.add(.reshape(Shape([12])!), layer: "flatten", inputs: [pooled])
    let logits = try graph.add(
      .dense(kernel: Tensor(matrix, extents: [12, 4]), bias: nil), layer: "dense", inputs: [flat])
    graph.setOutputs([try graph.add(.activation(.softmax), layer: "dense", inputs: [logits])])
    return try ExecutionPlan(graph, samplesPerBatch: samplesPerBatch)
  }

  /// The pre-activations of one sample at each site, last axis fastest.
  func preactivations(_ x: [Float]) -> [[Float]] {
    var convolved: [Float] = []
    for row in 0..<5 {
      for column in 0..<4 {
        for filter in 0..<3 {
          var sum = bias[filter]
          for (down, right) in (0..<9).map({ ($0 / 3, $0 % 3) }) {
            let (y, z) = (row + down - 1, column + right - 1)
            guard 0..<5 ~= y, 0..<4 ~= z else { continue }
            for channel in 0..<2 {
              sum +=
                x[(y * 4 + z) * 2 + channel]
                * kernel[((down * 3 + right) * 2 + channel) * 3 + filter]
            }
          }
          convolved.append(sum)
        }
      }
    }
    let rectified = convolved.map { max($0, 0) }
    var pooled: [Float] = []
    for row in 0..<2 {
      for column in 0..<2 {
        for channel in 0..<3 {
          let window = [(0, 0), (0, 1), (1, 0), (1, 1)].map { down, right in
            rectified[((2 * row + down) * 4 + 2 * column + right) * 3 + channel]
          }
          pooled.append(window.max()!)
        }
      }
    }
    let logits = (0..<4).map { unit in
      (0..<12).reduce(Float(0)) { $0 + pooled[$1] * matrix[$1 * 4 + unit] }
    }
    return [convolved, rectified, logits]
  }
}

/// Makes a profiler of the network over data in memory.
func tinyProfiler(_ dataset: ArrayDataset, blockSize: Int = 4) throws -> Profiler {
  try Profiler(
    plan: try TinyNetwork().plan(), model: ("tiny", "digest"), inputs: [.init(dataset: dataset)],
    blockSize: blockSize)
}

/// Eighteen samples, two of which hold NaN and infinity: blocks of four leave a last one of two.
let roughSamples: ArrayDataset = {
  var generator = SplitMix64(seed: 3)
  var values = generator.uniforms(18 * 40)
  values[7 * 40 + 13] = .nan
  values[11 * 40 + 2] = .infinity
  return ArrayDataset(values, sampleShape: TinyNetwork.inputShape)
}()
