extension ComparisonReport {
  /// One line a site, in network order, as comma-separated values; `moved` is 1 or 0, and what is
  /// missing is empty.
  public var table: [UInt8] {
    var table = CSVTable([
      "site", "function", "moved", "probability", "kolmogorov_smirnov_lower",
      "kolmogorov_smirnov_upper", "wasserstein_lower", "wasserstein_upper", "lower", "upper",
      "escaped", "first_min", "first_max", "second_min", "second_max",
    ])
    for site in sites {
      let (drift, seen) = (site.drift, [site.first, site.second].map(\.statistics))
      table.append(
        [
          site.name, site.first.profile.function, drift.hasMoved ? "1" : "0",
          drift.probability.field, drift.kolmogorovSmirnovLower.field,
          drift.kolmogorovSmirnovUpper.field, drift.wassersteinLower.field,
          drift.wassersteinUpper.field, drift.lower.field, drift.upper.field, drift.escaped.field,
        ] + seen.flatMap { [$0.minimum.field, $0.maximum.field] })
    }
    return table.bytes
  }
}
