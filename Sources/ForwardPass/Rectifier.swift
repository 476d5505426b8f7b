import NetworkGraph

/// A piecewise linear activation that whoever observes a site applies in the same pass.
///
/// Reading a large tensor costs more than the arithmetic on it, so the pass that records a site
/// also writes back `slope·x` below 0, `x` above, and at most `bound`.
public struct Rectifier: Hashable, Sendable {
  public let slope: Float
  /// Infinite if there is no bound.
  public let bound: Float

  init?(_ function: ActivationFunction) {
    guard case .rectifier(let slope, let bound) = function else { return nil }
    self.slope = slope
    self.bound = bound
  }
}

extension Rectifier {
  /// Whether it is max(x, 0).
  public var isReLU: Bool { slope == 0 && bound == .infinity }
}

/// A site that sees what ReLU makes of other sites' pre-activations and nothing else, as a max
/// pooling after a ReLU does.
///
/// What it sees follows from what those sites saw, so it is not observed: a second look at every
/// number would double what recording costs.
public struct RectifiedSite: Hashable, Sendable {
  public let site: Int
  /// The sites that have the ReLU; their channels lie side by side.
  public let sources: [Int]
}

/// Sees the pre-activations of a run, batch by batch, at every site but those that
/// `ExecutionPlan.rectifiedSites` lists.
public protocol PreactivationObserver {
  /// Takes in the pre-activations of some samples at one site, then rectifies them in place.
  ///
  /// - Parameters:
  ///   - site: The index in the graph's `sites`.
  ///   - values: Sample-major, channels last: as many numbers for each sample.
  ///   - samples: The samples' places in the dataset, ascending within a block.
  ///   - offset: Where in the site's shape each sample's values start. A recurrent cell shows one
  ///     step at a time, of the samples whose step is not masked; a masked softmax shows runs of what
  ///     a row sees, of one sample; all other sites show whole samples, from 0.
  ///   - rectifier: The activation to apply in place after recording, or `nil` to leave the
  ///     values as they are.
  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
    offset: Int, rectifier: Rectifier?)
}
