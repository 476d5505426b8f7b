import NetworkGraph

/// Turns a graph into steps over numbered buffers.
struct PlanCompiler {
  /// The network, without the weights of linear layers.
  private let graph: Graph
  private let batches: BatchPlan
  private let allowsWinograd: Bool
  private let replacements: [Int: SiteReplacement]
  private let observesEverySite: Bool
  private var operations: [Operation?]
  /// Products that are computed together with a power.
  private let powerProducts: [Int: PowerProduct]
  /// How many readers of each buffer are still to come; outputs are never done.
  private var pendingReads: [Int] = []

  private(set) var rectifiedSites: [RectifiedSite] = []
  private(set) var steps: [ExecutionPlan.Step] = []
  /// The layer that each step works for.
  private(set) var layers: [String] = []
  private(set) var requests: [BufferPlan.Request] = []
  private(set) var parts: [ExecutionPlan.Part] = []
  /// The samples that the part being compiled works on at once.
  private var samples: Int
  private(set) var bufferOfNode: [Int] = []

  init(
    _ graph: consuming Graph, batches: BatchPlan, allowsWinograd: Bool,
    replacements: [Int: SiteReplacement] = [:], observesEverySite: Bool = false
  ) {
    operations = graph.foldedOperations()
    powerProducts = graph.powerProducts(replaced: replacements.keys)
    // Such a power shows its input at its site, and passes it on.
    for product in powerProducts.values {
      operations[product.power] = .reshape(graph.nodes[product.power].shape)
    }
    self.graph = graph.withoutLinearWeights
    self.batches = batches
    samples = batches.parts[0].samples
    self.allowsWinograd = allowsWinograd
    self.replacements = replacements
    self.observesEverySite = observesEverySite
  }

  /// Compiles every node, in order.
  mutating func compile() throws {
    let readers = graph.readers()
    var linearKernels = try compileLinearLayers()
    let convolutionSums = joinSums(&linearKernels)
    for (number, part) in batches.parts.enumerated() {
      let firstStep = steps.count
      samples = part.samples
      for index in part.nodes {
        let node = graph.nodes[index]
        let reads = readers[index].count + graph.outputs.count { $0 == index }
        let product = powerProducts[index]
        let kernels = product.map { [powerProductKernel($0, context(of: node, samples: samples))] }
        let sum = convolutionSums[index]
        let buffer = try compile(
          node, operations[index], reading: sum.map { [$0.convolution, $0.addend] } ?? node.inputs,
          kernels ?? linearKernels.removeValue(forKey: index),
          overwriting: product?.place ?? sum.flatMap(overwrittenPlace))
        bufferOfNode.append(buffer)
        let layer = sum.map { graph.nodes[$0.convolution].layer } ?? node.layer
        layers += Array(repeating: layer, count: steps.count - layers.count)
        pendingReads[buffer] += reads
      }
      parts.append(.init(steps: firstStep..<steps.count, samples: samples, boundary: nil))
      if number + 1 < batches.parts.count { hand(over: part.nodes.last!, to: number + 1) }
    }
    for output in graph.outputs { requests[bufferOfNode[output]].lastStep = steps.count }
    // The caller writes all inputs before the first step.
    for input in graph.inputs { requests[bufferOfNode[input]].firstStep = 0 }
  }

  /// Gives the kernels of convolutions to the sums that they compute as well; such a convolution passes
  /// its input on to where the sum is.
  private mutating func joinSums(_ kernels: inout [Int: [Kernel]]) -> [Int: ConvolutionSum] {
    let sums = graph.convolutionSums(operations) { kernels[$0]?.first?.addsSecondInput == true }
    for (index, sum) in sums {
      kernels[index] = kernels.removeValue(forKey: sum.convolution)
      operations[sum.convolution] = .reshape(graph.nodes[sum.convolution].shape)
    }
    return sums
  }

  /// Which of what a sum's kernel reads its results may overwrite: the addend, unless that is what is
  /// convolved, or what the part before gave, since what this part gives may not lie there too.
  private func overwrittenPlace(_ sum: ConvolutionSum) -> Int? {
    let addend = bufferOfNode[sum.addend]
    let isTaken = [bufferOfNode[sum.convolution], parts.last?.boundary?.buffer].contains(addend)
    return isTaken ? nil : 1
  }

  /// Makes a part's last activation, which it fills piece by piece, large enough for the next part,
  /// and keeps it while the part and those before run again.
  private mutating func hand(over node: Int, to next: Int) {
    let buffer = bufferOfNode[node]
    let each = graph.nodes[node].shape.count
    requests[buffer].count = batches.parts[next].samples * each
    requests[buffer].firstStep = 0
    parts[next - 1].boundary = .init(buffer: buffer, stride: samples * each)
  }

