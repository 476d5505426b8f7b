import ForwardPass
import NetworkGraph
import TestSupport
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

  @Test("An id without a row says where it is and what is allowed.")
  func idOutOfRange() {
    let error = ForwardPassError.idOutOfRange(
      layer: "words", sample: 7, place: 3, id: 977, rows: 977)
    #expect(
      error.description == """
        sample 7 has the id 977.0 at place 3, where layer 'words' knows 0 to 976.
          Check that the data was encoded for this network, and that no preprocessing scales it.
        """)
  }
}
