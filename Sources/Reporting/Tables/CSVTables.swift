import RangeRecommendation
import RangeStatistics

/// The report as tables: one header line, dot decimals, missing is empty, sites in network order.
///
/// A number has the shortest form that reads back to the same one; those that were seen (min, max,
/// value of an extreme) are 32-bit numbers, the others 64-bit. `values` counts finite values. Lines
/// end in `\n`.
public struct CSVTables: Sendable {
  let report: Report

  public init(_ report: Report) { self.report = report }

  /// One line a site.
  public var sites: [UInt8] {
    var table = CSVTable([
      "site", "layer", "function", "values", "min", "max", "mean", "standard_deviation", "zeros",
      "subnormals", "nan", "positive_infinity", "negative_infinity",
    ])
    for site in report.profile.sites {
      let (seen, moments) = (site.statistics, site.statistics.moments)
      table.append([
        site.name, site.layer, site.function, seen.count.field, seen.minimum.field,
        seen.maximum.field, moments.mean.field, moments.standardDeviation.field, seen.zeros.field,
        seen.subnormals.field, seen.nonFinite.nan.field, seen.nonFinite.positiveInfinity.field,
        seen.nonFinite.negativeInfinity.field,
      ])
    }
    return table.bytes
  }

  /// One line for each site and level, with empty numbers where the values are too few for it.
  public var quantiles: [UInt8] {
    var table = CSVTable(["site", "quantile", "value", "lower_bound", "upper_bound"])
    for site in report.sites {
      for level in Report.quantileLevels {
        let quantile = site.quantile(level)
        table.append([
          site.name, level.field, (quantile?.value).field, (quantile?.lower).field,
          (quantile?.upper).field,
        ])
      }
    }
    return table.bytes
  }

  /// One line for each site and channel, the last axis, counted from 0.
  public var channels: [UInt8] {
    var table = CSVTable([
      "site", "channel", "values", "min", "max", "mean", "standard_deviation",
    ])
    for site in report.profile.sites {
      for (index, channel) in site.statistics.channels.enumerated() {
        let (moments, isEmpty) = (channel.moments, channel.count == 0)
        table.append([
          site.name, index.field, channel.count.field, isEmpty ? "" : channel.minimum.field,
          isEmpty ? "" : channel.maximum.field, moments.mean.field,
          moments.standardDeviation.field,
        ])
      }
    }
    return table.bytes
  }

  /// The highest and lowest values of each site, most extreme first.
  ///
  /// The sample is its index in the dataset, from 0; coordinates have spaces between them.
  public var extremes: [UInt8] {
    var table = CSVTable([
      "site", "side", "rank", "value", "sample", "channel", "coordinates",
    ])
    for site in report.profile.sites {
      let lists = [("highest", site.statistics.highest), ("lowest", site.statistics.lowest)]
      for (side, list) in lists {
        for (index, extreme) in list.values.enumerated() {
          table.append([
            site.name, side, (index + 1).field, extreme.value.field, extreme.sample.field,
            (extreme.offset % site.statistics.channels.count).field,
            site.coordinates(of: extreme.offset).map(\.field).joined(separator: " "),
          ])
        }
      }
    }
    return table.bytes
  }

  /// One line for each policy with what was promised of it and what held-out inputs did; nil
  /// without a recommendation.
  public var policies: [UInt8]? {
    guard let recommendation = report.recommendation else { return nil }
    var table = CSVTable([
      "policy", "used", "escape_probability", "promised_escape", "held_out", "held_out_escapes",
      "escape_lower", "escape_upper", "calibrated_on_held_out", "total_depth",
    ])
    for policy in recommendation.policies {
      let truth = policy.heldOut
      table.append([
        policy.label, policy.label == recommendation.policy ? "1" : "0",
        policy.escapeProbability.field, (truth?.promised).field, (truth?.inputs).field,
        (truth?.escaped).field, (truth?.lower).field, (truth?.upper).field,
        truth.map { $0.isSeen ? "1" : "0" } ?? "", policy.totalDepth.field,
      ])
    }
    return table.bytes
  }

  /// One line for each site and policy; nil without a recommendation.
  ///
  /// The note says why there is no polynomial or no interval, or what the polynomial misses.
  public var recommendations: [UInt8]? {
    guard let recommendation = report.recommendation else { return nil }
    var table = CSVTable([
      "site", "function", "policy", "lower", "upper", "escape_probability", "method", "degree",
      "supremum_error", "weighted_rms_error", "depth", "multiplications", "fuse",
      "held_out_escapes", "tail_shape_below", "tail_shape_above", "tail_level_below",
      "tail_level_above", "observed_ratio", "note",
    ])
    for site in recommendation.sites {
      for policy in recommendation.policies {
        let option = site.option(policy.label)
        let fit = option?.approximation
        table.append([
          site.site, site.function, policy.label, (option?.lower).field, (option?.upper).field,
          (option?.escapeProbability).field, fit?.method.rawValue ?? "", (fit?.degree).field,
          (fit?.supremumError).field, (fit?.weightedRMSError).field, (fit?.depth).field,
          (fit?.multiplications).field, (fit?.fuse).field, (option?.heldOutEscapes).field,
          (option?.tail?.lower.shape).field, (option?.tail?.upper.shape).field,
          (option?.tail?.lower.returnLevel).field, (option?.tail?.upper.returnLevel).field,
          (option?.observedRatio).field,
          option?.note ?? site.refusals.first { $0.policy == policy.label }?.reason
            ?? policy.refusal?.replacing("\n", with: " ") ?? "",
        ])
      }
    }
    return table.bytes
  }
}
