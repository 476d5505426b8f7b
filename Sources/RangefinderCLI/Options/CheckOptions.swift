import ArgumentParser
import RangeRecommendation

/// How promises are held against inputs that were kept out, and what a script shall stop at.
struct CheckOptions: ParsableArguments {
  /// What a script may stop at.
  enum Condition: String, CaseIterable, ExpressibleByArgument {
    case refusal, holdout, tolerance
  }

  @Option(
    help: """
      Keep this share of the inputs out of calibration, and show how many of them leave the \
      intervals.
      """)
  var holdout: Double?

  @Option(
    help: """
      Exit with code 4 if it is so (may be repeated). refusal: some policy in the list cannot be \
      promised. holdout: the held-out inputs rule out what the used policy promises. tolerance: \
      some polynomial of the used policy misses the tolerance.
      """)
  var failOn: [Condition] = []

  func validate() throws {
    if let holdout, !(holdout > 0 && holdout < 1) {
      throw ValidationError("--holdout takes a number between 0 and 1, not \(holdout).")
    }
    if failOn.contains(.holdout), holdout == nil {
      throw ValidationError("--fail-on holdout needs inputs that are kept out: give --holdout.")
    }
  }

  /// - Throws: `FailedCheck` for the first condition that is met.
  func check(_ recommendation: Recommendation) throws {
    for condition in failOn {
      if let failure = recommendation.failure(of: condition) { throw failure }
    }
  }
}

/// What `--fail-on` names has happened.
enum FailedCheck: Error, Hashable, CustomStringConvertible {
  case refused(policies: [String])
  case brokenPromise(policy: String, escaped: Int, inputs: Int, promised: Double)
  case missedTolerance(sites: [String])
  case drift(inputs: Int, escaped: Int, moved: [String])

  var description: String {
    switch self {
    case .refused(let policies):
      "refused by --fail-on refusal: \(policies.joined(separator: ", "))."
    case .brokenPromise(let policy, let escaped, let inputs, let promised):
      """
      refused by --fail-on holdout: \(escaped) of \(inputs) held-out inputs leave the intervals of \
      \(policy), which promises a share of \(promised.text(digits: 3)) at most.
      """
    case .missedTolerance(let sites):
      "refused by --fail-on tolerance: no polynomial will do at \(sites.joined(separator: ", "))."
    case .drift(let inputs, let escaped, let moved):
      """
      refused by --fail-on drift: \(escaped) of \(inputs) inputs leave the intervals; moved sites: \
      \(moved.isEmpty ? "none" : moved.joined(separator: ", ")).
      """
    }
  }
}

extension Recommendation {
  fileprivate func failure(of condition: CheckOptions.Condition) -> FailedCheck? {
    switch condition {
    case .refusal:
      let partly = Set(sites.flatMap { $0.refusals.map(\.policy) })
      let refused = policies.filter { $0.refusal != nil || partly.contains($0.label) }.map(\.label)
      return refused.isEmpty ? nil : .refused(policies: refused)
    case .holdout:
      guard let truth = chosenPolicy?.heldOut, truth.isBroken, let promised = truth.promised else {
        return nil
      }
      return .brokenPromise(
        policy: policy, escaped: truth.escaped, inputs: truth.inputs, promised: promised)
    case .tolerance:
      let missed = sites.filter { $0.option(policy)?.approximation?.meetsTolerance == false }
      return missed.isEmpty ? nil : .missedTolerance(sites: missed.map(\.site))
    }
  }
}
