import ForwardPass
import Foundation
import NetworkGraph
import TestSupport
import Testing

@Suite struct ActivationsTests {
  private static let functions: [ActivationFunction] = [
    .relu, .rectifier(slope: 0, bound: 6), .rectifier(slope: 0.25, bound: .infinity),
    .rectifier(slope: 0.5, bound: 2), .thresholdedReLU(threshold: 1), .elu(alpha: 1),
    .elu(alpha: 0.3), .selu, .sigmoid, .hardSigmoid(slope: 0.2), .hardSigmoid(slope: 1 / 6), .tanh,
    .hardTanh, .softplus, .softsign, .silu, .hardSilu, .gelu(approximate: false),
    .gelu(approximate: true), .mish, .logSigmoid, .exponential, .celu(alpha: 2), .tanhShrink,
    .softShrink, .squareplus, .sparsePlus, .hardSigmoid(slope: 0.5),
    .thresholdedReLU(threshold: 1, slope: 0.5, bound: 2),
  ]

  @Test(
    "Values over [-30, 30] are within 1e-6 · max(1, |f|), a few roundings.", arguments: functions)
  func accuracy(function: ActivationFunction) throws {
    let grid = stride(from: Float(-30), through: 30, by: 0.01)
    let small = (1...30).flatMap {
      [Float(sign: .plus, exponent: -$0, significand: 1), -1 / Float(1 << $0)]
    }
    try expectAccuracy(function, Array(grid) + small)
  }

  @Test(
    "Powers of positive numbers are as accurate.",
    arguments: [0.5, 0.75, 1, 2, 3, 0.3, -0.5, -0.75, -1] as [Float])
  func powers(exponent: Float) throws {
    try expectAccuracy(.power(exponent), (1...3000).map { Float($0) / 100 })
  }

  @Test(
    "Roots of numbers of every magnitude are off by less than 2.5e-7 of the value.",
    arguments: [0.5, 0.75, -0.5, -0.75] as [Float])
  func roots(exponent: Float) throws {
    let subnormal = stride(from: UInt32(1), to: 0x80_0000, by: 9_973)
    let normal = stride(from: UInt32(0x80_0000), to: Float.infinity.bitPattern, by: 9_973)
    let values = (Array(subnormal) + Array(normal)).map { Float(bitPattern: $0) }
    let found = try output(.activation(.power(exponent)), extents: [[values.count]], [values])
    let worst = zip(values, found)
      .map { x, y in abs(Double(y) / Foundation.pow(Double(x), Double(exponent)) - 1) }
      .reduce(0) { $1 <= $0 ? $0 : $1 }
    #expect(worst <= 2.5e-7)
  }

  @Test(
    "Roots of zeros, infinities and negative numbers, whatever is beside them.",
    arguments: [0.5, 0.75, -0.5, -0.75] as [Float])
  func specialRoots(exponent: Float) throws {
    let plain: [Float] = [1, 3.1415927, 1e30, 1e-30]
    let alone = try output(.activation(.power(exponent)), extents: [[4]], [plain])
    for lane in 0..<19 {
      for special: Float in [0, .infinity, -1, -.infinity, .nan, Float(bitPattern: 71)] {
        var values = (0..<19).map { plain[$0 % 4] }
        values[lane] = special
        let found = try output(.activation(.power(exponent)), extents: [[19]], [values])
        let expected = Foundation.pow(Double(special), Double(exponent))
        let agrees =
          special < 0 || special.isNaN
          ? found[lane].isNaN
          : abs(Double(found[lane]) / expected - 1) <= 2.5e-7
            || Double(found[lane]) == expected
        #expect(agrees, "\(special)^\(exponent) is \(found[lane])")
        #expect((0..<19).allSatisfy { $0 == lane || found[$0] == alone[$0 % 4] })
      }
    }
  }

  private func expectAccuracy(_ function: ActivationFunction, _ values: [Float]) throws {
    let found = try output(.activation(function), extents: [[values.count]], [values])
    let worst = zip(values, found)
      .map { x, y in
        let expected = Reference.activation(function, Double(x))
        return abs(Double(y) - expected) / max(1, abs(expected))
      }
      .reduce(0) { $1 <= $0 ? $0 : $1 }
    #expect(worst <= 1e-6)
  }

  @Test(
    "NaN stays NaN in every lane, and the numbers beside it stay numbers.",
    arguments: functions + [.power(0.75), .power(-0.5), .power(0.3)])
  func notANumber(function: ActivationFunction) throws {
    for lane in 0..<19 {
      var values = [Float](repeating: 0.5, count: 19)
      values[lane] = .nan
      let found = try output(.activation(function), extents: [[19]], [values])
      #expect(found.indices.allSatisfy { found[$0].isNaN == ($0 == lane) })
    }
  }

  @Test(
    "Zeros, infinities, and huge numbers give what the function itself gives.", arguments: functions
  )
  func extremes(function: ActivationFunction) throws {
    let values: [Float] = [0, -0.0, .infinity, -.infinity, 88.8, -88.8, 104, -104, 1e30, -1e30]
    let found = try output(.activation(function), extents: [[values.count]], [values])
    for (x, y) in zip(values, found) {
      let expected = function(x)
      let agrees =
        y == expected || (y.isNaN && expected.isNaN)
        || abs(y - expected) <= 1e-6 * max(1, abs(expected))
      #expect(agrees, "\(x): \(y), not \(expected)")
    }
  }

  @Test("Softmax runs over the last axis.", arguments: [[1], [10], [3, 17], [2, 3, 5]])
  func softmax(extents: [Int]) throws {
    try expectAgreement(graph(.activation(.softmax), extents), in: -8...8)
    // Larger than the exponential can take.
    try expectAgreement(graph(.activation(.softmax), extents), in: 200...210)
  }

  @Test("A NaN stays in its row of a softmax.")
  func softmaxOfNaN() throws {
    for lane in 0..<20 {
      var values = (0..<40).map { Float($0 % 20) / 10 }
      values[lane] = .nan
      let found = try output(.activation(.softmax), extents: [[2, 20]], [values])
      #expect(found[lane].isNaN)
      #expect(found[20...].allSatisfy { !$0.isNaN })
    }
  }

  @Test("PReLU has a slope a channel, or one a place.")
  func prelu() throws {
    var generator = SeededGenerator(6)
    try expectAgreement(graph(.activation(.prelu(slopes: generator.floats(3))), [4, 5, 3]))
    try expectAgreement(graph(.activation(.prelu(slopes: generator.floats(60))), [4, 5, 3]))
    let found = try output(.activation(.prelu(slopes: [2, 3])), extents: [[2]], [[-1, .nan]])
    #expect(found[0] == -2)
    #expect(found[1].isNaN)
  }

  @Test("A logarithm of a softmax is one of each row, and none overflows.", arguments: [1, 3, 17])
  func logSoftmax(channels: Int) throws {
    try expectAgreement(graph(.activation(.logSoftmax), [4, channels]), in: -5...5)
    let found = try output(.activation(.logSoftmax), extents: [[2]], [[500, 0]])
    #expect(found == [0, -500])
    let holed = try output(.activation(.logSoftmax), extents: [[2, 2]], [[1, .nan, 1, 1]])
    #expect(holed.map(\.isNaN) == [true, true, false, false])
  }
}
