extension TargetFunction {
  /// Returns whether the function is analytic at `x`, so that it has a Taylor series there.
  public func isSmooth(at x: Double) -> Bool {
    guard x.isFinite, !kinks.contains(x) else { return false }
    return admissibleDomain.contains(x) && (x != 0 || admissibleDomain == .all)
  }

  /// Returns the Taylor coefficients a₀, …, a of `degree` of f(`centre` + `scale`·u) in u.
  ///
  /// The k-th one is f⁽ᵏ⁾(`centre`)·`scale`ᵏ/k!. They come from power-series arithmetic on the
  /// function's formula, not from tables.
  ///
  /// - Throws: `FitError.noTaylorSeries` at a kink, at the edge of the domain and outside it.
  /// - Precondition: `degree` is not negative.
  public func taylorCoefficients(
    at centre: Double, degree: Int, scale: Double = 1
  ) throws(FitError) -> [Double] {
    precondition(degree >= 0, "not a degree: \(degree)")
    guard isSmooth(at: centre) else { throw .noTaylorSeries(function: self, centre: centre) }
    let variable = PowerSeries(variableAt: centre, scale: scale, count: degree + 1)
    var coefficients = series(of: variable).coefficients
    coefficients[0] = self(centre)
    return coefficients
  }

  /// Returns the series of f(u), on the smooth piece that the constant term of `u` lies in.
  private func series(of u: PowerSeries) -> PowerSeries {
    let at = u.coefficients[0]
    let zero = PowerSeries(0, count: u.count)
    switch self {
    case .relu: return at > 0 ? u : zero
    case .relu6: return 0 < at && at < 6 ? u : zero
    case .leakyReLU(let slope): return at > 0 ? u : slope * u
    case .elu(let alpha): return at > 0 ? u : alpha * u.exponential
    case .selu:
      let scale = TargetFunction.seluScale
      return at > 0 ? scale * u : scale * TargetFunction.seluAlpha * u.exponential
    case .celu(let alpha): return at > 0 ? u : alpha * ((1 / alpha) * u).exponential
    case .sigmoid: return u.logistic
    case .hardSigmoid: return Swift.abs(at) < 2.5 ? 0.2 * u : zero
    case .hardSigmoidReLU6: return Swift.abs(at) < 3 ? (1 / 6) * u : zero
    case .sparseSigmoid: return Swift.abs(at) < 1 ? 0.5 * u : zero
    case .hardTanh: return Swift.abs(at) < 1 ? u : zero
    case .tanh: return u.hyperbolicTangent
    case .softplus: return u.integral(of: u.logistic, value: 0)
    case .softsign: return u * ((at > 0 ? 1 : -1) * u + 1).raised(to: -1)
    case .silu: return u * u.logistic
    case .hardSilu: return Swift.abs(at) < 3 ? u * ((1 / 6) * u + 0.5) : at > 0 ? u : zero
    case .gelu: return 0.5 * (u * ((0.5.squareRoot() * u).errorFunction + 1))
    case .geluTanh:
      let inner = u * (TargetFunction.geluCubic * (u * u) + 1)
      return u * (2 * (2 / Double.pi).squareRoot() * inner).logistic
    case .mish:
      let softplus = u.integral(of: u.logistic, value: TargetFunction.softplus(at))
      return u * softplus.hyperbolicTangent
    case .logSigmoid: return u.integral(of: (-1 * u).logistic, value: 0)
    case .tanhShrink: return u + -1 * u.hyperbolicTangent
    case .softShrink: return Swift.abs(at) > 0.5 ? u : zero
    case .squareplus: return 0.5 * (u + (u * u + 4).raised(to: 0.5))
    case .sparsePlus: return at > 1 ? u : at > -1 ? 0.25 * ((u + 1) * (u + 1)) : zero
    case .exp: return u.exponential
    case .sqrt: return u.raised(to: 0.5)
    case .rsqrt: return u.raised(to: -0.5)
    case .reciprocal: return u.raised(to: -1)
    case .power(let exponent):
      return isNaturalPower ? u.raised(toNatural: exponent) : u.raised(to: exponent)
    case .sin: return u.sine
    case .abs: return (at > 0 ? 1 : -1) * u
    case .sign: return zero
    case .erf: return u.errorFunction
    }
  }
}
