import NetworkGraph

/// Carries a box of inputs through a network, interval by interval.
///
/// For every input in the box, and for any order of summation in Float, each number of the run lies
/// in its interval: operations are bounded by interval arithmetic (Moore, "Interval Analysis", 1966;
/// for networks Gowal et al., "On the effectiveness of interval bound propagation", 2018), and each
/// result is widened by the rounding errors of a run (of one with Winograd's convolutions by an
/// allowance that is not proved). Dependence between numbers is forgotten, so
/// that bounds widen with depth; where it costs most, in products of a number with itself, in means
/// weighted by a softmax or a gate, and in normalisations, it is kept.
///
/// What is bounded is finite numbers: where a run may overflow or leave a function's domain, the
/// bounds are infinite.
public struct BoundPropagation: Sendable {
  let graph: Graph

  /// Creates the propagation through a network.
  public init(_ graph: Graph) { self.graph = graph }

  /// Returns for each site the interval that holds all its pre-activations.
  ///
  /// - Parameter box: The bounds of each input of the network, in order.
  /// - Precondition: As many bounds as inputs, each of its input's size.
  public func siteBounds(of box: [Bounds]) -> [ClosedRange<Double>] {
    let sites = propagate(box).sites
    // A cell that masks every step shows nothing, and so does a softmax that sees nothing.
    return sites.map { $0 ?? 0...0 }
  }

  /// Returns the bounds of each output of the network.
  ///
  /// - Precondition: As for `siteBounds(of:)`.
  public func outputBounds(of box: [Bounds]) -> [Bounds] {
    let values = propagate(box).values
    return graph.outputs.map { values[$0]! }
  }

  /// Computes the bounds of every node, and forgets those that nobody reads any more.
  ///
  /// - Returns: The bounds of the nodes, and for each site the range of what enters it.
  private func propagate(_ box: [Bounds]) -> (values: [Bounds?], sites: [ClosedRange<Double>?]) {
    precondition(box.count == graph.inputs.count, "bounds for each input")
    for (bounds, input) in zip(box, graph.inputs) {
      precondition(bounds.count == graph.nodes[input].shape.count, "a bound for each number")
    }
    let outputs = Set(graph.outputs)
    let lastReader = graph.readers().map { $0.max() ?? -1 }
    var values = [Bounds?](repeating: nil, count: graph.nodes.count)
    var sites = [ClosedRange<Double>?](repeating: nil, count: graph.sites.count)
    for (index, node) in graph.nodes.enumerated() {
      if case .input = node.operation {
        values[index] = box[graph.inputs.firstIndex(of: index)!]
        continue
      }
      let step = Step(graph: graph, index: index, inputs: node.inputs.map { values[$0]! })
      if case .recurrence(let recurrence) = node.operation {
        let (output, shown) = step.recurrence(recurrence)
        values[index] = output
        for (site, range) in shown { sites[site] = range }
      } else {
        for site in node.sites { sites[site] = step.shown }
        values[index] = step.result
      }
      for input in node.inputs where lastReader[input] <= index && !outputs.contains(input) {
        values[input] = nil
      }
    }
    return (values, sites)
  }
}

/// One node with the bounds of what it reads.
struct Step {
  let graph: Graph
  let index: Int
  let inputs: [Bounds]

  var node: Graph.Node { graph.nodes[index] }
  var shape: Shape { node.shape }
  var first: Bounds { inputs[0] }
  var inputShape: Shape { graph.nodes[node.inputs[0]].shape }

  /// The range of what the node's site is shown, if it is shown anything.
  var shown: ClosedRange<Double>? {
    guard case .maskedSoftmax(let isCausal) = node.operation else { return first.hull }
    return zip(0..., sights(isCausal: isCausal)).reduce(nil) { range, place in
      place.1 == .hidden ? range : range?.hull(first[place.0]) ?? first[place.0]
    }
  }

  /// The bounds of the node's output.
  var result: Bounds {
    switch node.operation {
    case .input, .recurrence: preconditionFailure("no plain step")
    case .dense(let kernel, let bias): dense(first, kernel, bias)
    case .convolution(let window, let groups, let kernel, let bias):
      convolution(window, groups: groups, kernel, bias)
    case .transposedConvolution(let window, let extents, let kernel, let bias):
      transposedConvolution(window, extents: extents, kernel, bias)
    case .matrixProduct(let transposed): matrixProduct(transposed: transposed)
    case .affine(let scale, let shift): affine(scale, shift)
    case .activation(let function): activation(function)
    case .maskedSoftmax(let isCausal): maskedSoftmax(isCausal: isCausal)
    case .maxPooling(let window): maxPooling(window)
    case .averagePooling(let window): averagePooling(window)
    case .globalAveragePooling: globalAveragePooling
    case .globalMaxPooling: globalMaxPooling
    case .mean(let axes): mean(axes: axes)
    case .localSquareSum(let radius, let bias, let alpha):
      localSquareSum(radius: radius, bias: Double(bias), alpha: Double(alpha))
    case .elementwise(let combination): elementwise(combination)
    case .concatenation(let axis): concatenation(axis: axis)
    case .reshape: first
    case .permutation(let order): permutation(order)
    case .zeroPadding(let amounts): zeroPadding(amounts)
    case .cropping(let amounts): cropping(amounts)
    case .nearestUpsampling(let factors): nearestUpsampling(factors)
    case .resizing(let extents, let interpolation): resizing(to: extents, interpolation)
    case .embedding(let table): embedding(table)
    case .mask(let value): mask(unless: Double(value))
    }
  }
}
