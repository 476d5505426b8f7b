extension CSVTables {
  /// How far single inputs go at each site: one line for each side and each power of ten of inputs,
  /// one of which goes beyond the level.
  ///
  /// The note says why there is no model.
  public var returnLevels: [UInt8] {
    var table = CSVTable([
      "site", "side", "inputs", "seen", "model", "lower_bound", "upper_bound", "note",
    ])
    for site in report.sites {
      guard let levels = site.returnLevels else { continue }
      for side in levels.sides {
        let note = if case .failure(let error) = side.tail { "\(error)" } else { "" }
        for period in levels.periods {
          let level = side.level(period: period)
          table.append([
            site.name, side.name, period.field, level.seen.field, level.estimate.field,
            (level.limits?.lowerBound).field, (level.limits?.upperBound).field, note,
          ])
        }
      }
    }
    return table.bytes
  }

  /// The least error of a polynomial for each site, interval and degree; nil without a
  /// recommendation.
  ///
  /// It is empty where the fit fails.
  public var tradeOff: [UInt8]? {
    guard let tradeOff = report.tradeOff else { return nil }
    var table = CSVTable([
      "site", "policy", "lower", "upper", "degree", "depth", "supremum_error", "error_bound",
    ])
    for (site, lines) in zip(report.sites, tradeOff.lines) {
      for line in lines {
        for (index, degree) in tradeOff.degrees.enumerated() {
          table.append([
            site.name, line.policy, line.lower.field, line.upper.field, degree.field,
            tradeOff.depths[index].field, line.errors[index].field, line.bound.field,
          ])
        }
      }
    }
    return table.bytes
  }
}
