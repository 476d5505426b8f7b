import Foundation
import Testing

@testable import PolynomialApproximation

@Suite struct FitDensityTests {
  /// The standard normal law, times `deviation`, at equal steps.
  static func normal(_ deviation: Double = 1) -> Density {
    Density(
      (-300...300).map { index in
        let z = Double(index) / 50
        return Density.Point(x: deviation * z, weight: exp(-z * z / 2))
      })!
  }

  static let cases: [(TargetFunction, ClosedRange<Double>)] = [
    (.relu, -10...10), (.sigmoid, -8...8), (.gelu, -12...9), (.softplus, -20...20),
    (.exp, -6...0), (.leakyReLU(slope: 0.1), -2...9),
  ]

  @Test(
    "The mean error is below the minimax polynomial's, the largest within the stated factor.",
    arguments: cases)
  func guarded(function: TargetFunction, range: ClosedRange<Double>) throws {
    let interval = Interval(range)
    for degree in [2, 5, 12] {
      let best = try Fit(of: function, on: interval, degree: degree)
      let fit = try Fit(
        of: function, on: interval, degree: degree, method: .density, density: Self.normal())
      let mean = { (fit: Fit) in
        Self.normal().rootMeanSquare(on: interval) { fit.approximant($0) - function($0) }
      }
      #expect(mean(fit) < mean(best), "\(function), degree \(degree)")
      // Two searches for the same peak differ by less than 1e-6 of it.
      #expect(fit.supremumError <= Fit.guardFactor * best.supremumError * (1 + 1e-6))
    }
  }

  @Test("Where the guard allows it, the polynomial is the weighted least squares one.")
  func unguarded() throws {
    let interval = Interval(-2...2)
    let density = Self.normal(0.7)
    let fit = try Fit(
      of: .exp, on: interval, degree: 4, weighedBy: density, guardFactor: 1e3)
    let error = { (x: Double) in fit.approximant(x) - exp(x) }
    // Its error is orthogonal to every polynomial of the degree.
    let points = density.points.map { ($0.weight, min(max($0.x, -2), 2)) }
    let size = points.reduce(0) { $0 + $1.0 * abs(error($1.1)) }
    for power in 0...4 {
      let moment = points.reduce(0) { $0 + $1.0 * error($1.1) * pow($1.1 / 2, Double(power)) }
      // The floor under the density has 1e-8 of its weight.
      #expect(abs(moment) < 1e-4 * size, "power \(power)")
    }
  }

  @Test("No small change that keeps the bound makes the mean error smaller.")
  func optimality() throws {
    let interval = Interval(-8...8)
    let fit = try Fit(
      of: .sigmoid, on: interval, degree: 5, method: .density, density: Self.normal())
    let best = try Fit(of: .sigmoid, on: interval, degree: 5)
    let bound = Fit.guardFactor * best.supremumError
    let polynomial = try #require(fit.polynomial)
    let mean = { (polynomial: ChebyshevPolynomial) in
      Self.normal().rootMeanSquare(on: interval) { polynomial($0) - TargetFunction.sigmoid($0) }
    }
    for index in 0...5 {
      for step in [-1e-3, 1e-3] {
        var coefficients = polynomial.coefficients
        coefficients[index] += step * bound
        let other = ChebyshevPolynomial(coefficients, on: interval)
        let supremum = SupremumError.measure(
          .polynomial(other), from: .sigmoid, lower: -8, upper: 8)
        // The bound is met to 1e-3 of it.
        #expect(supremum > bound * (1 - 1e-3) || mean(other) >= mean(polynomial) * (1 - 1e-6))
      }
    }
  }

  @Test("With a clamped tail the density counts inside, and the error is bounded beyond.")
  func clampedTail() throws {
    let core = Interval(-4...6)
    let fit = try Fit(
      of: .gelu, on: core, degree: 9, method: .clampedTail, density: Self.normal())
    #expect(fit.interval == Interval(-5.25...7.25))
    #expect(fit.core?.interval == core)
    #expect(fit.coreError <= fit.supremumError)
    let wide = try Fit(of: .gelu, on: fit.interval, degree: 9)
    #expect(fit.supremumError <= Fit.guardFactor * wide.supremumError * (1 + 1e-6))
    let narrow = try Fit(
      of: .gelu, on: core, degree: 9, method: .density, density: Self.normal())
    // That is what the tail is for.
    #expect(fit.supremumError < narrow.error(atFactor: Fit.tailFactor) / 2)
    let mean = { (fit: Fit) in
      Self.normal().rootMeanSquare(on: core) { fit.approximant($0) - TargetFunction.gelu($0) }
    }
    #expect(mean(fit) < mean(wide))
  }

  @Test("A tail does not leave the domain.")
  func domains() throws {
    let density = Density([Density.Point(x: 1, weight: 1)])
    let root = try Fit(
      of: .sqrt, on: Interval(0.1...4), degree: 5, method: .clampedTail, density: density)
    #expect(root.interval.lower == 0)
    let inverse = try Fit(
      of: .rsqrt, on: Interval(0.1...4), degree: 5, method: .clampedTail, density: density)
    #expect(inverse.interval.lower == 0.1 && inverse.interval.upper > 4)
  }

  @Test("Values outside the interval, few values, and an exact function are no obstacle.")
  func edges() throws {
    let far = try #require(Density([Density.Point(x: 1e9, weight: 3)]))
    let fit = try Fit(
      of: .relu, on: Interval(-1...1), degree: 6, method: .density, density: far)
    // All weight is on the upper end, where the polynomial can be exact.
    #expect(abs(fit.approximant(1) - 1) < 1e-4)
    let line = try Fit(
      of: .relu, on: Interval(1...2), degree: 6, method: .density, density: far)
    #expect(line.supremumError < 1e-14)
    for scale in [1e-30, 1e30] {
      let scaled = try Fit(
        of: .relu, on: Interval(-scale...scale), degree: 6, method: .density,
        density: Self.normal(scale / 5))
      #expect(scaled.supremumError < 2.01 * scale * 0.0459290621 / 2)
    }
  }

  @Test("The mean error falls as the guard is loosened.")
  func guardFactors() throws {
    let means = try [1.1, 1.5, 2, 4].map { factor in
      let fit = try Fit(
        of: .relu, on: Interval(-10...10), degree: 8, weighedBy: Self.normal(),
        guardFactor: factor)
      return Self.normal().rootMeanSquare(on: fit.interval) { fit.approximant($0) - max($0, 0) }
    }
    #expect(zip(means, means.dropFirst()).allSatisfy { $0 > $1 })
  }
}

@Suite struct DensityTests {
  @Test("The mean square is that of the numbers, moved into the interval.")
  func rootMeanSquare() throws {
    let density = try #require(
      Density([
        .init(x: -100, weight: 1), .init(x: 100, weight: 2), .init(x: 3, weight: 0),
        .init(x: 200, weight: 1),
      ]))
    #expect(density.points.count == 3 && density.total == 4)
    let interval = Interval(-1...2)
    #expect(abs(density.rootMeanSquare(on: interval) { $0 } - (13.0 / 4).squareRoot()) < 1e-15)
    #expect(density.rootMeanSquare(on: interval) { _ in 0 } == 0)
    #expect(density.rootMeanSquare(on: interval) { _ in -1e300 } == 1e300)
    #expect(density.rootMeanSquare(on: interval) { _ in .infinity } == .infinity)
  }

  @Test("Without a weight there is no density.")
  func empty() {
    #expect(Density([]) == nil)
    #expect(Density([.init(x: 1, weight: 0)]) == nil)
  }
}
