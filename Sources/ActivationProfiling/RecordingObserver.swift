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
  /// The sites from which others follow.
  private let sources: Set<Int>

  convenience init(_ plan: ExecutionPlan, samples: Int) {
    self.init(plan.sites, rectified: plan.rectifiedSites, samples: samples)
  }

  /// - Parameter samples: The number of samples that it will be shown at most.
  init(_ sites: [Graph.Site], rectified: [RectifiedSite] = [], samples: Int = 0) {
    let sources = Set(rectified.flatMap(\.sources))
    self.sources = sources
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

  /// The samples whose extremes it keeps, at every site the same.
  func samples() -> [Int] {
    // Those from which others follow are observed for certain.
    let observed = recorders.indices.first { site in !rectifiedSites.contains { $0.site == site } }
    return observed.map { recorders[$0].samples() } ?? []
  }

  /// What this worker saw at a site.
  ///
  /// - Parameters:
  ///   - samples: What `samples` gives, a list that all sites share.
  ///   - isLast: Whether no site will be asked for again.
  func snapshot(site: Int, samples: [Int]? = nil, isLast: Bool = false) -> SiteStatistics {
    guard let derived = rectifiedSites.first(where: { $0.site == site }) else {
      return recorders[site].snapshot(of: samples, isLast: isLast && !sources.contains(site))
    }
    return SiteStatistics(
      sideBySide: derived.sources.map {
        recorders[$0].rectified(recorders[$0].snapshot(of: samples))
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
