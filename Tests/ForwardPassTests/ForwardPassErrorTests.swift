import ForwardPass
import NetworkGraph
import Testing

@Suite struct ForwardPassErrorTests {
  @Test("An operation that oneDNN does not know names the layer and oneDNN's word.")
  func kernel() throws {
    var generator = SeededGenerator(8)
    let window = Window(size: [1, 1, 1, 1], strides: [1, 1, 1, 1], padding: .valid)
    let graph = try graph(
      .convolution(
        window: window, groups: 1, kernel: generator.tensor(1, 1, 1, 1, 2, 2), bias: nil),
      [2, 2, 2, 2, 2])
    let error = try #require(throws: ForwardPassError.self) { try ExecutionPlan(graph) }
    #expect(
      error.description == """
        layer 'it' (convolution) cannot be run: oneDNN says 'invalid_arguments'.
          Check that libdnnl is the version Debian ships, and report the layer's configuration.
        """)
  }
}
