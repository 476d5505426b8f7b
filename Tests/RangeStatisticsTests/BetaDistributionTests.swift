import RangeStatistics
import Testing

@Suite("Beta distribution")
struct BetaDistributionTests {
  @Test("Probabilities agree with SciPy 1's betainc and betaincc to 12 digits.")
  func probabilities() {
    let expected: [(Double, Double, Double, Double, Double)] = [
      (1, 1, 0.25, 0.25, 0.75),
      (2, 3, 0.4, 0.5248, 0.4752),
      (0.5, 0.5, 0.1, 0.20483276469913345, 0.7951672353008665),
      (2995, 1, 0.999, 0.049961703397356255, 0.9500382966026437),
      (50, 951, 0.04, 0.06630587123134754, 0.9336941287686522),
      (1e5, 2e5, 0.3335, 0.5769368018947587, 0.42306319810523224),
      (3, 1e6, 2e-6, 0.3233246665001949, 0.6766753334998051),
      (120.5, 80.25, 0.55, 0.07422377567951227, 0.9257762243204878),
    ]
    for (a, b, x, cumulative, survival) in expected {
      let distribution = BetaDistribution(a, b)
      #expect((distribution.cumulative(x) / cumulative - 1).magnitude < 1e-12)
      #expect((distribution.survival(x) / survival - 1).magnitude < 1e-12)
    }
  }

  @Test("Quantiles agree with SciPy 1's beta.ppf to 11 digits.")
  func quantiles() {
    let expected: [(Double, Double, Double, Double)] = [
      (2, 3, 0.5, 0.3857275681323895),
      (0.5, 0.5, 0.01, 0.00024671981713422146),
      (1, 2995, 0.05, 1.7126161989202835e-05),
      (990, 11, 0.025, 0.9816867569448875),
      (1e5, 2e5, 0.975, 0.33502124990043863),
      (3, 1e6, 1e-6, 1.8254264542411604e-08),
      (7, 4, 0.999, 0.9503729364602499),
    ]
    for (a, b, probability, quantile) in expected {
      #expect((BetaDistribution(a, b).quantile(probability) / quantile - 1).magnitude < 1e-11)
    }
  }

  @Test("The ends of the interval have the probabilities 0 and 1.")
  func ends() {
    let distribution = BetaDistribution(3, 4)
    #expect(distribution.cumulative(0) == 0 && distribution.cumulative(1) == 1)
    #expect(distribution.survival(0) == 1 && distribution.survival(1) == 0)
    #expect(distribution.quantile(0) == 0 && distribution.quantile(1) == 1)
  }
}
