import ForwardPass
import NetworkGraph
import Testing

@Suite struct EmbeddingTests {
  private let table = Tensor([0, 1, 10, 11, 20, 21], extents: [3, 2])

  @Test("An embedding looks each id up.")
  func lookup() throws {
    let values = try output(.embedding(table: table), extents: [[4]], [[2, 0, 1, 2]])
    #expect(values == [20, 21, 0, 1, 10, 11, 20, 21])
  }

  @Test("An id is rounded towards zero, as Keras does.")
  func rounding() throws {
    let values = try output(.embedding(table: table), extents: [[3]], [[2.9, -0.5, 1.2]])
    #expect(values == [20, 21, 0, 1, 10, 11])
  }

  @Test(
    "An id without a row ends the run with its sample and place.",
    arguments: [3, -1, .nan, .infinity, 1e30] as [Float])
  func outOfRange(id: Float) throws {
    let plan = try ExecutionPlan(graph(.embedding(table: table), [4]), samplesPerBatch: 4)
    let data: [[Float]] = [[0, 1, 2, 0], [0, 1, 2, 1], [0, 0, id, 0]]
    let error = try #require(throws: ForwardPassError.self) {
      try Executor(plan).run(
        samples: 1..<3,
        fill: { samples, _, buffer in
          _ = buffer.update(fromContentsOf: samples.flatMap { data[$0] })
        }, observer: Recorder())
    }
    guard case .idOutOfRange("it", sample: 2, place: 2, let found, rows: 3) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(found == id || id.isNaN)
  }

  @Test("What an earlier batch left behind is not taken for ids.")
  func leftovers() throws {
    let executor = try Executor(
      ExecutionPlan(graph(.embedding(table: table), [1]), samplesPerBatch: 4))
    #expect(throws: ForwardPassError.self) { try Run(executor, [[[1]], [[9]]]) }
    #expect(try Run(executor, [[[1]]]).outputs[0] == [[10, 11]])
  }

  @Test("A mask keeps the places with any other number.")
  func mask() throws {
    let mask = try output(
      .mask(unless: -1), extents: [[4, 2]], [[-1, -1, -1, 0, 2, 3, -1, .nan]])
    #expect(mask == [0, 1, 1, 1])
    #expect(try output(.mask(unless: .nan), extents: [[2, 1]], [[.nan, 1]]) == [1, 1])
  }

  @Test("A masked average counts what is kept, and is NaN if nothing is.")
  func average() throws {
    let pooling = Operation.globalAveragePooling(keepsAxes: false)
    let values: [Float] = [1, 10, 2, 20, 4, 40]
    #expect(try output(pooling, extents: [[3, 2], [3]], [values, [1, 0, 1]]) == [2.5, 25])
    #expect(try output(pooling, extents: [[3, 2], [3]], [values, [0, 1, 0]]) == [2, 20])
    let nothing = try output(pooling, extents: [[3, 2], [3]], [values, [0, 0, 0]])
    #expect(nothing.allSatisfy { $0.isNaN })
  }
}
