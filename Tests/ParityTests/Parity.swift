import ActivationProfiling
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
