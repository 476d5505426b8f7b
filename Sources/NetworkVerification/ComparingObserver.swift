import ActivationProfiling
import ForwardPass
import Glibc
import NetworkGraph
import PolynomialApproximation
import RangeStatistics

/// Compares what a batch of the polynomial network shows with what the exact one did.
final class ComparingObserver: PreactivationObserver {
  /// What one input showed at one site.
  struct Look {
    var sums = DifferenceSums()
    var exact = (lower: Float.infinity, upper: -Float.infinity)
    var polynomial = (lower: Float.infinity, upper: -Float.infinity)
  }

  /// By site, then by place in the batch.
  private(set) var looks: [[Look]]
  /// The Kullback–Leibler divergence of the polynomial network's softmax from the exact one's, by
  /// place in the batch; NaN where it is not finite.
  private(set) var divergences: [Double] = []
  private let reference: ReferenceObserver
  /// The softmax that is the network's output, if one is.
  private let softmax: Int?
  private let channels: [Int]
  private var samples = 0..<0

  init(_ plan: ExecutionPlan, reference: ReferenceObserver, softmax: Int?) {
    self.reference = reference
    self.softmax = softmax
    channels = plan.sites.map(\.shape.channels)
    looks = plan.sites.map { _ in [] }
  }

  func beginBatch(_ samples: Range<Int>) {
    self.samples = samples
    for site in looks.indices { looks[site] = Array(repeating: Look(), count: samples.count) }
    divergences = []
  }

  /// The range of the exact network's values at a site in this batch, if it has a width.
  func exactRange(site: Int) -> Interval? {
    let looks = looks[site].filter { $0.sums.values > 0 && $0.isComparable }
    let lower = looks.map(\.exact.lower).min().map(Double.init) ?? 0
    let upper = looks.map(\.exact.upper).max().map(Double.init) ?? 0
    return Interval.isValid(lower: lower, upper: upper) ? Interval(lower: lower, upper: upper) : nil
  }

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
    offset: Int, rectifier: ForwardPass.Rectifier?
  ) {
    let each = values.count / samples.count
    for (index, sample) in samples.enumerated() {
      let found = UnsafeMutablePointer(values.baseAddress! + index * each)
      let exact = reference.values(site: site, sample: sample, offset: offset)
      looks[site][sample - self.samples.lowerBound].add(found, exact, each)
      if site == softmax {
        divergences.append(Self.divergence(of: found, from: exact, each, channels[site]))
      }
    }
    rectifier.map(RangeStatistics.Rectifier.init)?.apply(to: values)
  }

  /// Σ P log(P/Q) for the softmax P of exact logits and Q of others, in nats; the mean over rows.
  private static func divergence(
    of found: UnsafePointer<Float>, from exact: UnsafePointer<Float>, _ count: Int, _ channels: Int
  ) -> Double {
    func logSoftmax(_ row: UnsafePointer<Float>) -> [Double] {
      let logits = (0..<channels).map { Double(row[$0]) }
      let greatest = logits.max()!
      let logarithm = greatest + log(logits.reduce(0) { $0 + exp($1 - greatest) })
      return logits.map { $0 - logarithm }
    }
    var sum = 0.0
    for start in stride(from: 0, to: count, by: channels) {
      let (p, q) = (logSoftmax(exact + start), logSoftmax(found + start))
      // Rounding may make a sum that cannot be negative a little so.
      sum += max(0, zip(p, q).reduce(0.0) { $0 + exp($1.0) * ($1.0 - $1.1) })
    }
    let mean = sum / Double(count / channels)
    return mean.isFinite ? mean : .nan
  }
}

extension ComparingObserver.Look {
  fileprivate mutating func add(
    _ found: UnsafePointer<Float>, _ reference: UnsafePointer<Float>, _ count: Int
  ) {
    for index in 0..<count {
      let (p, x) = (found[index], reference[index])
      sums.add(p, besides: x)
      if p < polynomial.lower { polynomial.lower = p }
      if p > polynomial.upper { polynomial.upper = p }
      if x < exact.lower { exact.lower = x }
      if x > exact.upper { exact.upper = x }
    }
  }

  /// Whether the exact network's numbers are finite, without which there is nothing to compare.
  var isComparable: Bool { sums.sumOfSquares.isFinite }

  /// Whether the polynomial network's numbers are finite.
  var isFinite: Bool { sums.squaredDifference.isFinite }
}
