/// The numbers of a tensor: those of an array, or numbers that lie elsewhere, such as in a file that
/// is mapped.
public struct Numbers: RandomAccessCollection, Sendable {
  private let storage: Storage

  private enum Storage: @unchecked Sendable {
    case array([Float])
    case elsewhere(
      UnsafeBufferPointer<Float>, keeper: any AnyObject & Sendable,
      giveBack: @Sendable (Range<Int>) -> Void)
  }

  public init(_ array: [Float]) { storage = .array(array) }

  /// Takes numbers that neither move nor change as long as `keeper` is there, which is held.
  ///
  /// - Parameter giveBack: Frees memory in which some of them are until they are looked at again.
  public init(
    _ numbers: UnsafeBufferPointer<Float>, keptBy keeper: any AnyObject & Sendable,
    giveBack: @escaping @Sendable (Range<Int>) -> Void = { _ in }
  ) {
    storage = .elsewhere(numbers, keeper: keeper, giveBack: giveBack)
  }

  /// Says that the numbers will not be looked at for a while, though someone holds them: what lies in a
  /// mapped file takes no memory until then.
  public func giveBack() {
    if case .elsewhere(let numbers, _, let giveBack) = storage { giveBack(0..<numbers.count) }
  }

  /// Calls `body` with a piece of them after the other, and gives each back: what lies in a mapped file
  /// takes no more memory than a piece.
  public func readOnce(_ body: (UnsafeBufferPointer<Float>) throws -> Void) rethrows {
    try withUnsafeBufferPointer { numbers in
      for start in stride(from: 0, to: numbers.count, by: Self.pieceLength) {
        let piece = start..<Swift.min(start + Self.pieceLength, numbers.count)
        try body(UnsafeBufferPointer(rebasing: numbers[piece]))
        if case .elsewhere(_, _, let giveBack) = storage { giveBack(piece) }
      }
    }
  }

  /// The numbers of a piece, 4 MiB.
  static let pieceLength = 1 << 20

  public var startIndex: Int { 0 }

  public var endIndex: Int {
    switch storage {
    case .array(let array): array.count
    case .elsewhere(let numbers, _, _): numbers.count
    }
  }

  /// One number; a loop over many is faster over `withUnsafeBufferPointer`.
  public subscript(index: Int) -> Float {
    switch storage {
    case .array(let array): array[index]
    case .elsewhere(let numbers, _, _): numbers[index]
    }
  }

  /// The same in an array, a copy if they are not in one.
  public var array: [Float] {
    switch storage {
    case .array(let array): array
    case .elsewhere(let numbers, let keeper, _): withExtendedLifetime(keeper) { Array(numbers) }
    }
  }

  /// Calls `body` with all numbers, which stay where they are as long as someone holds these.
  public func withUnsafeBufferPointer<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result {
    switch storage {
    case .array(let array):
      try array.withUnsafeBufferPointer(body)
    case .elsewhere(let numbers, let keeper, _):
      try withExtendedLifetime(keeper) { try body(numbers) }
    }
  }

  public func withContiguousStorageIfAvailable<Result>(
    _ body: (UnsafeBufferPointer<Float>) throws -> Result
  ) rethrows -> Result? {
    try withUnsafeBufferPointer(body)
  }
}
