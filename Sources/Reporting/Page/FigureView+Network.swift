import NetworkVerification

extension FigureView {
  /// What degrees buy at all sites together; nil without polynomials.
  init?(tradeOff: TradeOff, _ summaries: [TradeOff.Summary], of report: Report) {
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
