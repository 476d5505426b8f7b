import ForwardPass
import NetworkGraph
import RangeStatistics

/// An observer that is told where the portions of blocks begin and end.
protocol PortionObserver: PreactivationObserver, SendableMetatype {
  func beginPortion(_ portion: BlockQueue.Portion)
  func endPortion()
}

/// One worker's recorders, one a site that is observed. It belongs to one thread at a time.
final class RecordingObserver: PortionObserver, @unchecked Sendable {
  private let recorders: [SiteRecorder]
  private let rectifiedSites: [RectifiedSite]

  convenience init(_ plan: ExecutionPlan, samples: Int) {
    self.init(plan.sites, rectified: plan.rectifiedSites, samples: samples)
  }

  /// - Parameter samples: The number of samples that it will be shown at most.
  init(_ sites: [Graph.Site], rectified: [RectifiedSite] = [], samples: Int = 0) {
    let sources = Set(rectified.flatMap(\.sources))
    recorders = sites.enumerated().map { index, site in
      SiteRecorder(
        channels: site.shape.channels, valuesPerSample: site.shape.count,
        tracksReLU: sources.contains(index))
    }
    rectifiedSites = rectified
    for recorder in recorders { recorder.reserve(samples: samples) }
  }

  func beginPortion(_ portion: BlockQueue.Portion) {
    for recorder in recorders {
      recorder.beginBlock(samples: portion.samples, hashLimit: portion.hashLimit)
    }
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

  /// What this worker saw at a site.
  ///
  /// - Parameter other: What it saw at another one, whose list of samples is shared.
  func snapshot(site: Int, sharingSamplesOf other: SiteStatistics? = nil) -> SiteStatistics {
    guard let derived = rectifiedSites.first(where: { $0.site == site }) else {
      return recorders[site].snapshot(sharingSamplesOf: other)
    }
    return SiteStatistics(
      sideBySide: derived.sources.map {
        recorders[$0].rectified(recorders[$0].snapshot(sharingSamplesOf: other))
      })
  }
}

/// Applies rectifiers and records nothing: a bare forward pass.
struct RectifyingObserver: PortionObserver {
  func beginPortion(_ portion: BlockQueue.Portion) {}
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
