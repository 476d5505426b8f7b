import ActivationProfiling
import ForwardPass
import Foundation
import Testing

/// What real Keras says of one site, over all samples.
struct ExpectedSite {
  let count: UInt64
  let minimum: Double
  let maximum: Double
  let mean: Double
  let standardDeviation: Double
  /// By level, numpy's linear interpolation.
  let quantiles: [Double: Double]
}

/// Compares a recorded site with what Keras says.
///
/// Real float32 engines differ by up to 1e-4 of a tensor's standard deviation.
func check(_ site: Profile.Site, against expected: ExpectedSite, network: String) {
  let statistics = site.statistics
  let place = Comment(rawValue: "\(network): \(site.name)")
  #expect(statistics.count == expected.count, place)
  guard let minimum = statistics.minimum, let maximum = statistics.maximum,
    let mean = statistics.moments.mean, let deviation = statistics.moments.standardDeviation
  else {
    Issue.record("\(place) saw nothing")
    return
  }
  let tolerance = 1e-4 * expected.standardDeviation
  #expect(abs(Double(minimum) - expected.minimum) <= tolerance, place)
  #expect(abs(Double(maximum) - expected.maximum) <= tolerance, place)
  #expect(abs(mean - expected.mean) <= tolerance, place)
  #expect(abs(deviation - expected.standardDeviation) <= tolerance, place)
  for (level, value) in expected.quantiles {
    guard let estimate = try? statistics.quantile(level) else { continue }
    // The enclosure is certain for our own values; Keras' differ from them by the tolerance.
    #expect(
      estimate.lower - tolerance <= value && value <= estimate.upper + tolerance,
      "\(network): \(site.name), quantile \(level): \(value) is outside \(estimate)")
  }
}

/// Compares all uses of a shared layer together with what Keras says of them.
func checkPooled(_ sites: [Profile.Site], against expected: ExpectedSite, network: String) {
  let place = Comment(rawValue: "\(network): \(sites.map(\.name))")
  let tolerance = 1e-4 * expected.standardDeviation
  let statistics = sites.map(\.statistics)
  #expect(statistics.reduce(0) { $0 + $1.count } == expected.count, place)
  let least = statistics.compactMap(\.minimum).min() ?? .nan
  let greatest = statistics.compactMap(\.maximum).max() ?? .nan
  let sum = statistics.reduce(0) { $0 + Double($1.count) * ($1.moments.mean ?? .nan) }
  #expect(abs(Double(least) - expected.minimum) <= tolerance, place)
  #expect(abs(Double(greatest) - expected.maximum) <= tolerance, place)
  #expect(abs(sum / Double(expected.count) - expected.mean) <= tolerance, place)
}

/// Keeps every pre-activation, then rectifies as the network would.
final class Collector: PreactivationObserver {
  private(set) var values: [[Float]]

  init(sites: Int) { values = Array(repeating: [], count: sites) }

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>,
    offset: Int, rectifier: Rectifier?
  ) {
    self.values[site] += values
    guard let rectifier else { return }
    for index in values.indices {
      let x = values[index]
      values[index] = x > rectifier.bound ? rectifier.bound : (x < 0 ? rectifier.slope * x : x)
    }
  }
}
