import ForwardPass

/// Keeps every pre-activation of the first sites, then rectifies as the network would.
final class Collector: PreactivationObserver {
  private(set) var values: [[Float]]

  /// Adds what the plan's executors do not show, because it follows from the rest.
  func deriveRectified(_ plan: ExecutionPlan) {
    for derived in plan.rectifiedSites where derived.site < values.count {
      let parts = derived.sources.map { (values[$0], plan.sites[$0].shape.channels) }
      values[derived.site] = (0..<parts[0].0.count / parts[0].1).flatMap { place in
        parts.flatMap { values, channels in
          values[place * channels..<(place + 1) * channels].map { $0 < 0 ? 0 : $0 }
        }
      }
    }
  }

  init(sites: Int) { values = Array(repeating: [], count: sites) }

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
    offset: Int, rectifier: Rectifier?
  ) {
    if site < self.values.count { self.values[site] += values }
    guard let rectifier else { return }
    for index in values.indices {
      let x = values[index]
      values[index] = x > rectifier.bound ? rectifier.bound : (x < 0 ? rectifier.slope * x : x)
    }
  }
}
