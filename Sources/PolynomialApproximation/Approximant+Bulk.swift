extension Approximant {
  /// Replaces every number by the value there, computed in Double and rounded once.
  ///
  /// The values are those of `callAsFunction`, to the bit, before they are rounded.
  public func apply(to values: UnsafeMutableBufferPointer<Float>) {
    guard let numbers = values.baseAddress else { return }
    let lanes = SIMD8<Double>.scalarCount
    var start = 0
    while start + lanes <= values.count {
      var x = SIMD8<Double>()
      for lane in 0..<lanes { x[lane] = Double(numbers[start + lane]) }
      let y = self(x)
      for lane in 0..<lanes { numbers[start + lane] = Float(y[lane]) }
      start += lanes
    }
    for index in start..<values.count { numbers[index] = Float(self(Double(numbers[index]))) }
  }

  private func callAsFunction(_ x: SIMD8<Double>) -> SIMD8<Double> {
    switch self {
    case .polynomial(let polynomial): polynomial(x)
    case .composite(let composite):
      composite.linear * x
        + (composite.step + composite.bend * x) * composite.stages.reduce(x) { $1($0) }
    case .rational(let quotient): quotient.numerator(x) / quotient.denominator(x)
    }
  }
}

extension ChebyshevPolynomial {
  /// Clenshaw's recurrence for eight numbers at a time.
  fileprivate func callAsFunction(_ x: SIMD8<Double>) -> SIMD8<Double> {
    let t = (x - domain.centre) / domain.halfWidth
    let twice = 2 * t
    var (next, afterNext) = (SIMD8<Double>(), SIMD8<Double>())
    return coefficients.withUnsafeBufferPointer { coefficients in
      var index = coefficients.count - 1
      while index > 0 {
        (next, afterNext) = ((coefficients[index] - afterNext) + twice * next, next)
        index -= 1
      }
      return coefficients[0] + t * next - afterNext
    }
  }
}