  /// Makes the kernels of linear layers, by node; those with the most weights come first, and each
  /// lets go of the graph's copy of them, so that both copies are there of one layer at a time.
  private mutating func compileLinearLayers() throws -> [Int: [Kernel]] {
    let sizes = operations.map { $0?.linearWeightCount ?? 0 }
    var kernels: [Int: [Kernel]] = [:]
    for index in sizes.indices.sorted(by: { (sizes[$1], $0) < (sizes[$0], $1) })
    where sizes[index] > 0 {
      kernels[index] = try operations[index]?.kernels(
        context(of: graph.nodes[index], samples: batches.samples(ofNode: index)))
      // Who computes the fingerprint may still hold them.
      operations[index]?.linearWeights?.giveBack()
      operations[index] = operations[index]?.withoutLinearWeights
    }
    return kernels
  }

  private func context(of node: Graph.Node, samples: Int) -> KernelContext {
    KernelContext(
      layer: node.layer, batch: samples, inputs: node.inputs.map { graph.nodes[$0].shape },
      output: node.shape, sites: node.sites, allowsWinograd: allowsWinograd,
      replacements: replacements)
  }

  /// Appends a node's steps and returns the buffer of its output.
  ///
  /// - Parameters:
  ///   - sources: The nodes that its kernels read.
  ///   - ownKernels: What computes the node, if that is known.
  ///   - place: The source that these may overwrite.
  private mutating func compile(
    _ node: Graph.Node, _ operation: Operation?, reading sources: [Int], _ ownKernels: [Kernel]?,
    overwriting place: Int?
  ) throws -> Int {
    let inputs = sources.map { bufferOfNode[$0] }
    for input in inputs { pendingReads[input] -= 1 }
    // A folded affine step: its linear layer has done the work.
    guard let operation else { return inputs[0] }

    var replacement: SiteReplacement?
    if let site = node.sites.first, operation.isShownItsInput {
      replacement = replacements[site]
      if replacement == nil, case .activation(let function) = operation,
        let rectifier = Rectifier(function)
      {
        let buffer = isFree(inputs[0]) ? inputs[0] : copy(inputs[0])
        append(.observe(site: site, buffer: buffer, rectifier: rectifier), touching: [buffer])
        return buffer
      }
      if !observesEverySite, let sources = sitesRectified(into: node.inputs[0]) {
        rectifiedSites.append(RectifiedSite(site: site, sources: sources))
      } else {
        append(.observe(site: site, buffer: inputs[0], rectifier: nil), touching: [inputs[0]])
      }
    }
    let context = context(of: node, samples: samples)
    let kernels =
      try ownKernels ?? replacement?.kernels(for: operation, context) ?? operation.kernels(context)
    guard !kernels.isEmpty else {
      if case .input = operation { return newBuffer(node.shape) }
      return inputs[0]
    }
    let overwritten = (place ?? (operation.worksInPlace ? 0 : nil)).map { inputs[$0] }
    let output = overwritten.flatMap { isFree($0) ? $0 : nil } ?? newBuffer(node.shape)
    for kernel in kernels {
      let operands = inputs + kernel.workspaceCounts.map { newBuffer(count: $0) }
      append(.run(kernel, inputs: operands, output: output), touching: operands + [output])
    }
    return output
  }

  /// The sites whose pre-activations a node gives after a ReLU, and nothing else, side by side along
  /// the channels; `nil` if it is not so.
  private func sitesRectified(into node: Int) -> [Int]? {
    let node = graph.nodes[node]
    switch node.operation {
    case .activation(let function) where replacements[node.sites.lowerBound] == nil:
      return Rectifier(function)?.isReLU == true ? [node.sites.lowerBound] : nil
    case .concatenation(let axis) where axis == node.shape.extents.count - 1:
      let sites = node.inputs.compactMap { sitesRectified(into: $0) }
      return sites.count == node.inputs.count ? sites.flatMap { $0 } : nil
    default: return nil
    }
  }

  /// Whether no one else will read the buffer.
  private func isFree(_ buffer: Int) -> Bool { pendingReads[buffer] == 0 }

  private mutating func newBuffer(_ shape: Shape) -> Int { newBuffer(count: samples * shape.count) }

  private mutating func newBuffer(count: Int) -> Int {
    requests.append(.init(count: count, firstStep: steps.count, lastStep: steps.count))
    pendingReads.append(0)
    return requests.count - 1
  }

  private mutating func copy(_ buffer: Int) -> Int {
    let count = requests[buffer].count
    let target = newBuffer(count: count)
    append(
      .run(
        .loop { inputs, output in output.update(from: inputs[0], count: count) },
        inputs: [buffer], output: target), touching: [buffer, target])
    return target
  }

  private mutating func append(_ step: ExecutionPlan.Step, touching buffers: [Int]) {
    for buffer in buffers { requests[buffer].lastStep = steps.count }
    steps.append(step)
  }
}

extension Operation {
  /// Whether the node's site, if it has one, sees all that the node reads; some kernels show a part
  /// of it, or numbers of their own.
  fileprivate var isShownItsInput: Bool {
    switch self {
    case .recurrence, .maskedSoftmax: false
    default: true
    }
  }

  /// Whether the output may overwrite the first input as it is computed.
  fileprivate var worksInPlace: Bool {
    switch self {
    case .affine, .activation: true
    default: false
    }
  }
}
