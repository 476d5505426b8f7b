/// A layer of a file, as a listing shows it before anything is built.
public struct LayerSummary: Hashable, Sendable {
  /// What Rangefinder can do with a layer's class.
  public enum Support: Hashable, Sendable {
    /// The class is known; the text says what it becomes.
    case known(summary: String)
    /// The class is not known.
    case unknownClass
    /// The layer is Python code inside the file, which is never run.
    case pythonCode
  }

  /// The path of the layer: nested models are separated by `/`.
  public let name: String

  /// The class that the file names.
  public let className: String

  public let support: Support

  /// The number of stored values of the layer's weights, trained or not; `nil` if the weights of
  /// the file cannot be told apart.
  public let parameterCount: Int?

  /// Whether the class is known. A setting may still be one that is not.
  public var isSupported: Bool {
    if case .known = support { true } else { false }
  }

  public init(name: String, className: String, support: Support, parameterCount: Int? = nil) {
    self.name = name
    self.className = className
    self.support = support
    self.parameterCount = parameterCount
  }
}
