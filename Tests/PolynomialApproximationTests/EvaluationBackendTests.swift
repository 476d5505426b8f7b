import PolynomialApproximation
import Testing

@Suite struct EvaluationBackendTests {
  /// The last degree of each depth, by OpenFHE's own table; its depth counts the interval's map.
  private let openFHE = [(5, 4), (13, 5), (27, 6), (59, 7), (119, 8), (247, 9)]

  @Test("OpenFHE's depths are those of its table, and one less on [-1, 1].")
  func openFHEDepth() {
    let depth = { (degree: Int, bound: Double) in
      EvaluationCost(
        degree: degree, on: Interval(lower: -bound, upper: bound), backend: .ckksOpenFHE
      ).multiplicativeDepth
    }
    var first = 3
    for (last, expected) in openFHE {
      for degree in first...last {
        #expect(depth(degree, 8) == expected, "degree \(degree)")
        #expect(depth(degree, 1) == expected - 1, "degree \(degree)")
      }
      first = last + 1
    }
    // Seen in levels of OpenFHE 1.6.1.
    #expect([0, 1, 2].map { depth($0, 8) } == [0, 2, 3])
    #expect(depth(248, 8) == 10)
  }

  @Test("Lattigo states ⌈log₂ d⌉, which is ours but for powers of two.")
  func lattigoDepth() {
    for degree in 1...300 {
      let ours = EvaluationCost(degree: degree).multiplicativeDepth
      let theirs = EvaluationCost(degree: degree, backend: .ckksLattigo).multiplicativeDepth
      #expect(theirs == ours - (degree & (degree - 1) == 0 ? 1 : 0), "degree \(degree)")
    }
    // A full polynomial of as many bits takes as many products as ours.
    for degree in [1, 3, 7, 15, 31, 63, 127] {
      #expect(
        EvaluationCost(degree: degree, backend: .ckksLattigo).nonScalarMultiplications
          == EvaluationCost(degree: degree).nonScalarMultiplications)
    }
  }

  @Test("In tensor-train format every degree is a product more, and a map multiplies no ranks.")
  func tensorTrain() {
    for degree in 1...40 {
      let cost = EvaluationCost(degree: degree, mapsInterval: true, backend: .tensorTrain)
      #expect(cost.multiplicativeDepth == degree - 1)
      #expect(cost.nonScalarMultiplications == degree - 1)
    }
  }

  @Test("The counts of the recurrence are those of one that is carried out.")
  func recurrence() {
    for degree in 1...20 {
      var (products, scalars, additions) = (0, 0, 0)
      // 2t once, if it is used; b = c + 2t·b' - b'', the first b being a plain number.
      if degree > 1 { scalars += 1 }
      for step in stride(from: degree - 1, through: 1, by: -1) {
        if step == degree - 1 { scalars += 1 } else { products += 1 }
        additions += 2
      }
      // The last step has t in place of 2t, and subtracts too.
      if degree == 1 { scalars += 1 } else { products += 1 }
      additions += degree == 1 ? 1 : 2
      // The first step of all subtracts nothing.
      if degree > 1 { additions -= 1 }
      let cost = EvaluationCost(degree: degree, backend: .tensorTrain)
      #expect(cost.nonScalarMultiplications == products, "degree \(degree)")
      #expect(cost.scalarMultiplications == scalars, "degree \(degree)")
      #expect(cost.additions == additions, "degree \(degree)")
    }
  }

  @Test("Where libraries do not say, there is no number.")
  func unknown() {
    for backend in [EvaluationBackend.ckksOpenFHE, .ckksLattigo] {
      let cost = EvaluationCost(degree: 15, backend: backend)
      #expect(cost.scalarMultiplications == nil)
      #expect(cost.additions == nil)
    }
  }

  @Test("Degrees that are worth a try are the last of each depth for encrypted evaluation.")
  func candidates() {
    #expect(
      EvaluationBackend.ckksOpenFHE.degreeCandidates(upTo: 127) == [1, 2, 5, 13, 27, 59, 119])
    #expect(
      EvaluationBackend.ckksLattigo.degreeCandidates(upTo: 127) == [1, 3, 7, 15, 31, 63, 127])
    for backend in [EvaluationBackend.scalar, .tensorTrain] {
      #expect(backend.degreeCandidates(upTo: 9) == Array(1...9))
    }
    for backend in EvaluationBackend.allCases {
      #expect(backend.degreeCandidates(upTo: 1) == [1])
      #expect(!backend.degreeCandidates(upTo: 512).isEmpty)
    }
  }
}
