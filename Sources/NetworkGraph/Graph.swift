/// A network as a value: nodes in an order in which each comes after what it reads.
public struct Graph: Sendable {
  /// One step of the network.
  public struct Node: Sendable {
    /// The layer of the file that this node comes from. Several nodes may share one.
    public let layer: String
    public let operation: Operation
    /// The nodes this one reads, by index, all smaller than its own.
    public let inputs: [Int]
    /// The output of one sample.
    public let shape: Shape
    /// The indices in `Graph.sites` of the node's nonlinearities: one, or those of a cell.
    public let sites: Range<Int>
  }

  /// A nonlinearity, whose pre-activations are the only input of its node, or arise inside it.
  public struct Site: Hashable, Sendable {
    /// `layer/function`, with `#2` for the second use of the same layer.
    public let name: String
    /// The layer's name; a gate of a recurrent cell counts as a layer, as in `lstm/gate_i`.
    public let layer: String
    /// The function with its parameters, as in `leaky_relu(0.3)`.
    public let function: String
    /// The extents of one sample's pre-activations.
    public let shape: Shape
    /// The index of the node.
    public let node: Int
  }

  public let name: String
  public private(set) var nodes: [Node] = []
  public private(set) var sites: [Site] = []
  /// The input nodes, in the order in which data is given.
  public private(set) var inputs: [Int] = []
  /// The nodes whose values are the network's outputs.
  public private(set) var outputs: [Int] = []
  /// How often each site's name has been given, the number of the use aside.
  private var uses: [String: Int] = [:]

  /// Creates a graph without nodes.
  public init(name: String) { self.name = name }

  /// Adds an input and returns its node.
  public mutating func addInput(layer: String, shape: Shape) -> Int {
    nodes.append(Node(layer: layer, operation: .input, inputs: [], shape: shape, sites: 0..<0))
    inputs.append(nodes.count - 1)
    return nodes.count - 1
  }

  /// Adds a step and returns its node; its shape follows from its inputs.
  ///
  /// - Throws: `GraphError.shapeMismatch` if the operation cannot take such inputs.
  /// - Precondition: The inputs are nodes of this graph.
  public mutating func add(_ operation: Operation, layer: String, inputs: [Int]) throws -> Int {
    precondition(inputs.allSatisfy(nodes.indices.contains), "a node may only read earlier ones")
    let inputShapes = inputs.map { nodes[$0].shape }
    let shape = try operation.outputShape(layer: layer, inputs: inputShapes)
    let firstSite = sites.count
    for function in operation.siteFunctions {
      let layer = function.part.map { "\(layer)/\($0)" } ?? layer
      let base = "\(layer)/\(function.name)"
      let use = uses[base, default: 0] + 1
      uses[base] = use
      sites.append(
        Site(
          name: use == 1 ? base : "\(base)#\(use)", layer: layer,
          function: function.canonicalText, shape: operation.siteShape(input: inputShapes[0]),
          node: nodes.count))
    }
    nodes.append(
      Node(
        layer: layer, operation: operation, inputs: inputs, shape: shape,
        sites: firstSite..<sites.count))
    return nodes.count - 1
  }

  /// Declares the network's outputs, in order.
  public mutating func setOutputs(_ outputs: [Int]) {
    precondition(outputs.allSatisfy(nodes.indices.contains))
    self.outputs = outputs
  }

  /// The same nodes with other operations, which give the same shapes and have the same sites.
  func mapOperations(_ transform: (Operation) -> Operation) -> Graph {
    var graph = self
    graph.nodes = nodes.map {
      Node(
        layer: $0.layer, operation: transform($0.operation), inputs: $0.inputs, shape: $0.shape,
        sites: $0.sites)
    }
    return graph
  }

  /// The number of trained parameters, each counted once for every use of its layer.
  public var parameterCount: Int { nodes.reduce(0) { $0 + $1.operation.parameterCount } }

  /// For each node, the nodes that read it.
  public func readers() -> [[Int]] {
    var readers = [[Int]](repeating: [], count: nodes.count)
    for (index, node) in nodes.enumerated() {
      for input in node.inputs { readers[input].append(index) }
    }
    return readers
  }
}
