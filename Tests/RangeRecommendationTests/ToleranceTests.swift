import Testing

@testable import RangeRecommendation

@Suite("Tolerances")
struct ToleranceTests {
  @Test("A tolerance is made from its kind and its value again, and from no other kind.")
  func kinds() {
    for tolerance in [Tolerance.supremum(0.1), .relative(0.2), .weighted(0.3)] {
      #expect(Tolerance(kind: tolerance.kind, value: tolerance.value) == tolerance)
    }
    #expect(Set([Tolerance.supremum(1), .relative(1), .weighted(1)].map(\.kind)).count == 3)
    #expect(Tolerance(kind: "absolute", value: 1) == nil)
  }
}
