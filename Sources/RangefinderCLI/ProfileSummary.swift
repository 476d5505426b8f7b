import ActivationProfiling
import RangeStatistics

/// What `profile` and `merge` print: the range of every site.
struct ProfileSummary: Encodable {
  struct Site: Encodable {
    let site: String
    let function: String
    let values: UInt64
    let min: Double?
    let max: Double?
    let mean: Double?
    let standardDeviation: Double?
    let quantiles: [Quantile]
  }

  struct Quantile: Encodable {
    let level: Double
    let value: Double
    let lowerBound: Double
    let upperBound: Double
  }

  let model: String
  let data: [String]
  let samples: Int
  let sites: [Site]
  /// What came of `--until-stable`, if someone asked.
  let stability: Stability?
  /// Where time went, if someone asked.
  let timings: ProfileTimings?

  init(_ profile: Profile, stability: Stability? = nil, timings: ProfileTimings? = nil) {
    self.stability = stability
    self.timings = timings
    model = profile.provenance.model
    data = profile.provenance.data
    samples = profile.sampleCount
    sites = profile.sites.map { site in
      let statistics = site.statistics
      return Site(
        site: site.name, function: site.function, values: statistics.count,
        min: statistics.minimum.map(Double.init), max: statistics.maximum.map(Double.init),
        mean: statistics.moments.mean, standardDeviation: statistics.moments.standardDeviation,
        quantiles: [0.0001, 0.001, 0.01, 0.5, 0.99, 0.999, 0.9999].compactMap { level in
          (try? statistics.quantile(level)).map {
            Quantile(level: level, value: $0.value, lowerBound: $0.lower, upperBound: $0.upper)
          }
        })
    }
  }

  /// One row a site, in network order.
  var table: TextTable {
    var table = TextTable(
      ["site", "function", "values", "min", "0.1 %", "median", "99.9 %", "max", "mean", "std"],
      leftColumns: 2)
    for site in sites {
      func quantile(_ level: Double) -> String {
        site.quantiles.first { $0.level == level }.map { $0.value.text() } ?? ""
      }
      table.append([
        site.site, site.function, "\(site.values)", site.min.text(), quantile(0.001),
        quantile(0.5), quantile(0.999), site.max.text(), site.mean.text(),
        site.standardDeviation.text(),
      ])
    }
    return table
  }
}
