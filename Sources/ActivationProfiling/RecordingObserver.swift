import ForwardPass
import NetworkGraph
import RangeStatistics

/// An observer that is told where the portions of blocks begin and end.
protocol PortionObserver: PreactivationObserver, SendableMetatype {
  func beginPortion(samples: Range<Int>)
  func endPortion()
}

/// One worker's recorders, one a site that is observed. It belongs to one thread at a time.
final class RecordingObserver: PortionObserver, @unchecked Sendable {
  private let recorders: [SiteRecorder]
  private let rectifiedSites: [RectifiedSite]

  convenience init(_ plan: ExecutionPlan) {
    self.init(plan.sites, rectified: plan.rectifiedSites)
  }

  init(_ sites: [Graph.Site], rectified: [RectifiedSite] = []) {
    let sources = Set(rectified.flatMap(\.sources))
    recorders = sites.enumerated().map { index, site in
      SiteRecorder(
        channels: site.shape.channels, valuesPerSample: site.shape.count,
        tracksReLU: sources.contains(index))
    }
    rectifiedSites = rectified
  }

  func beginPortion(samples: Range<Int>) {
    for recorder in recorders { recorder.beginBlock(samples: samples) }
  }

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
    offset: Int, rectifier: ForwardPass.Rectifier?
  ) {
    recorders[site].record(
      values, firstSample: samples.lowerBound, samples: samples.count, offset: offset,
      rectifier: rectifier.map(RangeStatistics.Rectifier.init))
  }

  func endPortion() {
    for recorder in recorders { recorder.endBlock() }
  }

  /// What this worker saw at each site.
  func snapshot() -> [SiteStatistics] {
    var seen = recorders.map { $0.snapshot() }
    for derived in rectifiedSites {
      seen[derived.site] = SiteStatistics(
        sideBySide: derived.sources.map { recorders[$0].rectified(seen[$0]) })
    }
    return seen
  }
}

/// Applies rectifiers and records nothing: a bare forward pass.
struct RectifyingObserver: PortionObserver {
  func beginPortion(samples: Range<Int>) {}
  func endPortion() {}

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
    offset: Int, rectifier: ForwardPass.Rectifier?
  ) {
    rectifier.map(RangeStatistics.Rectifier.init)?.apply(to: values)
  }
}

extension RangeStatistics.Rectifier {
  /// The same rectifier, as recording knows it.
  public init(_ rectifier: ForwardPass.Rectifier) {
    self.init(negativeSlope: rectifier.slope, upperBound: rectifier.bound)
  }
}
