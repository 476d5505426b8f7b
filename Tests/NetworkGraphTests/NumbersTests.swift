import Testing

@testable import NetworkGraph

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

  @Test("Reading once shows every number once, in order, and gives each back after it was shown.")
  func readOnce() {
    let count = 2 * Numbers.pieceLength + 3
    let keeper = Keeper((0..<count).map { Float($0 % 1000) })
    let steps = Steps()
    let numbers = Numbers(UnsafeBufferPointer(keeper.buffer), keptBy: keeper) {
      steps.note(-$0.count)
    }
    var seen: [Float] = []
    numbers.readOnce { piece in
      steps.note(piece.count)
      seen += piece
    }
    let piece = Numbers.pieceLength
    #expect(seen == numbers.array)
    #expect(steps.noted == [piece, -piece, piece, -piece, 3, -3])
    Numbers([1, 2]).readOnce { #expect(Array($0) == [1, 2]) }
    Numbers([]).readOnce { _ in Issue.record("There are no numbers.") }
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

private final class Steps: @unchecked Sendable {
  private(set) var noted: [Int] = []
  func note(_ step: Int) { noted.append(step) }
}

private final class Keeper: @unchecked Sendable {
  let buffer: UnsafeMutableBufferPointer<Float>

  init(_ numbers: [Float]) {
    buffer = .allocate(capacity: numbers.count)
    _ = buffer.initialize(from: numbers)
  }

  deinit { buffer.deallocate() }
}
