import NetworkGraph

extension KerasLayer {
  static let reshapings: [KerasLayer] = [
    KerasLayer("Flatten", "all axes of a sample joined into one") { layer, graph in
      let input = try layer.input()
      return try layer.reshape(input, to: [graph.nodes[input].shape.count], in: &graph)
    },
    KerasLayer("Reshape", "the same values with other axes") { layer, graph in
      let input = try layer.input()
      let target = try layer.settings.targetShape(
        "target_shape", "dims", count: graph.nodes[input].shape.count)
      return try layer.reshape(input, to: target, in: &graph)
    },
    KerasLayer("Permute", "the axes of a sample in another order") { layer, graph in
      let input = try layer.input()
      let order = try layer.settings.axes(
        "dims", default: [], rank: graph.nodes[input].shape.rank)
      return try layer.add(.permutation(order), after: input, to: &graph)
    },
    KerasLayer("RepeatVector", "a vector repeated along a new first axis") { layer, graph in
      let input = try layer.input()
      let count = try layer.settings.positive("n")
      let row = try layer.reshape(
        input, to: [1] + graph.nodes[input].shape.extents, in: &graph)
      return try layer.add(.nearestUpsampling([count]), after: row, to: &graph)
    },
  ]
}

extension LayerSettings {
  /// The extents of a reshape, where one `-1` takes what the others leave.
  ///
  /// - Parameter dropsBatch: Whether the first extent is the batch's.
  func targetShape(_ names: String..., count: Int, dropsBatch: Bool = false) throws -> [Int] {
    let expected = "extents of \(count) values, at most one of them -1"
    let target = try read(names, default: nil, expected: expected) { value -> [Int]? in
      guard let list = value.array.map({ dropsBatch ? $0.dropFirst() : $0[...] }) else {
        return nil
      }
      let extents = list.compactMap(\.integer)
      return extents.count == list.count ? extents : nil
    }
    let known = target.filter { $0 != -1 }
    guard let knownCount = Shape(known)?.count, target.count - known.count <= 1,
      count.isMultiple(of: knownCount), known.count < target.count || knownCount == count
    else {
      throw invalid(names[0], .array(target.map { .number(Double($0)) }), expected: expected)
    }
    return target.map { $0 == -1 ? count / knownCount : $0 }
  }
}

extension LayerUse {
  /// Adds a reshape, unless the node has that shape already.
  func reshape(_ node: Int, to extents: [Int], in graph: inout Graph) throws -> Int {
    guard graph.nodes[node].shape.extents != extents, let shape = Shape(extents) else {
      return node
    }
    return try add(.reshape(shape), after: node, to: &graph)
  }

  /// Adds a permutation, unless it leaves every axis in its place.
  func permute(_ node: Int, _ order: [Int], in graph: inout Graph) throws -> Int {
    guard order != Array(order.indices) else { return node }
    return try add(.permutation(order), after: node, to: &graph)
  }
}

extension Tensor {
  /// The tensor with axes of extent 1 repeated to the given extents.
  func stretched(to target: [Int]) -> Tensor {
    guard target != extents else { return self }
    return gathered(target, strides: zip(extents, strides).map { $0 == 1 ? 0 : $1 })
  }

  /// The tensor whose axis `i` is this one's axis `order[i]`.
  func permuted(_ order: [Int]) -> Tensor {
    gathered(order.map { extents[$0] }, strides: order.map { strides[$0] })
  }

  /// How far apart neighbours along each axis are.
  private var strides: [Int] {
    extents.indices.map { extents[($0 + 1)...].reduce(1, *) }
  }

  /// A tensor of other extents, filled from this one's values at the given strides.
  private func gathered(_ target: [Int], strides: [Int]) -> Tensor {
    let gathered = (0..<target.reduce(1, *)).map { index in
      var (rest, source) = (index, 0)
      for axis in target.indices.reversed() {
        source += rest % target[axis] * strides[axis]
        rest /= target[axis]
      }
      return values[source]
    }
    return Tensor(gathered, extents: target)
  }
}
