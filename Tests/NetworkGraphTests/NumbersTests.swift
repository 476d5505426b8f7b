import NetworkGraph
import Testing

@Suite struct NumbersTests {
  @Test("Numbers that lie elsewhere are those of an array, and are not copied.")
  func elsewhere() {
    let keeper = Keeper([1, 2, 3, 4])
    let (kept, array) = (
      Numbers(UnsafeBufferPointer(keeper.buffer), keptBy: keeper), [1, 2, 3, 4] as [Float]
    )
    for numbers in [kept, Numbers(array)] {
      #expect(numbers.array == array)
      #expect(numbers.indices.map { numbers[$0] } == array)
      #expect(Array(numbers[1..<3]) == [2, 3])
      #expect(numbers.withUnsafeBufferPointer { Array($0) } == array)
    }
    #expect(
      kept.withUnsafeBufferPointer { $0.baseAddress } == UnsafePointer(keeper.buffer.baseAddress))
    #expect(Numbers([]).isEmpty)
  }

  @Test("Whoever keeps numbers is held as long as they are, and no longer.")
  func held() {
    weak var keeper: Keeper?
    do {
      let tensor: Tensor
      do {
        let numbers = Keeper([1, 2])
        keeper = numbers
        tensor = Tensor(Numbers(UnsafeBufferPointer(numbers.buffer), keptBy: numbers), extents: [2])
      }
      #expect(keeper != nil)
      withExtendedLifetime(tensor) {}
    }
    #expect(keeper == nil)
  }
}

private final class Keeper: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Float>

  init(_ numbers: [Float]) {
    buffer = .allocate(capacity: numbers.count)
    _ = buffer.initialize(from: numbers)
  }

  deinit { buffer.deallocate() }
}
