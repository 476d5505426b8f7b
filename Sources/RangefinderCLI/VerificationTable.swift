import NetworkVerification

/// What `verify` prints: one row a site, the inputs that blew up, then the network as a whole.
struct VerificationTable: CustomStringConvertible {
  private let verification: Verification

  init(_ verification: Verification) { self.verification = verification }

  var description: String {
    [sites.description, blowUps?.description, network.description].compactMap { $0 }
      .joined(separator: "\n\n")
  }

  private var sites: TextTable {
    var table = TextTable(
      ["site", "function", "lower", "upper", "error growth", "escapes", "exact", "reach", "first"],
      leftColumns: 2)
    for site in verification.sites {
      table.append([
        site.site, site.isReplaced ? site.function : "\(site.function) (kept)",
        site.lower.text(), site.upper.text(), site.errorGrowth.text(digits: 3),
        site.lower == nil ? "" : "\(site.escapes)", site.lower == nil ? "" : "\(site.exactEscapes)",
        site.lower == nil ? "" : (site.reach ?? .infinity).text(digits: 4),
        site.firstEscapes.map(String.init).joined(separator: ","),
      ])
    }
    return table
  }

  private var blowUps: TextTable? {
    guard !verification.blowUps.isEmpty else { return nil }
    var table = TextTable(
      ["blew up", "at", "left an interval at", "reach", "exact network"], leftColumns: 3)
    for blowUp in verification.blowUps {
      table.append([
        "input \(blowUp.sample)", blowUp.site, blowUp.firstEscape ?? "",
        (blowUp.reach ?? .infinity).text(digits: 3),
        blowUp.isInside ? "inside all intervals" : "outside",
      ])
    }
    let hidden = verification.escapes.blownUp - verification.blowUps.count
    if hidden > 0 { table.append(["and \(hidden) more", "", "", "", ""]) }
    return table
  }

  private var network: TextTable {
    let escapes = verification.escapes
    var table = TextTable(["the network", ""], leftColumns: 2)
    table.append(["inputs", "\(verification.inputs)"])
    if let agreement = verification.agreement {
      table.append([
        "same class", "\(Self.percent(agreement.share)) (\(agreement.agreeing))",
      ])
      table.append([
        "same class, inside all intervals",
        (agreement.shareInside.map(Self.percent) ?? "none is")
          + " (\(agreement.agreeingInside) of \(escapes.inside))",
      ])
    }
    if let accuracy = verification.accuracy {
      table.append([
        "accuracy, exact and with polynomials",
        "\(Self.percent(accuracy.exact)), \(Self.percent(accuracy.polynomial))",
      ])
    }
    for output in verification.outputs {
      table.append([
        "output \(output.output): RMS error, greatest",
        "\(output.rootMeanSquareError.text(digits: 3)), \(output.maximumError.text(digits: 3))",
      ])
    }
    if let divergence = verification.divergence {
      table.append([
        "Kullback–Leibler divergence: mean, greatest",
        "\(divergence.mean.text(digits: 3)), \(divergence.maximum.text(digits: 3))",
      ])
    }
    table.append(["inputs that leave an interval", "\(escapes.escaped)"])
    table.append([
      "inputs that blow up; of those inside", "\(escapes.blownUp); \(escapes.blownUpInside)",
    ])
    table.append([
      "depth: total, critical path",
      "\(verification.depth.total), \(verification.depth.criticalPath)",
    ])
    return table
  }

  private static func percent(_ share: Double) -> String { "\((100 * share).text(digits: 5)) %" }
}
