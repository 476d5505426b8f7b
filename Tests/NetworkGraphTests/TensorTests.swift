import NetworkGraph
import Testing

@Suite struct ShapeTests {
  @Test("A shape knows its rank, count, channels, and spatial axes.")
  func parts() throws {
    let shape = try #require(Shape([4, 5, 3]))
    #expect(shape.rank == 3)
    #expect(shape.count == 60)
    #expect(shape.channels == 3)
    #expect(Array(shape.spatial) == [4, 5])
  }

  @Test("A scalar has one value, one channel, and no axes.")
  func scalar() throws {
    let shape = try #require(Shape([]))
    #expect(shape.rank == 0)
    #expect(shape.count == 1)
    #expect(shape.channels == 1)
    #expect(shape.spatial.isEmpty)
  }

  @Test("An extent that is not positive, or a count beyond Int, makes no shape.")
  func refused() {
    #expect(Shape([3, 0]) == nil)
    #expect(Shape([-1]) == nil)
    #expect(Shape([1 << 32, 1 << 31]) == nil)
    #expect(Shape([1 << 31, 1 << 31])?.count == 1 << 62)
  }

  @Test("A shape reads as its extents joined by ×.")
  func text() {
    #expect(Shape([32, 32, 3])?.description == "32×32×3")
    #expect(Shape([10])?.description == "10")
    #expect(Shape([])?.description == "scalar")
  }
}

@Suite struct TensorTests {
  @Test("A tensor keeps its values and extents.")
  func keeps() {
    let tensor = Tensor([1, 2, 3, 4, 5, 6], extents: [2, 3])
    #expect(tensor.values.array == [1, 2, 3, 4, 5, 6])
    #expect(tensor.extents == [2, 3])
  }

  @Test("Values that do not fill the extents are a programmer's error.")
  func unfilled() async {
    await #expect(processExitsWith: .failure) { _ = Tensor([1, 2, 3], extents: [2, 2]) }
  }
}
