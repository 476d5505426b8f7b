/// How probable escapes from an interval set are, and how many held-out inputs did escape.
struct EscapeFindings {
  struct Site {
    let probability: Double
    let heldOut: Int?
  }

  /// `nil` for a site without an interval.
  let perSite: [Site?]
  let anywhere: Double
  let truth: HeldOutTruth?

  init(_ set: IntervalSet, from inputs: CalibrationInputs) {
    let bounds = set.bounds
    let estimate = EscapeEstimate(bounds, from: inputs.extremes)
    let count = inputs.holdout.map { _ in EscapeCount(inputs.heldOut, outside: bounds) }
    perSite = bounds.indices.map { index in
      estimate.perSite[index].map { Site(probability: $0, heldOut: count?.perSite[index]) }
    }
    anywhere = set.promise?.expectedEscape ?? estimate.anywhere
    truth = inputs.holdout.flatMap { holdout in
      count.map {
        HeldOutTruth(
          inputs: holdout.heldOut, escaped: $0.anywhere,
          promised: set.policy.promisedEscape(sites: bounds.count { $0 != nil }),
          isSeen: set.policy.seesHeldOut)
      }
    }
  }
}

extension Recommendation.Policy {
  /// A policy that the data cannot support.
  init(refused policy: IntervalPolicy, because error: RecommendationError) {
    self.init(
      label: policy.label, promise: policy.promise, escapeProbability: nil,
      refusal: error.description, inference: nil, heldOut: nil, totalDepth: nil)
  }

  init(_ set: IntervalSet, _ findings: EscapeFindings, totalDepth: Int?) {
    self.init(
      label: set.policy.label, promise: set.policy.promise, escapeProbability: findings.anywhere,
      refusal: nil, inference: set.promise, heldOut: findings.truth, totalDepth: totalDepth)
  }
}

extension Recommendation.Option {
  /// - Precondition: The outcome has an interval.
  init(
    _ policy: IntervalPolicy, _ outcome: IntervalSet.Outcome, _ findings: EscapeFindings.Site?,
    _ answer: Recommender.Answer
  ) {
    guard let bounds = outcome.bounds, let findings else { preconditionFailure("no interval") }
    var (tail, ratio): (TailPair?, Double?) = (nil, nil)
    if case .tail(_, let models) = outcome { tail = models }
    if case .certified(_, let width) = outcome { ratio = width }
    self.init(
      policy: policy.label, lower: bounds.lowerBound, upper: bounds.upperBound,
      escapeProbability: findings.probability, heldOutEscapes: findings.heldOut, tail: tail,
      observedRatio: ratio, approximation: answer.approximation, note: answer.note)
  }
}
