extension TradeOff {
  /// One policy at all sites together.
  struct Summary: Encodable {
    /// The site that holds a degree back.
    struct Worst: Encodable {
      let site: String
      /// Its error over what is allowed.
      let ratio: Double
    }

    let policy: String
    /// The sites that have a polynomial.
    let sites: Int
    /// For each degree the site whose error is the largest multiple of what is allowed.
    let worst: [Worst?]
    /// For each degree the sites whose error is allowed.
    let kept: [Int]

    /// Nil if no site has a polynomial on the policy's interval.
    init?(_ tradeOff: TradeOff, _ policy: String, sites names: [String]) {
      let lines = zip(names, tradeOff.lines).compactMap { name, lines in
        lines.first { $0.policy == policy && $0.bound > 0 }.map { (name, $0) }
      }
      guard !lines.isEmpty else { return nil }
      self.policy = policy
      sites = lines.count
      let ratios = tradeOff.degrees.indices.map { degree in
        lines.compactMap { name, line in
          line.errors[degree].map { Worst(site: name, ratio: $0 / line.bound) }
        }
      }
      worst = ratios.map { ratios in ratios.max { $0.ratio < $1.ratio } }
      kept = ratios.map { ratios in ratios.count { $0.ratio <= 1 } }
    }
  }

  /// Each policy at all sites together.
  func summaries(sites names: [String]) -> [Summary] {
    policies.compactMap { Summary(self, $0, sites: names) }
  }
}
