import NetworkVerification

extension FigureView {
  /// What degrees buy at all sites together; nil without polynomials.
  init?(tradeOff: TradeOff, of report: Report) {
    let summaries = tradeOff.policies.compactMap { policy in
      TradeOff.Summary(tradeOff, policy, sites: report.sites.map(\.name))
    }
    guard !summaries.isEmpty else { return nil }
    chart =
      TradeOffChart(
        title: "Error at the worst site by degree, on the intervals of "
          + (summaries.count == 1 ? "1 policy" : "\(summaries.count) policies"),
        yTitle: "error ÷ allowed error, worst site (log)", degrees: tradeOff.degrees,
        depths: tradeOff.depths,
        curves: summaries.map { summary in
          TradeOffChart.Curve(
            label: summary.policy, isChosen: summary.policy == report.policy?.label,
            errors: summary.worst.map { $0?.ratio }, choice: nil)
        }, allowed: 1
      ).picture
    keys = [
      Key(keyStyle: "", words: "chosen policy"), Key(keyStyle: "other", words: "others"),
      Key(keyStyle: "bound", words: "allowed error"),
    ]
    prose =
      "Every site gets a polynomial of the same degree: how far above its allowed error is the worst "
      + "one? Below the dashed line all sites keep their tolerance. The farther to the right a line "
      + "gets there, the more the policy’s promise costs. The numbers on top are depths "
      + "(\(report.recommendation?.backend.rawValue ?? "")): up to each upright line a higher degree "
      + "costs none."
    tables = [
      TableView(
        "Error ÷ allowed error at the worst site", columns: ["policy"] + tradeOff.columns,
        rows: summaries.map { summary in
          [summary.policy]
            + summary.worst.map { worst in worst.map { "\($0.ratio.text) at \($0.site)" } ?? "–" }
        }),
      TableView(
        "Sites that keep their tolerance", columns: ["policy"] + tradeOff.columns,
        rows: summaries.map { summary in
          [summary.policy] + summary.kept.map { "\($0.text) of \(summary.sites.text)" }
        }),
    ]
    data = "tradeoff.csv"
  }

  /// How errors grow from site to site; nil where no growth was measured.
  init?(errorGrowthIn verification: Verification) {
    let sites = verification.sites
    guard let picture = ErrorGrowthChart(sites: sites).picture else { return nil }
    let escaping = sites.count { $0.escapes > 0 }
    chart = picture
    keys =
      [Key(keyStyle: "dots", words: "sites")]
      + (escaping > 0 ? [Key(keyStyle: "dots escape", words: "sites with escapes")] : [])
    prose =
      "Error growth is the root mean square difference of a site’s pre-activations between both "
      + "networks, over their standard deviation. A steady climb is what depth costs; where it jumps, "
      + "a polynomial just before is too coarse. "
      + (escaping == 0
        ? "No input leaves an interval."
        : "Inputs leave the interval at \(escaping.counted("site")).")
    tables = [
      TableView(
        "Error growth and escapes, site by site",
        columns: [
          "site", "error growth", "RMS difference", "escapes, exact network", "escapes", "reach",
          "blow-ups", "first inputs to escape",
        ],
        rows: sites.map { site in
          [
            site.site, site.errorGrowth.text, site.rootMeanSquareDifference.text,
            site.exactEscapes.text, site.escapes.text, site.reach.text, site.blowUps.text,
            site.firstEscapes.map(\.text).joined(separator: ", "),
          ]
        })
    ]
    data = "verification.json"
  }
}

extension TradeOff {
  /// One policy at all sites.
  fileprivate struct Summary {
    let policy: String
    let sites: Int
    /// For each degree the site whose error is the largest multiple of what is allowed.
    let worst: [(ratio: Double, site: String)?]
    /// For each degree the sites whose error is allowed.
    let kept: [Int]

    init?(_ tradeOff: TradeOff, _ policy: String, sites names: [String]) {
      let lines = zip(names, tradeOff.lines).compactMap { name, lines in
        lines.first { $0.policy == policy && $0.bound > 0 }.map { (name, $0) }
      }
      guard !lines.isEmpty else { return nil }
      self.policy = policy
      sites = lines.count
      let ratios = tradeOff.degrees.indices.map { degree in
        lines.compactMap { name, line in
          line.errors[degree].map { (ratio: $0 / line.bound, site: name) }
        }
      }
      worst = ratios.map { ratios in ratios.max { $0.ratio < $1.ratio } }
      kept = ratios.map { ratios in ratios.count { $0.ratio <= 1 } }
    }
  }
}
