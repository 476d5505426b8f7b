import COneDNN
import Dispatch

/// The library, loaded by the first use: what runs no network starts 2 to 4 ms sooner without it.
private let library: Result<onednn_functions, ForwardPassError> = {
  var functions = onednn_functions()
  if let reason = onednn_load(&functions) {
    return .failure(.noLibrary(reason: String(cString: reason)))
  }
  return .success(functions)
}()

/// oneDNN's functions, by their names without `dnnl_`.
///
/// - Precondition: There is the library, as `ExecutionPlan` makes sure.
let oneDNN: onednn_functions = {
  switch library {
  case .success(let functions): return functions
  case .failure(let error): preconditionFailure("\(error)")
  }
}()

extension ExecutionPlan {
  /// Loads in the background what compiling needs, which takes some milliseconds.
  public static func prepare() {
    DispatchQueue.global().async {
      if case .success = library { _ = Engine.shared }
    }
  }

  /// - Throws: `ForwardPassError.noLibrary`.
  static func requireLibrary() throws { _ = try library.get() }
}
