extension Fit {
  /// The highest degree of one stage of a composite.
  public static let stageDegreeLimit = 127

  /// The highest degree of the single polynomial that a composite equals.
  public static let compositeDegreeLimit = 1 << 16

  /// Composes odd minimax polynomials of the given degrees for a function made of x and its sign:
  /// relu, leaky_relu, |x|, sign.
  ///
  /// The polynomials stand for the sign of x outside a small interval about 0. Its width is chosen
  /// for the least largest error, or for the sign itself it is `gap`.
  ///
  /// - Parameter gap: The part around 0 where no error counts: with the sign, for it jumps there.
  /// - Throws: `FitError`.
  public init(
    composing degrees: [Int], for function: TargetFunction, on interval: Interval,
    omitting gap: Interval? = nil
  ) throws(FitError) {
    guard let parts = function.signParts else { throw .notPiecewiseLinear(function: function) }
    try Fit.checkJump(of: function, on: interval, omitting: gap)
    guard interval.lower < 0, 0 < interval.upper else {
      throw .oneSided(function: function, interval: interval)
    }
    // A product in Double cannot overflow here.
    guard !degrees.isEmpty, degrees.allSatisfy({ $0 % 2 == 1 && 1...Fit.stageDegreeLimit ~= $0 }),
      degrees.reduce(1.0, { $0 * Double($1) }) <= Double(Fit.compositeDegreeLimit)
    else { throw .stagesInvalid(degrees) }
    let bound = max(-interval.lower, interval.upper)
    let sign: CompositeSign
    do throws(Remez.Shortfall) {
      if let gap {
        sign = try CompositeSign(degrees: degrees, gap: min(-gap.lower, gap.upper) / bound)
      } else {
        sign = try CompositeSign.forProducts(degrees: degrees)
      }
    } catch {
      throw .notConverged(
        .composite, function: function, interval: interval, degree: StageDegrees.product(degrees),
        reached: error.error, bound: error.levelledError, iterations: error.iterations)
    }
    var stages = sign.stages
    stages[0] = ChebyshevPolynomial(
      stages[0].coefficients, on: Interval(lower: -bound, upper: bound))
    let composite = CompositePolynomial(
      stages: stages, linear: parts.linear, step: parts.step, bend: parts.bend)
    self.init(
      .composite(composite), for: function, on: interval, method: .composite,
      degree: composite.degree, omitting: gap)
  }

  /// Composes stages for a total degree of at most `degree`.
  init(
    compositeFor function: TargetFunction, on interval: Interval, degree: Int,
    omitting gap: Interval?
  ) throws(FitError) {
    try Fit.checkDegree(degree, limit: Fit.compositeDegreeLimit)
    guard let parts = function.signParts else { throw .notPiecewiseLinear(function: function) }
    let product = degree - (parts.bend == 0 ? 0 : 1)
    guard product > 0 else { throw .degreeTooLow(degree, least: degree + 1 - product) }
    try self.init(
      composing: StageDegrees.filling(product), for: function, on: interval, omitting: gap)
  }
}

extension TargetFunction {
  /// The factors in f(x) = linear·x + step·sign(x) + bend·x·sign(x), or nil where f is not so made.
  var signParts: (linear: Double, step: Double, bend: Double)? {
    switch self {
    case .relu: (0.5, 0, 0.5)
    case .leakyReLU(let slope) where slope != 1: ((1 + slope) / 2, 0, (1 - slope) / 2)
    case .abs: (0, 0, 1)
    case .sign: (0, 1, 0)
    default: nil
    }
  }
}
