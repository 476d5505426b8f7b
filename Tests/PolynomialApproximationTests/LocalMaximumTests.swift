import Glibc
import Testing

@testable import PolynomialApproximation

@Suite struct LocalMaximumTests {
  @Test("A smooth maximum is found to a millionth of the bracket.")
  func smooth() {
    let point = maximum(of: { cos($0 - 0.7) }, from: 0, near: 0.5, to: 2)
    #expect(abs(point - 0.7) < 4e-6)
  }

  @Test("A sharp maximum and one at the edge are found too.")
  func sharp() {
    #expect(abs(maximum(of: { -abs($0 - 0.7) }, from: 0, near: 0.5, to: 2) - 0.7) < 1e-5)
    #expect(abs(maximum(of: { $0 }, from: 0, near: 0.5, to: 2) - 2) < 1e-5)
  }

  @Test("A constant function leaves the search inside the bracket.")
  func constant() {
    let point = maximum(of: { _ in 1 }, from: 0, near: 0.5, to: 2)
    #expect((0...2).contains(point))
  }
}
