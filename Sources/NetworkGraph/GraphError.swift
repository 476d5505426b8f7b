/// Why a graph cannot be built.
public enum GraphError: Error, Hashable, Sendable, CustomStringConvertible {
  /// An operation cannot take inputs of these shapes.
  case shapeMismatch(layer: String, operation: String, inputs: [Shape], expected: String)

  public var description: String {
    switch self {
    case .shapeMismatch(let layer, let operation, let inputs, let expected):
      """
      layer '\(layer)' (\(operation)) cannot take \
      \(inputs.map(\.description).joined(separator: " and ")).
        It needs \(expected). Check that the input has the size the network was trained on.
      """
    }
  }
}
