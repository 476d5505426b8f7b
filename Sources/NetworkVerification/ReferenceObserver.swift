import ActivationProfiling
import ForwardPass
import NetworkGraph
import RangeStatistics

/// Keeps what one batch of the exact network showed at every site.
final class ReferenceObserver: PreactivationObserver {
  private let sizes: [Int]
  private let storage: UnsafeMutableBufferPointer<Float>
  private let starts: [Int]
  private var firstSample = 0

  init(_ plan: ExecutionPlan) {
    sizes = plan.sites.map(\.shape.count)
    var next = 0
    starts = sizes.map { size in
      defer { next += size * plan.samplesPerBatch }
      return next
    }
    storage = .allocate(capacity: next)
  }

  deinit { storage.deallocate() }

  func beginBatch(_ samples: Range<Int>) { firstSample = samples.lowerBound }

  /// Where the pre-activations of a sample at a site begin.
  func values(site: Int, sample: Int, offset: Int) -> UnsafeMutablePointer<Float> {
    storage.baseAddress! + starts[site] + (sample - firstSample) * sizes[site] + offset
  }

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
    offset: Int, rectifier: ForwardPass.Rectifier?
  ) {
    let each = values.count / samples.count
    for (index, sample) in samples.enumerated() {
      self.values(site: site, sample: sample, offset: offset)
        .update(from: values.baseAddress! + index * each, count: each)
    }
    rectifier.map(RangeStatistics.Rectifier.init)?.apply(to: values)
  }
}
