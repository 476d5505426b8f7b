import ActivationProfiling
import RangeRecommendation
import RangeStatistics

/// What one promise of the `inference` policy gave over many splits.
///
/// A split is a random order of the inputs: some are held out, the others calibrate. Whatever the
/// inputs are, held-out and scored ones are exchangeable given the rest, so that the number of
/// held-out inputs that escape follows the Beta-binomial law with (m, n + 1 − k, k) exactly, and
/// splits by different seeds are independent given the inputs: the 500 numbers are independent draws
/// from the law, though all splits share one set of inputs.
///
/// Equal scores make escapes rarer than the law says: an input that ties with the k-th score does not
/// escape. So the fit is of the numbers with ties broken at random, which follow the law with or
/// without ties.
struct InferenceRow {
  static let table = MarkdownTable([
    "network", "inputs", "p", "c", "n", "k", "m", "escaped: law", "escaped: seen",
    "ties broken", "beyond 1 % / 99 %", "fit", "true share ≥ p", "width ÷ oracle",
  ])

  let cells: [String]

  private struct Outcome {
    let promise: InferencePromise
    let escaped: Int
    /// The inputs that would, with ties broken at random.
    let escapedOrTied: Int
    /// The factor over that of an oracle that knows the distribution.
    let relativeWidth: Double
    /// The share of new inputs that stay inside, where it is known.
    let coverage: Double?
  }

  /// Splits a network's inputs.
  init(
    _ name: String, _ profile: Profile, _ asked: (coverage: Double, confidence: Double), splits: Int
  ) throws {
    let names = profile.sites.map(\.name)
    var held = 0
    let outcomes: [Outcome]
    do {
      outcomes = try (1...UInt64(splits)).map { seed in
        let inputs = try CalibrationInputs(profile, holdingOut: 0.2, seed: seed)
        let calibration = try InferenceCalibration(
          Array(zip(names, inputs.extremes)).map { (name: $0, extremes: $1) },
          coverage: asked.coverage, confidence: asked.confidence, seed: seed)
        held = inputs.heldOut[0].indices.count
        let factor = calibration.promise.factor
        let scores = calibration.scores(of: inputs.heldOut)
        // The oracle knows all inputs but those that gave the shapes.
        let scored = calibration.scores(
          of: inputs.extremes.map {
            $0.selecting(calibration.scoredInputs)
          })
        let oracle = (scores + scored).sorted()
        let rank = Int((asked.coverage * Double(oracle.count)).rounded(.up))
        return Outcome(
          promise: calibration.promise, escaped: scores.count { $0 > factor },
          escapedOrTied: Self.escapes(
            scores, scored, rank: calibration.promise.rank, seed: SplitMix64.hash(~seed)),
          relativeWidth: factor / oracle[rank - 1], coverage: nil)
      }
    } catch RecommendationError.tooFewInputs(_, let found, let needed, _) {
      cells = Self.refusal(
        name, profile.sampleCount, asked, "refused: \(found) of \(needed) inputs")
      return
    }
    cells = Self.cells(name, profile.sampleCount, asked, outcomes, held: held)
  }

  /// Draws new inputs for every split from a source whose distribution is known.
  init(
    _ source: SimulatedSource, _ asked: (coverage: Double, confidence: Double), splits: Int
  ) throws {
    let outcomes = try (1...UInt64(splits)).map { seed in
      var generator = SplitMix64(seed: SplitMix64.hash(seed))
      let inputs = source.draw(SimulatedSource.inputs, &generator)
      let calibration = try InferenceCalibration(
        inputs.enumerated().map { ("site\($0)", $1) }, coverage: asked.coverage,
        confidence: asked.confidence, seed: seed)
      let fresh = source.draw(SimulatedSource.heldOut, &generator)
      let factor = calibration.promise.factor
      let escaped = calibration.scores(of: fresh).count { $0 > factor }
      return Outcome(
        promise: calibration.promise, escaped: escaped, escapedOrTied: escaped,
        relativeWidth: factor / source.oracle(calibration, coverage: asked.coverage),
        coverage: source.coverage(of: calibration.bounds))
    }
    cells = Self.cells(
      source.name, SimulatedSource.inputs, asked, outcomes, held: SimulatedSource.heldOut)
  }

  /// How many scores come after the one of a rank among others, equal ones in a random order.
  private static func escapes(
    _ scores: [Double], _ others: [Double], rank: Int, seed: UInt64
  ) -> Int {
    var generator = SplitMix64(seed: seed)
    let ranked = others.map { ($0, generator.next()) }.sorted { $0 < $1 }[rank - 1]
    return scores.count { ($0, generator.next()) > ranked }
  }

  private static func refusal(
    _ name: String, _ inputs: Int, _ asked: (coverage: Double, confidence: Double), _ reason: String
  ) -> [String] {
    [name, "\(inputs)", asked.coverage.text(2), asked.confidence.text(2), reason]
      + [String](repeating: "", count: 9)
  }

  private static func cells(
    _ name: String, _ inputs: Int, _ asked: (coverage: Double, confidence: Double),
    _ outcomes: [Outcome], held: Int
  ) -> [String] {
    let (n, k) = (outcomes[0].promise.scored, outcomes[0].promise.rank)
    let law = BetaBinomialDistribution(trials: held, a: Double(n + 1 - k), b: Double(k))
    let escaped = outcomes.map(\.escapedOrTied)
    let (few, many) = (law.quantile(0.01), law.quantile(0.99))
    let count = Double(outcomes.count)
    let covered = outcomes.compactMap(\.coverage)
    return [
      name, "\(inputs)", asked.coverage.text(2), asked.confidence.text(2), "\(n)", "\(k)",
      "\(held)", (Double(n + 1 - k) / Double(n + 1)).percent,
      (Double(outcomes.reduce(0) { $0 + $1.escaped }) / count / Double(held)).percent,
      (Double(escaped.reduce(0, +)) / count / Double(held)).percent,
      "\((Double(escaped.count { $0 < few }) / count).percent) / "
        + "\((Double(escaped.count { $0 > many }) / count).percent)",
      GoodnessOfFit(escaped, law, seed: UInt64(k)).probability.text(3),
      covered.isEmpty ? "" : (Double(covered.count { $0 >= asked.coverage }) / count).percent,
      "\(outcomes.map(\.relativeWidth).quantile(0.5).text(3))",
    ]
  }
}
