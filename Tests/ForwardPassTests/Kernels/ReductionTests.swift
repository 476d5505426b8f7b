import NetworkGraph
import Testing

@Suite struct ReductionTests {
  @Test(
    "A mean is taken over any axes: the last, others, all, or none.",
    arguments: [[2], [0], [1], [0, 1], [1, 2], [0, 2], [0, 1, 2], []])
  func axes(axes: [Int]) throws {
    for channels in [1, 3, 8, 19] {
      try expectAgreement(graph(.mean(axes: axes), [4, 3, channels]))
    }
  }

  @Test("A mean of many numbers loses nothing: it is summed in Double.")
  func long() throws {
    let count = 1 << 20
    for (axes, extents) in [([0], [count]), ([0], [count, 1])] {
      let found = try output(
        .mean(axes: axes), extents: [extents], [[Float](repeating: 0.1, count: count)])
      #expect(found == [0.1])
    }
  }

  @Test("A NaN reaches its own mean alone.")
  func notANumber() throws {
    let found = try output(
      .mean(axes: [1]), extents: [[2, 9]], [[.nan] + .init(repeating: 1, count: 17)])
    #expect(found[0].isNaN)
    #expect(found[1] == 1)
  }
}
