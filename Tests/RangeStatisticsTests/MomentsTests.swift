import Testing

@testable import RangeStatistics

@Suite("Moments")
struct MomentsTests {
  private func moments(_ values: [Double]) -> Moments {
    var moments = Moments()
    for value in values {
      var (sum, squares) = (ExactSum(), ExactSum())
      sum.add(value)
      squares.add(value * value)
      moments.merge(Moments(count: 1, sum: sum, sumOfSquares: squares))
    }
    return moments
  }

  @Test("Mean and population variance of small integers are exact.")
  func smallIntegers() {
    let moments = moments([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(moments.mean == 5)
    #expect(moments.variance == 4)
    #expect(moments.standardDeviation == 2)
  }

  @Test("A small variance beside a large mean keeps all its digits.")
  func cancellation() {
    // In plain double arithmetic the mean square, about 2⁴⁸, hides a variance of 1/4 altogether.
    let base = 16_777_215.0
    let values = (0..<1000).map { base - Double($0 % 2) }
    #expect(moments(values).variance == 0.25)
    let thirds = [base, base - 1, base - 2]
    #expect(abs(moments(thirds).variance! - 2.0 / 3) < 1e-15)
  }

  @Test("Equal values have no variance, and no values have no moments.")
  func degenerate() {
    #expect(moments([0.1, 0.1, 0.1].map { Double(Float($0)) }).variance == 0)
    #expect(Moments().mean == nil)
    #expect(Moments().variance == nil)
    #expect(Moments().standardDeviation == nil)
  }
}
