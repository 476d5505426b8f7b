extension Preprocessing {
  /// A factor that is kept as a fraction, so that `1/255` divides by 255 exactly as Keras does.
  public struct Scale: Hashable, Sendable {
    /// No change.
    public static let one = Scale(1)

    /// What elements are multiplied by first.
    public let numerator: Float

    /// What elements are divided by then.
    public let denominator: Float

    /// Creates the factor `numerator / denominator`.
    ///
    /// - Precondition: Both are finite, and neither is zero.
    public init(_ numerator: Float, over denominator: Float = 1) {
      precondition(numerator.isFinite && numerator != 0, "scale \(numerator)")
      precondition(denominator.isFinite && denominator != 0, "scale 1/\(denominator)")
      self.numerator = numerator
      self.denominator = denominator
    }

    /// Reads a number or a fraction, such as `0.5` or `1/255`.
    ///
    /// - Throws: `SampleDataError.invalidNumber`.
    public init(parsing text: String) throws {
      let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Float($0) }
      let numbers = parts.compactMap(\.self).filter { $0.isFinite && $0 != 0 }
      guard parts.count <= 2, numbers.count == parts.count else {
        throw SampleDataError.invalidNumber(
          option: "--scale", text: text, expected: "a number or a fraction such as 1/255")
      }
      self.init(numbers[0], over: numbers.count == 2 ? numbers[1] : 1)
    }
  }
}

extension Preprocessing.Scale: CustomStringConvertible {
  /// The text that `init(parsing:)` reads back.
  public var description: String {
    denominator == 1
      ? Preprocessing.text(numerator)
      : "\(Preprocessing.text(numerator))/\(Preprocessing.text(denominator))"
  }
}
