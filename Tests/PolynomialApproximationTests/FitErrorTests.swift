import PolynomialApproximation
import Testing

@Suite struct FitErrorTests {
  private func message(
    _ function: TargetFunction, _ range: ClosedRange<Double>, _ degree: Int,
    _ method: FitMethod = .minimax
  ) -> String? {
    let error = #expect(throws: FitError.self) {
      try Fit(of: function, on: Interval(range), degree: degree, method: method)
    }
    return error?.description
  }

  @Test("A degree below 0 or above the limit is refused.", arguments: FitMethod.allCases)
  func degrees(method: FitMethod) {
    for degree in [-1, 513] {
      #expect(
        message(.exp, -1...1, degree, method)
          == "degree \(degree) is not supported; choose one from 0 to 512")
    }
  }

  @Test("An interval that leaves the domain is refused.", arguments: FitMethod.allCases)
  func domains(method: FitMethod) {
    #expect(
      message(.rsqrt, 0...1, 3, method)
        == "rsqrt is not defined on all of [0, 1]; choose an interval of positive numbers")
    #expect(
      message(.sqrt, -0.5...1, 3, method)
        == "sqrt is not defined on all of [-0.5, 1]; choose an interval of non-negative numbers")
  }

  @Test("A function that overflows is refused.", arguments: FitMethod.allCases)
  func overflow(method: FitMethod) {
    #expect(
      message(.exp, 0...1000, 3, method)
        == "the fit of exp overflows on [0, 1000]; choose a smaller interval or degree")
  }

  @Test("A series whose coefficients overflow is refused.")
  func overflowingSeries() {
    #expect(
      message(.tanh, -1000...1000, 400, .taylor)
        == "the fit of tanh overflows on [-1000, 1000]; choose a smaller interval or degree")
  }

  @Test("A jump inside the interval is refused.")
  func jump() {
    #expect(
      message(.sign, -1...1, 7)
        == "sign jumps at 0, where no polynomial can follow; "
        + "choose an interval on one side of it")
  }

  @Test("A Taylor series at a kink is refused.")
  func kink() {
    #expect(
      message(.relu, -1...1, 7, .taylor)
        == "relu has no Taylor series at 0; choose another centre, "
        + "or the method chebyshev or minimax")
  }

  @Test("A minimax fit that falls short says what it reached.")
  func shortfall() {
    // The interval holds two numbers only, so that its coordinates are meaningless.
    let text = message(.relu, 1...1.0.nextUp, 15)
    #expect(
      text?.hasPrefix(
        "the minimax fit of relu on [1, 1.0000000000000002] at degree 15 stopped after ") == true)
    #expect(text?.contains(" exchanges at error ") == true)
    #expect(
      text?.hasSuffix(
        " may be possible; choose another degree or interval, or the method chebyshev") == true)
  }
}
