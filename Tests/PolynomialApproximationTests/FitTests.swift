import Foundation
import Testing

@testable import PolynomialApproximation

@Suite struct FitTests {
  /// What rounding may add to an error: the values of the function and polynomial are rounded to
  /// half a unit each, and the coefficients to a few.
  static func rounding(of function: TargetFunction, on interval: Interval) -> Double {
    16 * Double.ulpOfOne * max(1, abs(function(interval.lower)), abs(function(interval.upper)))
  }

  @Test("Minimax errors agree with two independent computations.", arguments: ReferenceErrors.rows)
  func referenceErrors(row: ReferenceErrors.Row) throws {
    for (degree, error) in row.errors {
      let fit = try Fit(of: row.function, on: row.interval, degree: degree, omitting: row.gap)
      let tolerance = 1e-6 * error + Self.rounding(of: row.function, on: row.interval)
      #expect(abs(fit.supremumError - error) <= tolerance, "degree \(degree)")
    }
  }

  @Test("The least error alone is that of the minimax fit.", arguments: ReferenceErrors.rows)
  func leastError(row: ReferenceErrors.Row) throws {
    for (degree, error) in row.errors where row.gap == nil {
      let least = try Fit.leastError(of: row.function, on: row.interval, degree: degree)
      // What is promised, and what the reference itself is good for.
      let tolerance = 1.1e-5 * error + Self.rounding(of: row.function, on: row.interval)
      #expect(abs(least - error) <= tolerance, "degree \(degree)")
    }
    #expect(throws: FitError.self) {
      try Fit.leastError(of: .sigmoid, on: Interval(-1...1), degree: -1)
    }
  }

  @Test("The errors of |x| are the published ones, and n·Eₙ tends to Bernstein's constant.")
  func bernstein() throws {
    let published = [6: 0.0459290621, 10: 0.0278451186]
    for (degree, error) in published {
      let fit = try Fit(of: .abs, on: Interval(-1...1), degree: degree)
      // Ten decimals are published.
      #expect(abs(fit.supremumError - error) <= 0.6e-10)
    }
    let fit = try Fit(of: .abs, on: Interval(-1...1), degree: Fit.degreeLimit)
    // The next term of the expansion is of the order of 1/n².
    #expect(abs(512 * fit.supremumError - 0.2801694990) < 2 / (512.0 * 512))
  }

  @Test(
    "Published errors of activations are met to their four digits.",
    arguments: [
      (TargetFunction.sigmoid, 8.0, [3: 8.946e-2, 5: 4.085e-2, 7: 1.889e-2, 9: 8.766e-3]),
      (.gelu, 5, [2: 0.3060, 4: 0.1336, 8: 2.570e-2, 16: 3.709e-4]),
      (.softplus, 8, [2: 0.2623, 4: 7.810e-2, 8: 1.023e-2]),
    ])
  func publishedErrors(function: TargetFunction, bound: Double, errors: [Int: Double]) throws {
    for (degree, error) in errors {
      let fit = try Fit(of: function, on: Interval(-bound...bound), degree: degree)
      // Half a unit of the fourth digit.
      #expect(abs(fit.supremumError / error - 1) < 5e-4, "degree \(degree)")
    }
  }

  @Test("Tanh on half the interval has twice the error of sigmoid.", arguments: [4.0, 8, 20])
  func tanhAndSigmoid(bound: Double) throws {
    let tanh = try Fit(of: .tanh, on: Interval(-bound / 2...bound / 2), degree: 9)
    let sigmoid = try Fit(of: .sigmoid, on: Interval(-bound...bound), degree: 9)
    // Each is within 1e-10 of the best.
    #expect(abs(tanh.supremumError / sigmoid.supremumError - 2) < 1e-9)
  }

  @Test(
    "The error alternates with one size at degree + 2 points or more.",
    arguments: everyFunction.filter { $0.jump == nil })
  func equioscillation(function: TargetFunction) throws {
    let intervals =
      function.admissibleDomain == .all
      ? [Interval(-8...8), Interval(-3...7), Interval(-2...8)] : [Interval(0.5...8)]
    for interval in intervals {
      for degree in [0, 1, 2, 7] {
        let fit = try Fit(of: function, on: interval, degree: degree)
        let points = try #require(fit.equioscillation).points
        let level = try #require(fit.equioscillation).levelledError
        #expect(points.count >= degree + 2)
        #expect(zip(points, points.dropFirst()).allSatisfy { $0 < $1 })
        #expect(fit.supremumError <= level * (1 + 1e-9) + Self.rounding(of: function, on: interval))
        let errors = points.map { function($0) - fit.approximant($0) }
        // Between references that are not quite extrema, the level is met to 1e-6.
        let slack = 1e-6 * level + Self.rounding(of: function, on: interval)
        for (index, error) in errors.enumerated() {
          let sign: Double = (index % 2 == 0) == (errors[0] > 0) ? 1 : -1
          #expect(abs(error - sign * level) <= slack, "\(function), \(interval), \(degree)")
        }
      }
    }
  }

  @Test("On symmetric intervals coefficients against the symmetry are exactly zero.")
  func exactParity() throws {
    for method in [FitMethod.minimax, .chebyshev, .leastSquares] {
      let relu = try Fit(of: .relu, on: Interval(-10...10), degree: 9, method: method).polynomial!
      #expect(relu.degree == 8)
      #expect(relu.coefficients[1] == 5)
      #expect([3, 5, 7].allSatisfy { relu.coefficients[$0] == 0 })
      let sigmoid = try Fit(of: .sigmoid, on: Interval(-8...8), degree: 8, method: method)
        .polynomial!
      #expect(sigmoid.degree == 7)
      #expect(sigmoid.coefficients[0] == 0.5)
      #expect([2, 4, 6].allSatisfy { sigmoid.coefficients[$0] == 0 })
      let relu6 = try Fit(of: .relu6, on: Interval(-2...8), degree: 5, method: method).polynomial!
      #expect(relu6.coefficients[0] == 3)
      #expect([2, 4].allSatisfy { relu6.coefficients[$0] == 0 })
    }
  }

  @Test("Relu scales with its interval, from 1e-30 to 1e30.")
  func scaling() throws {
    let unit = try Fit(of: .relu, on: Interval(-1...1), degree: 8)
    #expect(abs(unit.supremumError - 0.01734486) < 0.5e-8)
    for exponent in [-100, 100] {
      // A power of two changes no rounding.
      let factor = Double(sign: .plus, exponent: exponent, significand: 1)
      let scaled = try Fit(of: .relu, on: Interval(-factor...factor), degree: 8)
      #expect(scaled.supremumError == factor * unit.supremumError)
      #expect(scaled.polynomial!.coefficients == unit.polynomial!.coefficients.map { factor * $0 })
    }
    for (lower, upper) in [(-6.0, 10.0), (-6e-30, 1e-29), (-6e30, 1e31)] {
      let fit = try Fit(of: .relu, on: Interval(lower...upper), degree: 8)
      #expect(abs(fit.supremumError / (upper / 10) / 0.151383213048 - 1) < 1e-9)
    }
  }

  @Test("Functions that are polynomials on the interval are reproduced to rounding.")
  func polynomials() throws {
    let zero = try Fit(of: .relu, on: Interval(-2 ... -1), degree: 5)
    #expect(zero.supremumError == 0)
    #expect(zero.polynomial!.coefficients == [0])
    for degree in [1, 4, 31] {
      let line = try Fit(of: .relu, on: Interval(1...2), degree: degree)
      #expect(line.supremumError <= 32 * Double.ulpOfOne)
      #expect(abs(line.polynomial!.coefficients[0] - 1.5) <= 16 * Double.ulpOfOne)
    }
    let cube = try Fit(of: .power(exponent: 3), on: Interval(-1...2), degree: 5)
    #expect(cube.supremumError <= 32 * 8 * Double.ulpOfOne)
  }

  @Test("Errors stop at rounding level when the degree is far more than enough.")
  func roundingLevel() throws {
    for function in [TargetFunction.exp, .tanh, .gelu, .sin, .sqrt] {
      let fit = try Fit(of: function, on: Interval(0.5...2), degree: 64)
      #expect(fit.supremumError <= 64 * Double.ulpOfOne * abs(function(2)), "\(function)")
    }
  }

  @Test("Fits on intervals of every place and size are finite.")
  func extremeIntervals() throws {
    let ranges = [
      -1e-30...1e-30, 1e-30...3e-30, -1e30...2e30, -1e3...1.0, -1e-9...1, 1000...1000.001,
      -1e6...1e6,
    ]
    for function in everyFunction where function.jump == nil && function != .sin {
      for range in ranges where function.admissibleDomain.contains(range.lowerBound) {
        if function == .exp && range.upperBound > 700 { continue }
        for degree in [0, 1, 8] {
          for method in [FitMethod.minimax, .chebyshev, .leastSquares] {
            let fit = try Fit(of: function, on: Interval(range), degree: degree, method: method)
            #expect(fit.supremumError.isFinite, "\(function), \(range), \(degree)")
          }
        }
      }
    }
  }

  @Test("Chebyshev interpolation is exact at its points and never better than minimax.")
  func chebyshev() throws {
    let interval = Interval(-3...7)
    let fit = try Fit(of: .gelu, on: interval, degree: 9, method: .chebyshev)
    for index in 0..<10 {
      let x = 2 + 5 * cos(.pi * (Double(index) + 0.5) / 10)
      #expect(abs(fit.approximant(x) - TargetFunction.gelu(x)) < 1e-14)
    }
    let best = try Fit(of: .gelu, on: interval, degree: 9)
    #expect(fit.supremumError > best.supremumError)
    #expect(fit.supremumError < 3 * best.supremumError)
    #expect(fit.equioscillation == nil)
  }

  @Test("The series of softplus with 9 terms is right near 0 and useless beyond ±4.")
  func taylor() throws {
    let fit = try Fit(of: .softplus, on: Interval(-8...8), degree: 9, method: .taylor)
    #expect(abs(fit.approximant(0.5) - TargetFunction.softplus(0.5)) < 1e-7)
    #expect(abs(fit.approximant(1) - TargetFunction.softplus(1)) < 1e-4)
    // Sollya: 0.963097985453102526 at 4 and 367.726235844860570 at 8.
    let error = TargetFunction.softplus(4) - fit.approximant(4)
    #expect(abs(error - 0.9630979854531025) < 1e-11)
    #expect(abs(fit.supremumError - 367.7262358448606) < 1e-9)
    #expect([3, 5, 7].allSatisfy { fit.polynomial!.coefficients[$0] == 0 })
  }

  @Test("A Taylor series starts at 0 if it can, otherwise at the centre, or where it is told.")
  func taylorCentre() throws {
    let atZero = try Fit(of: .exp, on: Interval(-1...3), degree: 2, method: .taylor)
    #expect(abs(atZero.approximant(2) - 5) < 1e-14)
    let atCentre = try Fit(of: .relu, on: Interval(-1...3), degree: 2, method: .taylor)
    #expect(abs(atCentre.approximant(-1) + 1) < 1e-15)
    #expect(abs(atCentre.supremumError - 1) < 1e-15)
    let told = try Fit(taylorSeriesOf: .sqrt, centre: 1, on: Interval(0.5...2), degree: 2)
    #expect(abs(told.approximant(2) - 1.375) < 1e-14)
    #expect(throws: FitError.noTaylorSeries(function: .relu, centre: 0)) {
      try Fit(of: .relu, on: Interval(-1...1), degree: 2, method: .taylor)
    }
  }

  @Test("A series is right within a radius that others can check, and no farther.")
  func taylorRadius() throws {
    let fit = try Fit(of: .softplus, on: Interval(-8...8), degree: 9, method: .taylor)
    let radius = try #require(fit.taylorRadius(tolerance: 1e-3))
    let error = { (x: Double) in abs(fit.approximant(x) - TargetFunction.softplus(x)) }
    #expect(error(radius * 0.99999) <= 1e-3 && error(radius * 1.00001) > 1e-3)
    #expect(radius < .pi)
    let line = try Fit(of: .power(exponent: 1), on: Interval(1...3), degree: 1, method: .taylor)
    #expect(line.centre == 2 && line.taylorRadius(tolerance: 1e-9) == 2)
    let root = try Fit(taylorSeriesOf: .sqrt, centre: 1, on: Interval(0.5...2), degree: 2)
    // Clipped to the domain, the error at 0 is 3/8.
    #expect(root.taylorRadius(tolerance: 0.4).map { 1 < $0 && $0 <= 2 } == true)
    #expect(try Fit(of: .exp, on: Interval(0...1), degree: 2).taylorRadius(tolerance: 1) == nil)
  }

  @Test("The same fit is made every time, and survives encoding.")
  func coding() throws {
    let fit = try Fit(of: .leakyReLU(slope: 0.3), on: Interval(-3...7), degree: 7)
    #expect(try Fit(of: .leakyReLU(slope: 0.3), on: Interval(-3...7), degree: 7) == fit)
    let data = try JSONEncoder().encode(fit)
    #expect(try JSONDecoder().decode(Fit.self, from: data) == fit)
  }
}
