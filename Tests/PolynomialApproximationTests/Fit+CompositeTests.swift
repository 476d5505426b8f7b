import Foundation
import Testing

@testable import PolynomialApproximation

@Suite struct FitCompositeTests {
  static let unit = Interval(-1...1)

  /// The bits of accuracy of relu on [-1, 1], from an independent computation that tried a few splits.
  static let published: [([Int], Double)] = [
    ([7, 7], 7.02), ([15, 15], 8.98), ([7, 15, 27], 12.04), ([15, 15, 27], 13.08),
  ]

  @Test(
    "Relu has the bits that others found at quarter powers of two as splits, or more.",
    arguments: published)
  func reluBits(degrees: [Int], bits: Double) throws {
    let errors = try stride(from: -9.5, through: -2.5, by: 0.25).map { split in
      let sign = try CompositeSign(degrees: degrees, gap: pow(2, split))
      return sign.reluError(splitAt: pow(2, split))
    }
    // Two digits are given.
    #expect(abs(-log2(errors.min()!) - bits) <= 0.02)
    let fit = try Fit(composing: degrees, for: .relu, on: Self.unit)
    #expect(-log2(fit.supremumError) > bits)
  }

  @Test(
    "No split beats the one that is searched.", arguments: [[7, 7], [3, 5, 7], [15, 15, 27]])
  func bestSplit(degrees: [Int]) throws {
    let best = try CompositeSign.forProducts(degrees: degrees)
    let found = best.reluError(splitAt: 1)
    for step in stride(from: -9.9, through: -1, by: 0.3) {
      let other = try CompositeSign(degrees: degrees, gap: pow(2, step))
      // The logarithm of the split is searched to 1e-3.
      #expect(other.reluError(splitAt: pow(2, step)) >= found * (1 - 1e-2), "2^\(step)")
    }
  }

  @Test("Relu of degrees 15, 15, 27 is right to 2^-13.05 of its interval's larger half.")
  func reluOnOtherIntervals() throws {
    let small = try Fit(composing: [15, 15, 27], for: .relu, on: Self.unit)
    #expect(small.supremumError <= pow(2, -13.05))
    #expect(small.approximant.degree == 15 * 15 * 27 + 1)
    #expect(small.approximant.multiplicativeDepth == 4 + 4 + 5 + 1)
    let large = try Fit(composing: [15, 15, 27], for: .relu, on: Interval(-3...8))
    // The error is largest near 0 and at the farther end, on both sides.
    #expect(abs(large.supremumError / small.supremumError / 8 - 1) < 1e-6)
    #expect(large.approximant.domain == Interval(-8...8))
  }

  @Test("The stages are odd, and each one's interval holds the values of the one before.")
  func stages() throws {
    let fit = try Fit(composing: [7, 15, 27], for: .abs, on: Self.unit)
    guard case .composite(let composite) = fit.approximant else {
      Issue.record("not a composite")
      return
    }
    #expect(composite.stages.map(\.degree) == [7, 15, 27])
    for stage in composite.stages {
      #expect(stride(from: 0, to: stage.degree, by: 2).allSatisfy { stage.coefficients[$0] == 0 })
      #expect(stage.domain.lower == -stage.domain.upper)
    }
    var values = (1...1000).map { Double($0) / 1000 }
    for stage in composite.stages {
      #expect(values.allSatisfy { abs($0) <= stage.domain.upper * (1 + 1e-9) })
      values = values.map { stage($0) }
    }
    #expect(composite.sign(of: -0.5) == -composite.sign(of: 0.5))
  }

  @Test("Functions with a bend at 0 are made of x and its sign.")
  func functions() throws {
    let relu = try Fit(composing: [7, 7], for: .relu, on: Self.unit)
    let abs = try Fit(composing: [7, 7], for: .abs, on: Self.unit)
    let leaky = try Fit(composing: [7, 7], for: .leakyReLU(slope: 0.25), on: Self.unit)
    // |x| bends twice as much as relu, and leaky_relu(0.25) three quarters.
    #expect(Swift.abs(abs.supremumError / relu.supremumError - 2) < 1e-9)
    #expect(Swift.abs(leaky.supremumError / relu.supremumError - 0.75) < 1e-9)
  }

  @Test("The sign is composed outside a gap, with fewer multiplications than one polynomial.")
  func sign() throws {
    let gap = Interval(-0.05...0.05)
    let composite = try Fit(composing: [7, 7, 7], for: .sign, on: Self.unit, omitting: gap)
    let single = try Fit(of: .sign, on: Self.unit, degree: 127, omitting: gap)
    #expect(composite.supremumError < 1e-3)
    #expect(
      composite.approximant.nonScalarMultiplications
        < single.approximant.nonScalarMultiplications)
    // A stage alone is the best odd polynomial.
    let stage = try Fit(composing: [15], for: .sign, on: Self.unit, omitting: gap)
    let best = try Fit(of: .sign, on: Self.unit, degree: 15, omitting: gap)
    #expect(Swift.abs(stage.supremumError / best.supremumError - 1) < 1e-8)
  }

  @Test("Beyond its interval a composite relu reads zero, and then explodes.")
  func overshoot() throws {
    let fit = try Fit(composing: [15, 15, 27], for: .relu, on: Self.unit)
    #expect(Swift.abs(fit.approximant(1.005)) < 1e-2)
    #expect(Swift.abs(fit.approximant(1.01)) > 1e30)
    let fuse = OvershootFuse(fit, tolerance: 1e-3)
    #expect(fuse.largestFactor.map { 1 < $0 && $0 < 1.0025 } == true)
    #expect(fuse.overshoots.allSatisfy { $0.error > 1 })
  }

  @Test("Asked for a degree, the stages fill it; asked for an error, the depth is least.")
  func choices() throws {
    #expect(StageDegrees.filling(2) == [1])
    #expect(StageDegrees.filling(49).reduce(1, *) == 49)
    #expect(StageDegrees.filling(6075).reduce(1, *) == 6075)
    let fit = try Fit(of: .relu, on: Self.unit, degree: 50, method: .composite)
    #expect(fit.approximant.degree <= 50)
    let choice = try Fit.leastDegree(
      for: .relu, on: Self.unit, tolerance: 0.01, method: .composite, limit: 31)
    #expect(choice.meetsTolerance && choice.fit.supremumError <= 0.01)
    let depth = choice.fit.approximant.multiplicativeDepth
    for set in StageDegrees.sets {
      let other = try Fit(composing: set, for: .relu, on: Self.unit)
      if other.approximant.multiplicativeDepth >= depth { break }
      #expect(other.supremumError > 0.01)
    }
  }

  @Test("A composite survives encoding, and one without a stage is not read.")
  func coding() throws {
    let fit = try Fit(composing: [3, 5], for: .relu, on: Self.unit)
    let data = try JSONEncoder().encode(fit)
    #expect(try JSONDecoder().decode(Fit.self, from: data) == fit)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(
        CompositePolynomial.self,
        from: Data(#"{"stages": [], "linear": 0, "step": 0, "bend": 1}"#.utf8))
    }
  }
}

extension CompositeSign {
  /// The largest error of x/2 + x·s(x)/2 on [-1, 1], by samples that crowd below the split.
  fileprivate func reluError(splitAt split: Double) -> Double {
    let samples = 4000
    let low = (0...samples).map { min(split, 1) * Double($0) / Double(samples) }
    let crowded = (0...samples).map { pow(2, -12 * Double($0) / Double(samples)) }
    return (low + crowded).reduce(0) { max($0, $1 * abs(1 - self($1)) / 2) }
  }
}
