import ActivationProfiling
import RangeStatistics

/// How probable it is that one new input leaves an interval set.
///
/// An input counts if it leaves the interval, or is the outermost one inside it on either side: the
/// new input is as likely as any other to be that one. So N inputs' own range gives 2/(N + 1), its
/// exact expectation for one site. For intervals far beyond the data the true probability is less.
public struct EscapeEstimate: Hashable, Sendable {
  /// For each site; `nil` for one without an interval.
  public let perSite: [Double?]
  /// For any site at all.
  public let anywhere: Double

  /// Estimates the probabilities from what inputs gave each site.
  public init(_ bounds: [ClosedRange<Double>?], from extremes: [SampleExtremes]) {
    let inputs = extremes.map(\.minima.count).max() ?? 0
    var anywhere: Set<Int> = []
    var perSite: [Double?] = []
    for (site, range) in zip(extremes, bounds) {
      guard let range else {
        perSite.append(nil)
        continue
      }
      var counted: Set<Int> = []
      var (lowest, highest): (Int?, Int?) = (nil, nil)
      for input in site.minima.indices where site.minima[input] <= site.maxima[input] {
        guard !site.leaves(range, input: input) else {
          counted.insert(input)
          continue
        }
        if lowest.map({ site.minima[input] < site.minima[$0] }) ?? true { lowest = input }
        if highest.map({ site.maxima[input] > site.maxima[$0] }) ?? true { highest = input }
      }
      counted.formUnion([lowest, highest].compactMap { $0 })
      perSite.append(Double(counted.count) / Double(inputs + 1))
      anywhere.formUnion(counted)
    }
    self.perSite = perSite
    self.anywhere = Double(anywhere.count) / Double(inputs + 1)
  }
}

extension EscapeEstimate {
  /// Estimates the probabilities from all inputs of a profile.
  public init(_ bounds: [ClosedRange<Double>?], in profile: Profile) {
    self.init(bounds, from: CalibrationInputs(profile).extremes)
  }
}
