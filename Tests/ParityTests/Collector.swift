import ForwardPass

/// Keeps every pre-activation of the first sites, then rectifies as the network would.
final class Collector: PreactivationObserver {
  private(set) var values: [[Float]]

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
