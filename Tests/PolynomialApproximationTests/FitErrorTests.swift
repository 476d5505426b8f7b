import PolynomialApproximation
import Testing

@Suite struct FitErrorTests {
  private func message(
    _ function: TargetFunction, _ range: ClosedRange<Double>, _ degree: Int,
    _ method: FitMethod = .minimax
  ) -> String? {
    let error = #expect(throws: FitError.self) {
      try Fit(
        of: function, on: Interval(range), degree: degree, method: method,
        density: Density([Density.Point(x: 1, weight: 1)]))
    }
    return error?.description
  }

  private static let limits: [FitMethod: Int] = [.composite: 65_536, .rational: 64]

  @Test("A degree below 0 or above the limit is refused.", arguments: FitMethod.allCases)
  func degrees(method: FitMethod) {
    let limit = Self.limits[method] ?? 512
    for degree in [-1, limit + 1] {
      #expect(
        message(.abs, -1...1, degree, method)
          == "degree \(degree) is not supported; choose one from 0 to \(limit)")
    }
  }

  /// The methods that take every function.
  private static let general = FitMethod.allCases.filter { $0 != .composite }

  @Test("The methods that weigh values need them.", arguments: [FitMethod.density, .clampedTail])
  func densityMissing(method: FitMethod) {
    let error = #expect(throws: FitError.self) {
      try Fit(of: .exp, on: Interval(-1...1), degree: 3, method: method)
    }
    #expect(
      error?.description == "the method \(method.rawValue) needs the values that count; "
        + "give a density, or choose the method least-squares")
  }

  @Test("A gap must lie inside the interval, and only two methods take one.")
  func gaps() {
    let refusal = { (gap: ClosedRange<Double>, method: FitMethod) in
      #expect(throws: FitError.self) {
        try Fit(
          of: .sign, on: Interval(-1...1), degree: 3, method: method, omitting: Interval(gap))
      }?.description
    }
    #expect(
      refusal(-0.1...0.1, .chebyshev)
        == "the method chebyshev takes no gap; choose the method minimax or composite")
    #expect(
      refusal(-0.1...1, .minimax)
        == "the gap [-0.1, 1] does not lie inside [-1, 1]; choose a smaller one")
    #expect(
      refusal(0.1...0.2, .minimax)
        == "sign jumps at 0, where no polynomial can follow; "
        + "choose an interval on one side of it, or a gap around it")
  }

  @Test("What no composite can be made of is refused.")
  func composites() {
    #expect(
      message(.gelu, -1...1, 15, .composite)
        == "gelu is not made of x and its sign; "
        + "a composite exists for relu, leaky_relu, abs and sign")
    #expect(
      message(.relu, 1...2, 15, .composite)
        == "relu is a line on [1, 2]; choose an interval with 0 inside, or the method minimax")
    #expect(
      message(.relu, -1...1, 1, .composite)
        == "there is no composite of degree 1; choose a degree from 2 on")
    for degrees in [[], [3, 4], [129], [127, 127, 127]] {
      let error = #expect(throws: FitError.stagesInvalid(degrees)) {
        try Fit(composing: degrees, for: .relu, on: Interval(-1...1))
      }
      #expect(
        error?.description.hasSuffix(
          "make no composite; choose odd ones from 1 to 127 with a product of at most 65536")
          == true)
    }
  }

  @Test("An interval that leaves the domain is refused.", arguments: general)
  func domains(method: FitMethod) {
    #expect(
      message(.rsqrt, 0...1, 3, method)
        == "rsqrt is not defined on all of [0, 1]; choose an interval of positive numbers")
    #expect(
      message(.sqrt, -0.5...1, 3, method)
        == "sqrt is not defined on all of [-0.5, 1]; choose an interval of non-negative numbers")
  }

  @Test("A function that overflows is refused.", arguments: general)
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
        + "choose an interval on one side of it, or a gap around it")
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
