/// Why a network cannot be compiled or run.
public enum ForwardPassError: Error, Hashable, Sendable, CustomStringConvertible {
  /// oneDNN cannot be loaded.
  case noLibrary(reason: String)
  /// oneDNN refused to make or run a kernel.
  case kernel(layer: String, operation: String, status: String)
  /// A sample has a number that is no row of an embedding's table of `rows`.
  case idOutOfRange(layer: String, sample: Int, place: Int, id: Float, rows: Int)

  public var description: String {
    switch self {
    case .noLibrary(let reason):
      """
      the library oneDNN cannot be loaded: \(reason)
        Install it:  apt install libdnnl-dev
      """
    case .kernel(let layer, let operation, let status):
      """
      layer '\(layer)' (\(operation)) cannot be run: oneDNN says '\(status)'.
        Check that libdnnl is the version Debian ships, and report the layer's configuration.
      """
    case .idOutOfRange(let layer, let sample, let place, let id, let rows):
      """
      sample \(sample) has the id \(id) at place \(place), where layer '\(layer)' knows \
      0 to \(rows - 1).
        Check that the data was encoded for this network, and that no preprocessing scales it.
      """
    }
  }
}
