import PolynomialApproximation
import Testing

@Suite struct EvaluationCostTests {
  @Test("The depth is ⌈log₂(d + 1)⌉, and one more with the interval's map.")
  func depth() {
    let degrees = [0, 1, 2, 3, 4, 7, 8, 15, 16, 31, 59, 63, 64]
    let depths = degrees.map { EvaluationCost(degree: $0).multiplicativeDepth }
    #expect(depths == [0, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7])
    let plain = EvaluationCost(degree: 15)
    let mapped = EvaluationCost(degree: 15, mapsInterval: true)
    #expect(mapped.multiplicativeDepth == plain.multiplicativeDepth + 1)
    #expect(mapped.nonScalarMultiplications == plain.nonScalarMultiplications)
    #expect(mapped.scalarMultiplications == plain.scalarMultiplications.map { $0 + 1 })
    #expect(mapped.additions == plain.additions.map { $0 + 1 })
  }

  @Test("Non-scalar multiplications of the usual degrees.")
  func products() {
    let counts = [0, 1, 2, 3, 4, 7, 15, 31].map {
      EvaluationCost(degree: $0).nonScalarMultiplications
    }
    #expect(counts == [0, 0, 1, 2, 3, 4, 7, 11])
  }

  @Test("The counts are those of an evaluation that is carried out.")
  func countedEvaluation() {
    for degree in 1...80 {
      let coefficients = (0...degree).map { 1 / Double($0 + 1) }
      let polynomial = ChebyshevPolynomial(coefficients, on: Interval(-1...1))
      var runs: [Counter] = []
      for exponent in 1...7 {
        var counter = Counter(babySteps: 1 << exponent, t: 0.3)
        let result = counter.evaluate(coefficients)
        #expect(abs(result.value - polynomial(0.3)) < 1e-13)
        if result.depth <= polynomial.multiplicativeDepth { runs.append(counter) }
      }
      let least = runs.min { $0.nonScalar < $1.nonScalar }
      let cost = EvaluationCost(degree: degree)
      #expect(cost.nonScalarMultiplications == least?.nonScalar, "degree \(degree)")
      #expect(cost.scalarMultiplications == least?.scalar, "degree \(degree)")
      #expect(cost.additions == least?.additions, "degree \(degree)")
    }
  }
}

/// An evaluation by baby steps and giant steps that counts what it does.
private struct Counter {
  typealias Value = (value: Double, depth: Int)

  let babySteps: Int
  var chebyshev: [Int: Value]
  var nonScalar = 0
  var scalar = 0
  var additions = 0

  init(babySteps: Int, t: Double) {
    self.babySteps = babySteps
    chebyshev = [0: (1, 0), 1: (t, 0)]
  }

  private mutating func product(_ a: Value, _ b: Value) -> Value {
    nonScalar += 1
    return (a.value * b.value, max(a.depth, b.depth) + 1)
  }

  /// T₍ₘ₊ₙ₎ = 2TₘTₙ - T₍ₘ₋ₙ₎
  private mutating func term(_ order: Int) -> Value {
    if let known = chebyshev[order] { return known }
    let (high, low) = ((order + 1) / 2, order / 2)
    let joined = product(term(high), term(low))
    additions += 2
    let result = (2 * joined.value - chebyshev[high - low]!.value, joined.depth)
    chebyshev[order] = result
    return result
  }

  mutating func evaluate(_ coefficients: [Double]) -> Value {
    let degree = coefficients.count - 1
    guard degree >= babySteps else {
      var sum: Value = (coefficients[0], 0)
      for order in stride(from: 1, through: degree, by: 1) {
        let next = term(order)
        scalar += 1
        additions += 1
        sum = (sum.value + coefficients[order] * next.value, max(sum.depth, next.depth))
      }
      return sum
    }
    var giant = babySteps
    while 2 * giant <= degree { giant *= 2 }
    var quotient = [coefficients[giant]]
    var remainder = Array(coefficients[..<giant])
    for order in stride(from: giant + 1, through: degree, by: 1) {
      quotient.append(2 * coefficients[order])
      remainder[2 * giant - order] -= coefficients[order]
    }
    let low = evaluate(remainder)
    let step = term(giant)
    additions += 1
    guard quotient.count > 1 else {
      scalar += 1
      return (quotient[0] * step.value + low.value, max(step.depth, low.depth))
    }
    let high = product(evaluate(quotient), step)
    return (high.value + low.value, max(high.depth, low.depth))
  }
}
