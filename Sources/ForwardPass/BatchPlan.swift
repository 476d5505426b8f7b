import NetworkGraph

/// How many samples each part of a network works on at once.
///
/// Where maps are large, few samples at once stay in the cache between the kernel that writes them
/// and the pass that records them, and take little memory. Where they are small, many samples at
/// once share each reading of the weights, of which dense layers have the most. So a network is cut
/// where a single activation goes on, and each part has a batch of its own: a part runs until the
/// next one's batch is full, then that one runs, and so on.
struct BatchPlan: Equatable {
  /// Neighbouring nodes, and the samples that they work on at once.
  struct Part: Equatable {
    let nodes: Range<Int>
    let samples: Int
  }

  /// In network order; the samples of each are a multiple of those before.
  let parts: [Part]

  /// One batch for the whole network.
  init(_ graph: Graph, samples: Int) {
    parts = [Part(nodes: graph.nodes.indices, samples: samples)]
  }

  /// - Precondition: Each cut is one of `cuts(of:)`, in order, and each number of samples, one more
  ///   than there are cuts, is a multiple of the one before.
  init(_ graph: Graph, cuts: [Int], samples: [Int]) {
    precondition(zip(samples, samples.dropFirst()).allSatisfy { $1.isMultiple(of: $0) })
    let bounds = [0] + cuts + [graph.nodes.count]
    parts = zip(zip(bounds, bounds.dropFirst()), samples).map { bounds, samples in
      Part(nodes: bounds.0..<bounds.1, samples: samples)
    }
  }

  /// A heuristic, measured: as many samples as keep the largest activation that a part reads or
  /// writes below 4 MiB, or 1 MiB if the network's weights are so few that reading them again costs
  /// nothing; and no more than the parts after it take.
  init(for graph: Graph) {
    let weights = graph.nodes.reduce(0) { $0 + $1.operation.linearWeightCount }
    let largest = weights < 1 << 20 ? 1 << 20 : 4 << 20
    let cuts = Self.cuts(of: graph)
    let bounds = [0] + cuts + [graph.nodes.count]
    var samples = zip(bounds, bounds.dropFirst()).map { first, end in
      let each = Self.largestActivation(graph, first..<end)
      return Self.halved(Self.greatest) { $0 > 1 && $0 * each > largest }
    }
    samples[samples.count - 1] = min(samples.last!, Self.limit(for: graph, weights: weights))
    for part in samples.indices.dropLast().reversed() {
      samples[part] = min(samples[part], samples[part + 1])
    }
    let changes = cuts.indices.filter { samples[$0] != samples[$0 + 1] }
    self.init(
      graph, cuts: changes.map { cuts[$0] },
      samples: changes.map { samples[$0] } + [samples.last!])
  }

  /// The samples that a node works on at once.
  func samples(ofNode node: Int) -> Int { parts.first { $0.nodes.contains(node) }!.samples }

  /// The nodes before which a network can be cut: all that comes before goes on as one activation,
  /// which at least one kernel wrote since the cut before.
  static func cuts(of graph: Graph) -> [Int] {
    var lastReader = graph.readers().enumerated().map { $1.last ?? $0 }
    for output in graph.outputs { lastReader[output] = graph.nodes.count }
    // How many activations go on after a node, and how many of them no further than to each reader.
    var (goOn, end) = (0, [Int](repeating: 0, count: graph.nodes.count + 1))
    let products = graph.powerProducts(replaced: [])
    var (cuts, origins) = ([Int](), [Int]())
    for (index, node) in graph.nodes.enumerated() {
      let kept = products[index]?.power ?? (node.operation.mayKeepBuffer ? node.inputs[0] : nil)
      origins.append(kept.map { origins[$0] } ?? index)
      goOn += (lastReader[index] > index ? 1 : 0) - end[index]
      end[lastReader[index]] += 1
      if goOn == 1, index < lastReader[index], lastReader[index] < graph.nodes.count,
        index >= graph.inputs.last ?? 0, origins[index] >= cuts.last ?? 0
      {
        cuts.append(index + 1)
      }
    }
    return cuts
  }

  /// Bytes of the largest activation of a sample that some nodes read or write.
  private static func largestActivation(_ graph: Graph, _ nodes: Range<Int>) -> Int {
    graph.nodes[nodes].reduce(1) { largest, node in
      node.inputs.reduce(max(largest, node.shape.count)) { max($0, graph.nodes[$1].shape.count) }
    } * MemoryLayout<Float>.stride
  }

  private static let greatest = 64

  /// The greatest batch of the last part: so small that it takes no more than some 0.2 s, so that all
  /// workers have something to do in a short run, or ten times what reading the weights takes,
  /// but at least 8; and so small that all its pre-activations, which verification keeps, take no
  /// more than 512 MiB.
  private static func limit(for graph: Graph, weights: Int) -> Int {
    let arithmetic = max(16_000_000_000, 400 * weights)
    let kept = graph.sites.reduce(0) { $0 + $1.shape.count } * MemoryLayout<Float>.stride
    let quick = halved(greatest) { $0 > 8 && $0 * graph.multiplications > arithmetic }
    return halved(quick) { $0 > 1 && $0 * kept > 512 << 20 }
  }

  /// Halves a number of samples for as long as it is too large.
  private static func halved(_ samples: Int, while isTooLarge: (Int) -> Bool) -> Int {
    isTooLarge(samples) ? halved(samples / 2, while: isTooLarge) : samples
  }
}

extension Operation {
  /// Whether the output may lie where the first input does.
  fileprivate var mayKeepBuffer: Bool {
    switch self {
    case .reshape, .affine, .activation: true
    default: false
    }
  }
}
