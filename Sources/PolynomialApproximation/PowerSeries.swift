import Glibc

/// A truncated power series a₀ + a₁u + … in one variable u.
///
/// The operations carry Taylor coefficients through a formula one coefficient at a time, by the
/// recurrences of Griewank & Walther, *Evaluating Derivatives* (2008), section 13.2. Operands of
/// one operation have the same number of coefficients.
struct PowerSeries {
  var coefficients: [Double]

  /// Creates the series of the number `value`, cut off after `count` coefficients.
  init(_ value: Double, count: Int) {
    coefficients = [Double](repeating: 0, count: count)
    coefficients[0] = value
  }

  /// Creates the series `centre` + `scale`·u, cut off after `count` coefficients.
  init(variableAt centre: Double, scale: Double, count: Int) {
    self.init(centre, count: count)
    if count > 1 { coefficients[1] = scale }
  }

  var count: Int { coefficients.count }

  static func + (left: PowerSeries, right: Double) -> PowerSeries {
    var sum = left
    sum.coefficients[0] += right
    return sum
  }

  static func + (left: PowerSeries, right: PowerSeries) -> PowerSeries {
    var sum = left
    for index in 0..<left.count { sum.coefficients[index] += right.coefficients[index] }
    return sum
  }

  static func * (factor: Double, series: PowerSeries) -> PowerSeries {
    var product = series
    for index in 0..<series.count { product.coefficients[index] *= factor }
    return product
  }

  static func * (left: PowerSeries, right: PowerSeries) -> PowerSeries {
    var product = PowerSeries(0, count: left.count)
    for index in 0..<left.count {
      product.coefficients[index] = convolution(left, right, from: 0, through: index, at: index)
    }
    return product
  }

  /// Returns the series with the derivative `slope`(u)·u′ and the constant term `value`.
  func integral(of slope: PowerSeries, value: Double) -> PowerSeries {
    var result = PowerSeries(value, count: count)
    for index in 1..<max(count, 1) { result.setCoefficient(index, slope: slope, inner: self) }
    return result
  }

  /// Sets one coefficient from the chain rule y′ = `slope`·`inner`′.
  ///
  /// Only the coefficients of `slope` below `index` are read.
  fileprivate mutating func setCoefficient(_ index: Int, slope: PowerSeries, inner: PowerSeries) {
    var sum = 0.0
    for k in 1...index {
      sum += Double(k) * inner.coefficients[k] * slope.coefficients[index - k]
    }
    coefficients[index] = sum / Double(index)
  }
}

/// Returns the sum of aₖ·b₍ₙ₋ₖ₎ over a range of k.
private func convolution(
  _ a: PowerSeries, _ b: PowerSeries, from first: Int, through last: Int, at n: Int
) -> Double {
  var sum = 0.0
  for k in first...last { sum += a.coefficients[k] * b.coefficients[n - k] }
  return sum
}

extension PowerSeries {
  /// The exponential, from y′ = y·u′.
  var exponential: PowerSeries {
    var result = PowerSeries(exp(coefficients[0]), count: count)
    for index in 1..<max(count, 1) {
      result.setCoefficient(index, slope: result, inner: self)
    }
    return result
  }

  /// The hyperbolic tangent, from y′ = (1 - y²)·u′.
  var hyperbolicTangent: PowerSeries {
    let value = tanh(coefficients[0])
    var result = PowerSeries(value, count: count)
    var slope = PowerSeries((1 - value) * (1 + value), count: count)
    for index in 1..<max(count, 1) {
      result.setCoefficient(index, slope: slope, inner: self)
      slope.coefficients[index] = -convolution(result, result, from: 0, through: index, at: index)
    }
    return result
  }

  /// The logistic function, 1/2 + tanh(u/2)/2.
  var logistic: PowerSeries { 0.5 * (0.5 * self).hyperbolicTangent + 0.5 }

  /// The sine, from the pair s′ = c·u′ and c′ = -s·u′.
  var sine: PowerSeries {
    var sine = PowerSeries(sin(coefficients[0]), count: count)
    var cosine = PowerSeries(cos(coefficients[0]), count: count)
    for index in 1..<max(count, 1) {
      sine.setCoefficient(index, slope: cosine, inner: self)
      cosine.setCoefficient(index, slope: sine, inner: self)
      cosine.coefficients[index].negate()
    }
    return sine
  }

  /// The error function, from y′ = 2/√π·exp(-u²)·u′.
  var errorFunction: PowerSeries {
    let slope = (2 / Double.pi.squareRoot()) * (-1 * (self * self)).exponential
    return integral(of: slope, value: erf(coefficients[0]))
  }

  /// Returns the power with a real exponent, from u·y′ = `exponent`·y·u′; a₀ is not zero.
  func raised(to exponent: Double) -> PowerSeries {
    var result = PowerSeries(pow(coefficients[0], exponent), count: count)
    for index in 1..<max(count, 1) {
      var sum = 0.0
      for k in 1...index {
        let weight = exponent * Double(k) - Double(index - k)
        sum += weight * coefficients[k] * result.coefficients[index - k]
      }
      result.coefficients[index] = sum / (Double(index) * coefficients[0])
    }
    return result
  }

  /// Returns the power with a natural exponent; a₀ may be zero.
  func raised(toNatural exponent: Double) -> PowerSeries {
    var (result, square, remaining) = (PowerSeries(1, count: count), self, exponent)
    while remaining >= 1 {
      let half = (remaining / 2).rounded(.down)
      if remaining != 2 * half { result = result * square }
      square = square * square
      remaining = half
    }
    return result
  }
}
