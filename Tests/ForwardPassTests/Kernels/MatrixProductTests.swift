import NetworkGraph
import Testing

@Suite struct MatrixProductTests {
  @Test(
    "Matrices are multiplied, the second as it is or transposed, for every place before them.",
    arguments: [[], [2], [2, 3]], [1, 5, 17])
  func products(places: [Int], inner: Int) throws {
    try expectAgreement(
      graph(.matrixProduct(transposed: false), places + [3, inner], places + [inner, 4]))
    try expectAgreement(
      graph(.matrixProduct(transposed: true), places + [3, inner], places + [4, inner]))
  }

  @Test("An activation may be multiplied with itself.")
  func itself() throws {
    var graph = Graph(name: "square")
    let input = graph.addInput(layer: "in", shape: try #require(Shape([4, 5])))
    graph.setOutputs([
      try graph.add(.matrixProduct(transposed: true), layer: "m", inputs: [input, input])
    ])
    try expectAgreement(graph, samplesPerBatch: 3, samples: 5)
  }

  @Test("A NaN reaches its row alone.")
  func notANumber() throws {
    let found = try output(
      .matrixProduct(transposed: false), extents: [[2, 2], [2, 2]],
      [[.nan, 1, 1, 1], [1, 2, 3, 4]])
    #expect(found.map(\.isNaN) == [true, true, false, false])
  }
}
