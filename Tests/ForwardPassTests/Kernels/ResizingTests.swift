import NetworkGraph
import Testing

@Suite struct ResizingTests {
  @Test(
    "One, two and three axes are made larger, smaller, and left, by either interpolation.",
    arguments: [Interpolation.nearest, .linear])
  func extents(interpolation: Interpolation) throws {
    for target in [1, 2, 3, 4, 5, 7, 8, 12] {
      try expectAgreement(graph(.resizing(to: [target], interpolation), [4, 3]))
      try expectAgreement(graph(.resizing(to: [target, 5], interpolation), [4, 3, 2]))
    }
    try expectAgreement(graph(.resizing(to: [3, 2, 5], interpolation), [2, 4, 3, 2]))
  }

  @Test("Middles of places are what is matched: doubling gives quarters and three quarters.")
  func middles() throws {
    let found = try output(.resizing(to: [4], .linear), extents: [[2, 1]], [[0, 4]])
    #expect(found == [0, 1, 3, 4])
    let nearest = try output(
      .resizing(to: [3], .nearest), extents: [[6, 1]], [[0, 1, 2, 3, 4, 5]])
    #expect(nearest == [1, 3, 5])
  }

  @Test("A NaN reaches the places that are interpolated from it.")
  func notANumber() throws {
    let found = try output(.resizing(to: [6], .linear), extents: [[3, 1]], [[.nan, 1, 1]])
    #expect(found.map(\.isNaN) == [true, true, true, false, false, false])
  }
}
