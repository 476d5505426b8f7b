import NetworkGraph
import Testing

@Suite struct MovementTests {
  @Test("Concatenation along each axis, of two inputs and of three.")
  func concatenation() throws {
    try expectAgreement(graph(.concatenation(axis: 0), [2, 4, 3], [3, 4, 3]))
    try expectAgreement(graph(.concatenation(axis: 1), [2, 4, 3], [2, 1, 3], [2, 2, 3]))
    try expectAgreement(graph(.concatenation(axis: 2), [2, 4, 3], [2, 4, 5], [2, 4, 1]))
    try expectAgreement(graph(.concatenation(axis: 0), [4], [3]))
  }

  @Test(
    "Every permutation of three axes.",
    arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]])
  func permutation(order: [Int]) throws {
    try expectAgreement(graph(.permutation(order), [2, 3, 5]))
  }

  @Test("A permutation of two axes is a transposition.")
  func transposition() throws {
    #expect(
      try output(.permutation([1, 0]), extents: [[2, 3]], [[1, 2, 3, 4, 5, 6]])
        == [1, 4, 2, 5, 3, 6])
  }

  @Test("Padding and cropping, uneven, over one, two, and three axes.")
  func edges() throws {
    try expectAgreement(graph(.zeroPadding([(1, 2)]), [4, 3]))
    try expectAgreement(graph(.zeroPadding([(1, 2), (0, 3)]), [4, 5, 3]))
    try expectAgreement(graph(.zeroPadding([(0, 1), (2, 0), (1, 1)]), [2, 3, 2, 3]))
    try expectAgreement(graph(.cropping([(1, 2)]), [4, 3]))
    try expectAgreement(graph(.cropping([(1, 2), (0, 3)]), [4, 5, 3]))
    try expectAgreement(graph(.cropping([(0, 1), (2, 0), (1, 0)]), [2, 3, 2, 3]))
  }

  @Test("Upsampling repeats places along each axis.")
  func upsampling() throws {
    try expectAgreement(graph(.nearestUpsampling([3]), [4, 3]))
    try expectAgreement(graph(.nearestUpsampling([2, 3]), [2, 3, 5]))
    try expectAgreement(graph(.nearestUpsampling([1, 2, 3]), [2, 3, 2, 3]))
  }

  @Test("A reshape leaves the numbers in their order.")
  func reshape() throws {
    try expectAgreement(graph(.reshape(#require(Shape([6, 2]))), [4, 3]))
    try expectAgreement(graph(.reshape(#require(Shape([12]))), [4, 3]))
  }

  @Test("Movements keep NaN, and padding is zero beside it.")
  func notANumber() throws {
    let found = try output(.zeroPadding([(1, 1)]), extents: [[1, 2]], [[.nan, 1]])
    #expect(found[2].isNaN)
    #expect([found[0], found[1], found[3], found[4], found[5]] == [0, 0, 1, 0, 0])
    #expect(try output(.nearestUpsampling([2]), extents: [[1, 1]], [[.nan]]).allSatisfy(\.isNaN))
  }
}
