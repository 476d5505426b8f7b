import NetworkVerification

extension Report {
  /// What is left of the network, in a sentence.
  var verificationSentence: String? {
    guard let verification else { return nil }
    let inputs = verification.inputs.counted("input")
    let blownUp = "\(verification.escapes.blownUp.text) blew up"
    guard let agreement = verification.agreement else {
      return "With the polynomials in place, over \(inputs): \(blownUp)."
    }
    return
      "With the polynomials in place, top-1 agreement is \(agreement.share.percent): so many of "
      + "\(inputs) keep their class; \(blownUp)."
  }

  /// The inputs that blew up; nil if none did.
  var blowUpTable: TableView? {
    guard let blowUps = verification?.blowUps, !blowUps.isEmpty else { return nil }
    return TableView(
      "The first inputs that blow up",
      columns: ["input", "first at", "half-widths from the centre", "first escape at", "inside"],
      rows: blowUps.map { blowUp in
        [
          blowUp.sample.text, blowUp.site, blowUp.reach?.text ?? "not finite",
          blowUp.firstEscape ?? "–", blowUp.isInside ? "yes" : "no",
        ]
      })
  }

  /// The main figures of the verification.
  var verificationTable: TableView? {
    guard let verification else { return nil }
    let escapes = verification.escapes
    var rows = [["inputs", verification.inputs.text]]
    if let agreement = verification.agreement {
      rows.append(["top-1 agreement", agreement.share.percent])
      rows.append(["top-1 agreement, of those inside all intervals", agreement.shareInside.percent])
    }
    if let accuracy = verification.accuracy {
      rows.append(["accuracy of the exact network", accuracy.exact.percent])
      rows.append(["accuracy with polynomials", accuracy.polynomial.percent])
    }
    if let divergence = verification.divergence {
      rows.append(["mean Kullback–Leibler divergence", divergence.mean.text])
    }
    for output in verification.outputs {
      rows.append(["greatest error of output \(output.output)", output.maximumError.text])
    }
    rows += [
      ["inputs inside all intervals, in the exact network", escapes.inside.text],
      ["inputs that leave an interval", escapes.escaped.text],
      ["inputs that blow up", escapes.blownUp.text],
      ["of them inside all intervals", escapes.blownUpInside.text],
      ["depth along the critical path", verification.depth.criticalPath.text],
    ]
    let growth = verification.sites.filter { $0.errorGrowth != nil }
      .max { $0.errorGrowth! < $1.errorGrowth! }
    if let growth {
      rows.append(["largest error growth", "\(growth.errorGrowth.text) at \(growth.site)"])
    }
    return TableView(
      "The exact network and the one with polynomials, side by side", columns: ["figure", "value"],
      rows: rows)
  }
}
