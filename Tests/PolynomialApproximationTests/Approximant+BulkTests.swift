import PolynomialApproximation
import Testing

@Suite struct ApproximantBulkTests {
  @Test("In bulk, values are those of one at a time, to the bit.", arguments: [0, 1, 7, 8, 29])
  func bulk(count: Int) throws {
    let interval = Interval(lower: -3, upper: 5)
    let fits = [
      try Fit(of: .gelu, on: interval, degree: 12), try Fit(of: .relu, on: interval, degree: 0),
      try Fit(composing: [3, 7], for: .leakyReLU(slope: 0.1), on: interval),
      try Fit(of: .sigmoid, on: interval, degree: 3, method: .rational),
    ]
    for fit in fits {
      // Beyond the interval too.
      let numbers = (0..<count).map { Float($0) * 0.731 - 8 }
      var values = numbers
      values.withUnsafeMutableBufferPointer { fit.approximant.apply(to: $0) }
      #expect(values == numbers.map { Float(fit.approximant(Double($0))) })
    }
  }
}
