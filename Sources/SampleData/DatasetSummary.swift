/// What an array is, for the words of an error.
public struct DatasetSummary: Hashable, Sendable, CustomStringConvertible {
  /// The path in the file.
  public let path: String

  /// The lengths of all axes.
  public let shape: [Int]

  /// The type of the elements.
  public let elements: String

  public var description: String {
    "\(path)  \(shape.isEmpty ? "one" : shape.map(String.init).joined(separator: "×")) \(elements)"
  }
}
