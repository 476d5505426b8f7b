import ForwardPass
import NetworkGraph
import RangeStatistics

/// An observer that is told where blocks begin and end.
protocol BlockObserver: PreactivationObserver, SendableMetatype {
  func beginBlock(samples: Range<Int>)
  func endBlock()
}

/// One worker's recorders, one a site.
final class RecordingObserver: BlockObserver {
  private let recorders: [SiteRecorder]

  init(_ sites: [Graph.Site]) {
    recorders = sites.map {
      SiteRecorder(channels: $0.shape.channels, valuesPerSample: $0.shape.count)
    }
  }

  func beginBlock(samples: Range<Int>) {
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

  func endBlock() {
    for recorder in recorders { recorder.endBlock() }
  }

  /// What this worker saw at each site.
  func snapshot() -> [SiteStatistics] { recorders.map { $0.snapshot() } }
}

/// Applies rectifiers and records nothing: a bare forward pass.
struct RectifyingObserver: BlockObserver {
  func beginBlock(samples: Range<Int>) {}
  func endBlock() {}

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
    offset: Int, rectifier: ForwardPass.Rectifier?
  ) {
    rectifier.map(RangeStatistics.Rectifier.init)?.apply(to: values)
  }
}

extension RangeStatistics.Rectifier {
  init(_ rectifier: ForwardPass.Rectifier) {
    self.init(negativeSlope: rectifier.slope, upperBound: rectifier.bound)
  }
}
