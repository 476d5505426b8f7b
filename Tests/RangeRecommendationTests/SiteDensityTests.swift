import Glibc
import PolynomialApproximation
import RangeRecommendation
import RangeStatistics
import Testing

@Suite("A site's values as a density")
struct SiteDensityTests {
  private func histogram(_ values: [Float]) -> BFloat16Histogram {
    var histogram = BFloat16Histogram()
    for value in values { histogram.add(value) }
    return histogram
  }

  @Test("The mean over bins is the mean over values, as far as a bin is wide.")
  func bruteForce() throws {
    var generator = SplitMix64(seed: 1)
    let interval = Interval(lower: -2, upper: 3)
    for function in ["relu", "sigmoid", "exp", "tanh"] {
      let values = (0..<2000).map { _ in Float(1.5 * generator.normal()) }
      let target = try TargetFunction(function)
      let density = try #require(Density(histogram(values)))
      let found = density.rootMeanSquare(on: interval) { target($0) }
      let squares = values.map { value in
        let y = target(min(max(Double(value), -2), 3))
        return y * y
      }
      let exact = sqrt(squares.reduce(0, +) / 2000)
      // A bin's middle is within 1/256 of its values; x·f′/f is at most 3 here, for exp at 3.
      #expect(abs(found - exact) <= 3.0 / 256 * exact)
    }
  }

  @Test("Values count at the middles of their bins, and zero at zero.")
  func middles() throws {
    let density = try #require(Density(histogram([1, 1, -2, 0, 0])))
    // The bins are 1...1 + 1/128 and −2 − 1/64...−2, and that of 0.
    let (one, two) = (1 + 1.0 / 256, -2 - 1.0 / 128)
    let interval = Interval(lower: -10, upper: 10)
    let square: Double = (2 * one * one + two * two) / 5
    let found = density.rootMeanSquare(on: interval) { $0 }
    // A few roundings.
    #expect(abs(found - square.squareRoot()) < 1e-15 * found)
    let share: Double = 2.0 / 5
    #expect(density.rootMeanSquare(on: interval) { $0 == 0 ? 1 : 0 } == share.squareRoot())
  }

  @Test("Values outside the interval count at its nearer end.")
  func clamping() throws {
    let density = try #require(
      Density(histogram([-100, 100, 100, .greatestFiniteMagnitude])))
    let interval = Interval(lower: -1, upper: 2)
    // One value at −1, three at 2: the mean square is 13/4.
    let square: Double = 13.0 / 4
    let found = density.rootMeanSquare(on: interval) { $0 }
    #expect(abs(found - square.squareRoot()) < 1e-15 * found)
  }

  @Test("No values make no density.")
  func empty() {
    #expect(Density(histogram([])) == nil)
  }
}
