/// Why a network cannot be compiled or run.
public enum ForwardPassError: Error, Hashable, Sendable, CustomStringConvertible {
  /// oneDNN refused to make or run a kernel.
  case kernel(layer: String, operation: String, status: String)

  public var description: String {
    switch self {
    case .kernel(let layer, let operation, let status):
      """
      layer '\(layer)' (\(operation)) cannot be run: oneDNN says '\(status)'.
        Check that libdnnl is the version Debian ships, and report the layer's configuration.
      """
    }
  }
}
