extension Graph {
  /// The same network with linear layers that have no weights: for those who need to know how it is
  /// wired, and no more.
  public var withoutLinearWeights: Graph { mapOperations(\.withoutLinearWeights) }
}

extension Operation {
  /// The weights of a dense or convolutional layer, 0 for others.
  public var linearWeightCount: Int { linearWeights?.count ?? 0 }

  /// The weights of a dense or convolutional layer.
  public var linearWeights: Numbers? {
    switch self {
    case .dense(let kernel, _), .convolution(_, _, let kernel, _),
      .transposedConvolution(_, _, let kernel, _):
      kernel.values
    default: nil
    }
  }

  /// The operation, a dense or convolutional layer without its weights.
  public var withoutLinearWeights: Operation {
    let none = Tensor([], extents: [0])
    return switch self {
    case .dense: .dense(kernel: none, bias: nil)
    case .convolution(let window, let groups, _, _):
      .convolution(window: window, groups: groups, kernel: none, bias: nil)
    case .transposedConvolution(let window, let extents, _, _):
      .transposedConvolution(window: window, extents: extents, kernel: none, bias: nil)
    default: self
    }
  }
}
