import Glibc

extension GeneralizedPareto {
  /// Returns the Anderson–Darling statistic, which weighs what is seen against the distribution most
  /// at its ends.
  ///
  /// - Precondition: The excesses ascend.
  func andersonDarling(_ excesses: [Double]) -> Double {
    let n = Double(excesses.count)
    // A value on the very end has survival 0, and would make the statistic infinite.
    let survivals = excesses.map { min(max(survival($0), 1e-300), 1 - 1e-16) }
    var sum = 0.0
    for (index, survival) in survivals.enumerated() {
      let mirrored = survivals[survivals.count - 1 - index]
      sum += Double(2 * index + 1) * (log1p(-survival) + log(mirrored))
    }
    return -n - sum / n
  }

  /// Returns the statistic of excesses against the distribution that is fitted to them.
  public static func fittedAndersonDarling(_ excesses: [Double]) -> Double {
    fit(excesses).distribution.andersonDarling(excesses.sorted())
  }

  /// Returns what the statistic exceeds with probability 1 % if both parameters were fitted to
  /// excesses of the given shape.
  ///
  /// Simulated with this package's own fit, 200 excesses, 10,000 times for each shape; it hardly
  /// depends on their number. (After Choulakian and Stephens, "Goodness-of-fit tests for the
  /// generalized Pareto distribution", Technometrics 43, 2001.)
  static func criticalAndersonDarling(shape: Double) -> Double {
    let place = min(max((shape - leastShape) / 0.1, 0), Double(criticalValues.count - 1))
    let index = min(Int(place), criticalValues.count - 2)
    let fraction = place - Double(index)
    return criticalValues[index] * (1 - fraction) + criticalValues[index + 1] * fraction
  }

  /// For the shapes −0.5, −0.4, …, 0.5.
  private static let criticalValues = [
    2.691, 1.736, 1.632, 1.492, 1.472, 1.407, 1.334, 1.340, 1.273, 1.231, 1.133,
  ]
}
