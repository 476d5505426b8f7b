import PolynomialApproximation

extension Recommendation {
  /// The same recommendation with wider intervals at some sites, and the degrees that they need.
  ///
  /// Only the recommended policy's intervals change; what it promises of the narrower ones holds of
  /// these too, and its estimates of escapes, which are kept, are upper limits.
  ///
  /// - Parameters:
  ///   - bounds: The new intervals, by site.
  ///   - densities: The values of sites, by name.
  public func widened(
    to bounds: [String: ClosedRange<Double>], densities: [String: Density]
  ) -> Recommendation {
    changingOptions { site, option in
      guard let range = bounds[site.site] else { return option }
      let answer = recommender.approximate(site.function, on: range, densities[site.site])
      return Option(option, bounds: range, answer.approximation, note: answer.note)
    }
  }

  /// The same recommendation with given degrees at some sites.
  ///
  /// - Parameters:
  ///   - degrees: The degrees, by site.
  ///   - densities: The values of sites, by name.
  public func withDegrees(
    _ degrees: [String: Int], densities: [String: Density]
  ) -> Recommendation {
    changingOptions { site, option in
      guard let degree = degrees[site.site] else { return option }
      let range = option.lower...option.upper
      let answer = recommender.approximate(
        site.function, on: range, densities[site.site], degree: degree)
      return Option(option, bounds: range, answer.approximation, note: answer.note)
    }
  }

  /// The same recommendation for some sites only.
  public func restricted(to names: Set<String>) -> Recommendation {
    changing(sites.filter { names.contains($0.site) })
  }

  /// What chooses degrees as this recommendation does.
  private var recommender: Recommender {
    Recommender(
      policy: .minmax(margin: 1),
      tolerance: Tolerance(kind: toleranceKind, value: tolerance) ?? .standard, method: method,
      degreeLimit: degreeLimit, backend: backend)
  }

  private func changingOptions(_ change: (Site, Option) -> Option) -> Recommendation {
    changing(
      sites.map { site in
        Site(
          site: site.site, layer: site.layer, function: site.function,
          options: site.options.map { $0.policy == policy ? change(site, $0) : $0 },
          refusals: site.refusals)
      })
  }

  private func changing(_ sites: [Site]) -> Recommendation {
    let depths = sites.compactMap { $0.option(policy)?.approximation?.depth }
    return Recommendation(
      format: format, version: version, model: model, modelDigest: modelDigest, data: data,
      inputs: inputs, holdout: holdout, policy: policy, toleranceKind: toleranceKind,
      tolerance: tolerance, method: method, degreeLimit: degreeLimit, backend: backend,
      policies: policies.map { policy in
        policy.label != self.policy
          ? policy
          : Policy(
            label: policy.label, promise: policy.promise,
            escapeProbability: policy.escapeProbability, refusal: policy.refusal,
            inference: policy.inference, heldOut: policy.heldOut,
            totalDepth: depths.reduce(0, +))
      }, sites: sites)
  }
}

extension Recommendation.Option {
  /// An option with another interval and polynomial.
  fileprivate init(
    _ option: Self, bounds: ClosedRange<Double>, _ approximation: Recommendation.Approximation?,
    note: String?
  ) {
    self.init(
      policy: option.policy, lower: bounds.lowerBound, upper: bounds.upperBound,
      escapeProbability: option.escapeProbability, heldOutEscapes: option.heldOutEscapes,
      tail: option.tail, observedRatio: option.observedRatio, approximation: approximation,
      note: note)
  }
}
