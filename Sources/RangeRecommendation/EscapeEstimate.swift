import ActivationProfiling

/// How probable it is that one new input leaves an interval set.
///
/// An input counts if it leaves the interval, or is the outermost one inside it on either side: the
/// new input is as likely as any other to be that one. So N inputs' own range gives 2/(N + 1), its
/// exact expectation for one site. For intervals far beyond the data the true probability is less.
public struct EscapeEstimate: Hashable, Sendable {
  /// For each site.
  public let perSite: [Double]
  /// For any site at all.
  public let anywhere: Double

  /// Estimates the probabilities for the inputs of a profile.
  public init(_ bounds: [ClosedRange<Double>], in profile: Profile) {
    var anywhere: Set<Int> = []
    var perSite: [Double] = []
    var inputs = 0
    for (site, range) in zip(profile.sites, bounds) {
      let extremes = site.statistics.samples
      inputs = extremes.minima.count
      var counted: Set<Int> = []
      var (lowest, highest): (Int?, Int?) = (nil, nil)
      for input in 0..<inputs where extremes.minima[input] <= extremes.maxima[input] {
        let inside =
          Double(extremes.minima[input]) >= range.lowerBound
          && Double(extremes.maxima[input]) <= range.upperBound
        guard inside else {
          counted.insert(input)
          continue
        }
        if lowest.map({ extremes.minima[input] < extremes.minima[$0] }) ?? true { lowest = input }
        if highest.map({ extremes.maxima[input] > extremes.maxima[$0] }) ?? true { highest = input }
      }
      counted.formUnion([lowest, highest].compactMap { $0 })
      perSite.append(Double(counted.count) / Double(inputs + 1))
      anywhere.formUnion(counted)
    }
    self.perSite = perSite
    self.anywhere = Double(anywhere.count) / Double(inputs + 1)
  }
}
