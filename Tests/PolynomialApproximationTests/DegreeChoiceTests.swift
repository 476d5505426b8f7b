import PolynomialApproximation
import Testing

@Suite struct DegreeChoiceTests {
  @Test(
    "The least odd degree for 1e-3 grows with the interval of sigmoid.",
    arguments: [(4.0, 9), (8, 15), (16, 31), (32, 59)])
  func leastOddDegree(bound: Double, degree: Int) throws {
    let interval = Interval(-bound...bound)
    let odd = Array(stride(from: 1, through: 63, by: 2))
    let choice = try Fit.leastDegree(for: .sigmoid, on: interval, tolerance: 1e-3, among: odd)
    #expect(choice.meetsTolerance)
    #expect(choice.fit.degree == degree)
    let all = try Fit.leastDegree(for: .sigmoid, on: interval, tolerance: 1e-3)
    #expect(all == choice)
    #expect(try Fit(of: .sigmoid, on: interval, degree: degree - 2).supremumError > 1e-3)
  }

  @Test("A tolerance out of reach gives the fit at the limit, marked as short.")
  func unreachable() throws {
    let choice = try Fit.leastDegree(
      for: .relu, on: Interval(-10...10), tolerance: 1e-3, limit: 20)
    #expect(choice == .unreachable(best: try Fit(of: .relu, on: Interval(-10...10), degree: 20)))
    #expect(!choice.meetsTolerance)
  }

  @Test("The bisection finds what a search one by one finds.")
  func bisection() throws {
    let candidates = [15, 3, 7, 31, 63, 5]
    for tolerance in [0.5, 0.1, 0.03, 0.01, 1e-3, 1e-5, 1e-9] {
      let choice = try Fit.leastDegree(
        for: .gelu, on: Interval(-8...8), tolerance: tolerance, among: candidates)
      let expected = try candidates.sorted().first {
        try Fit(of: .gelu, on: Interval(-8...8), degree: $0).supremumError <= tolerance
      }
      #expect(choice.fit.degree == expected ?? 63)
      #expect(choice.meetsTolerance == (expected != nil))
    }
  }

  @Test("Other methods need degrees at least as high, or never get there.")
  func otherMethods() throws {
    let interval = Interval(-8...8)
    let chebyshev = try Fit.leastDegree(
      for: .sigmoid, on: interval, tolerance: 1e-3, method: .chebyshev)
    #expect(chebyshev.meetsTolerance && chebyshev.fit.degree >= 15)
    let taylor = try Fit.leastDegree(
      for: .softplus, on: interval, tolerance: 1e-3, method: .taylor, limit: 20)
    #expect(!taylor.meetsTolerance)
    // The series diverges, so that the lowest degrees come nearest.
    #expect(taylor.fit.degree <= 3)
  }

  @Test("An impossible fit is an error, not a choice.")
  func error() {
    #expect(throws: FitError.discontinuous(function: .sign, at: 0)) {
      try Fit.leastDegree(for: .sign, on: Interval(-1...1), tolerance: 0.1)
    }
  }
}
