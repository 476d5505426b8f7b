/// Intervals that no input of a box can leave, and the box.
public struct CertifiedBounds: Hashable, Sendable {
  /// The name of the box that the data spans, each number of an input between its least and its
  /// greatest value over all samples.
  public static let dataBox = "data"

  /// The box as labels name it: `data`, or `-1:1` for all numbers of all inputs.
  public let box: String
  /// For each site of the network, in order, what was proved; an end is infinite where nothing is.
  public let bounds: [ClosedRange<Double>]

  public init(box: String, bounds: [ClosedRange<Double>]) {
    self.box = box
    self.bounds = bounds
  }

  /// The box in words.
  var boxText: String {
    box == Self.dataBox ? "each number within its own range over the data" : "all numbers in \(box)"
  }
}

extension IntervalSet {
  /// Above this multiple of the observed range a proved interval is of no use (heuristic).
  static let uselessRatio = 1000.0

  /// What was proved of a site, and how it compares with what was seen.
  static func certified(
    _ bounds: ClosedRange<Double>, observed: ClosedRange<Double>
  ) -> Outcome {
    guard bounds.lowerBound.isFinite && bounds.upperBound.isFinite else {
      return .refused("nothing finite can be proved of it")
    }
    let width = observed.upperBound - observed.lowerBound
    return .certified(
      bounds, ratio: width > 0 ? (bounds.upperBound - bounds.lowerBound) / width : nil)
  }
}
