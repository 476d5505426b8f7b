import Testing

@testable import RangeStatistics

@Suite("Rectifier")
struct RectifierTests {
  @Test("ReLU, leaky ReLU and ReLU6 have their textbook values.")
  func textbookValues() {
    let inputs: [Float] = [-2, -0.5, 0, 3, 8]
    #expect(inputs.map { Rectifier()($0) } == [0, 0, 0, 3, 8])
    #expect(inputs.map { Rectifier(negativeSlope: 0.5)($0) } == [-1, -0.25, 0, 3, 8])
    #expect(inputs.map { Rectifier(upperBound: 6)($0) } == [0, 0, 0, 3, 6])
  }

  @Test("NaN stays NaN, and negative infinity becomes zero or stays.")
  func nonFiniteValues() {
    #expect(Rectifier()(.nan).isNaN)
    #expect(Rectifier(upperBound: 6)(.nan).isNaN)
    #expect(Rectifier()(-.infinity) == 0)
    #expect(Rectifier(negativeSlope: 0.5)(-.infinity) == -.infinity)
    #expect(Rectifier(upperBound: 6)(.infinity) == 6)
  }

  @Test("Applied in place, it gives the bits of its values, for any number of them.")
  func inPlace() {
    var generator = SplitMix64(seed: 21)
    for set in InstructionSet.supported {
      for rectifier in [
        Rectifier(), Rectifier(negativeSlope: 0.1), Rectifier(upperBound: 6),
        Rectifier(negativeSlope: -0.3, upperBound: 2),
      ] {
        for count in Array(0...50) {
          let values =
            (0..<count).map { specialValues[$0 % specialValues.count] }
            + (0..<count % 7).map { _ in Float(generator.normal()) }
          var activations = values
          activations.withUnsafeMutableBufferPointer { rectifier.apply(to: $0, with: set) }
          #expect(patterns(activations) == patterns(values.map { rectifier($0) }))
        }
      }
    }
  }
}
