/// A value, and where it was seen.
public struct ExtremeValue: Hashable, Sendable {
  /// The value; −0 is given as +0.
  public let value: Float

  /// The sample's index in its dataset.
  public let sample: Int

  /// The place inside the sample, channels last: the channel is `offset % channels`.
  public let offset: Int

  /// Creates a value with its place.
  public init(value: Float, sample: Int, offset: Int) {
    self.value = value + 0
    self.sample = sample
    self.offset = offset
  }
}

/// The most extreme values of one side, at most 32 of them, with their places.
///
/// The order is strict: the more extreme value, then the lower sample, then the lower offset. So
/// what a merge keeps does not depend on its order.
public struct ExtremeValues: Equatable, Sendable {
  /// Which values are extreme.
  public enum Side: Sendable {
    case highest
    case lowest
  }

  /// The greatest number of values kept.
  public static let capacity = 32

  /// Which values are kept.
  public let side: Side

  /// The values, most extreme first.
  public private(set) var values: [ExtremeValue]

  /// Creates an empty list.
  public init(side: Side) {
    self.side = side
    values = []
    values.reserveCapacity(Self.capacity + 1)
  }

  /// Creates the list with the given values, most extreme first.
  ///
  /// - Throws: `StatisticsError` if there are too many, if one is not finite, or if they are not in
  ///   the order described above.
  public init(side: Side, values: [ExtremeValue]) throws(StatisticsError) {
    self.side = side
    self.values = values
    if values.count > Self.capacity { throw .tooManyExtremes(values.count) }
    for (position, value) in values.enumerated() {
      if !value.value.isFinite { throw .notFiniteExtreme(position: position) }
      if position > 0 && !precedes(values[position - 1], value) {
        throw .unsortedExtremes(position: position)
      }
    }
  }

  /// Keeps a finite value if it is among the most extreme ones.
  public mutating func insert(_ candidate: ExtremeValue) {
    if values.count == Self.capacity {
      guard precedes(candidate, values[Self.capacity - 1]) else { return }
      values.removeLast()
    }
    // Most candidates belong near the end.
    var position = values.count
    while position > 0, precedes(candidate, values[position - 1]) { position -= 1 }
    values.insert(candidate, at: position)
  }

  /// Keeps the most extreme values of both lists.
  ///
  /// - Precondition: Both lists are of the same side.
  public mutating func merge(_ other: ExtremeValues) {
    precondition(side == other.side, "the highest values do not merge with the lowest")
    for value in other.values { insert(value) }
  }

  /// The least extreme value that would still be kept if it were seen early enough: the infinity
  /// of the other side as long as there is room.
  var bound: Float {
    if values.count == Self.capacity { return values[Self.capacity - 1].value }
    return side == .highest ? -.infinity : .infinity
  }

  /// Returns the least extreme value that would still be kept if it were seen at the given place.
  func threshold(sample: Int, offset: Int) -> Float {
    guard values.count == Self.capacity else { return bound }
    let last = values[Self.capacity - 1]
    if (sample, offset) < (last.sample, last.offset) { return bound }
    return side == .highest ? bound.nextUp : bound.nextDown
  }

  private func precedes(_ left: ExtremeValue, _ right: ExtremeValue) -> Bool {
    if left.value != right.value {
      return side == .highest ? left.value > right.value : left.value < right.value
    }
    return (left.sample, left.offset) < (right.sample, right.offset)
  }
}
