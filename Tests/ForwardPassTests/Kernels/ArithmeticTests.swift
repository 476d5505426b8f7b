import NetworkGraph
import TestSupport
import Testing

@Suite struct ArithmeticTests {
  private static let combinations: [Combination] = [
    .add, .subtract, .multiply, .average, .maximum, .minimum,
  ]

  @Test("An affine step scales each channel, or all alike.", arguments: [1, 3, 16, 17])
  func affine(channels: Int) throws {
    var generator = SeededGenerator(5)
    let each = Operation.affine(
      scale: generator.floats(channels), shift: generator.floats(channels))
    try expectAgreement(graph(each, [3, 4, channels]))
    try expectAgreement(graph(.affine(scale: [0.25], shift: [-1]), [3, 4, channels]))
  }

  @Test("Squares are summed over the channels around each one.", arguments: [0, 1, 2, 5, 40])
  func localSquareSum(radius: Int) throws {
    for channels in [1, 3, 17] {
      let sum = Operation.localSquareSum(radius: radius, bias: 2, alpha: 0.1)
      try expectAgreement(graph(sum, [2, 3, channels]))
    }
  }

  @Test("Two inputs of one shape.", arguments: combinations)
  func pairs(combination: Combination) throws {
    try expectAgreement(graph(.elementwise(combination), [3, 5], [3, 5]))
  }

  @Test("One, three, and four inputs.", arguments: combinations.filter { $0 != .subtract })
  func several(combination: Combination) throws {
    for count in [1, 3, 4] {
      let inputs = [[Int]](repeating: [3, 5], count: count)
      try expectAgreement(graph(.elementwise(combination), inputs))
    }
  }

  @Test("Axes of extent 1 are stretched, in either input or in both.", arguments: combinations)
  func stretching(combination: Combination) throws {
    let operation = Operation.elementwise(combination)
    try expectAgreement(graph(operation, [4, 5, 3], [1, 1, 3]))
    try expectAgreement(graph(operation, [1, 5, 1], [4, 5, 3]))
    try expectAgreement(graph(operation, [4, 1, 3], [1, 5, 3]))
    try expectAgreement(graph(operation, [4, 5, 3], [4, 5, 1]))
  }

  @Test("A node may be combined with itself.")
  func itself() throws {
    var graph = Graph(name: "square")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([7])))
    graph.setOutputs([
      try graph.add(.elementwise(.multiply), layer: "sq", inputs: [input, input])
    ])
    try expectAgreement(graph)
  }

  @Test("A NaN in any input is in the result.", arguments: combinations)
  func notANumber(combination: Combination) throws {
    let operation = Operation.elementwise(combination)
    let (holed, whole) = ([Float.nan, 1, 2], [Float(1), 2, 3])
    for inputs in [[holed, whole], [whole, holed]] {
      let found = try output(operation, extents: [[3], [3]], inputs)
      #expect(found.map(\.isNaN) == [true, false, false])
      let stretched = try output(
        operation, extents: [[1, 3], [1, 1]], [inputs[0], [inputs[1][0]]])
      #expect(stretched[0].isNaN)
    }
    #expect(try output(.affine(scale: [2], shift: [1]), extents: [[1]], [[.nan]])[0].isNaN)
    let squares = Operation.localSquareSum(radius: 1, bias: 1, alpha: 1)
    #expect(
      try output(squares, extents: [[3]], [[.nan, 1, 1]]).map(\.isNaN) == [true, true, false])
  }
}
