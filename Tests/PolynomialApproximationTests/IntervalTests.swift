import Foundation
import PolynomialApproximation
import Testing

@Suite struct IntervalTests {
  @Test("Width, half width and centre follow from the bounds.")
  func measures() {
    let interval = Interval(lower: -3, upper: 7)
    #expect(interval.width == 10)
    #expect(interval.halfWidth == 5)
    #expect(interval.centre == 2)
    #expect(interval == Interval(-3...7))
  }

  @Test("The unit coordinate is -1, 0 and 1 at the lower bound, the centre and the upper bound.")
  func unitCoordinate() {
    let interval = Interval(-3...7)
    #expect(interval.unitCoordinate(of: -3) == -1)
    #expect(interval.unitCoordinate(of: 2) == 0)
    #expect(interval.unitCoordinate(of: 7) == 1)
    #expect(interval.unitCoordinate(of: 17) == 3)
  }

  @Test("An interval contains its bounds and nothing beyond them.")
  func containment() {
    let interval = Interval(-3...7)
    #expect(interval.contains(-3) && interval.contains(7) && interval.contains(0))
    #expect(!interval.contains((-3.0).nextDown) && !interval.contains(7.0.nextUp))
  }

  @Test("Widening keeps the centre and multiplies the width; the factor 1 changes nothing.")
  func widening() {
    let interval = Interval(-3...7)
    #expect(interval.widened(by: 2) == Interval(-8...12))
    #expect(interval.widened(by: 0.5) == Interval(-0.5...4.5))
    let odd = Interval(0.1...0.7)
    #expect(odd.widened(by: 1) == odd)
  }

  @Test("Bounds that are equal, in the wrong order, infinite or not numbers are not valid.")
  func validity() {
    #expect(Interval.isValid(lower: 1, upper: 1.0.nextUp))
    #expect(!Interval.isValid(lower: 1, upper: 1))
    #expect(!Interval.isValid(lower: 2, upper: 1))
    #expect(!Interval.isValid(lower: 0, upper: .infinity))
    #expect(!Interval.isValid(lower: .nan, upper: 1))
    #expect(!Interval.isValid(lower: -1e308, upper: 1e308))
    #expect(!Interval.isValid(lower: 0, upper: .leastNonzeroMagnitude))
  }

  @Test("The text shows whole numbers without a decimal point.")
  func text() {
    #expect(Interval(-8...8).description == "[-8, 8]")
    #expect(Interval(-0.5...1e30).description == "[-0.5, 1e+30]")
  }

  @Test("An interval survives encoding, and bounds in the wrong order are refused.")
  func coding() throws {
    let interval = Interval(0.1...0.7)
    let data = try JSONEncoder().encode(interval)
    #expect(try JSONDecoder().decode(Interval.self, from: data) == interval)
    let wrong = Data(#"{"lower": 2, "upper": 1}"#.utf8)
    #expect(throws: DecodingError.self) { try JSONDecoder().decode(Interval.self, from: wrong) }
  }
}
