import COneDNN
import Dispatch
import Glibc

/// oneDNN's functions, by their names without `dnnl_`.
///
/// The library is loaded by the first use: what runs no network starts 2 to 4 ms sooner without it.
let oneDNN: onednn_functions = {
  var functions = onednn_functions()
  if let reason = onednn_load(&functions) {
    let text = """
      error: the library oneDNN cannot be loaded: \(String(cString: reason))
        Install it:  apt install libdnnl-dev

      """
    _ = write(STDERR_FILENO, text, text.utf8.count)
    exit(1)
  }
  return functions
}()

extension ExecutionPlan {
  /// Loads in the background what compiling needs, which takes some milliseconds.
  public static func prepare() {
    DispatchQueue.global().async { _ = Engine.shared }
  }
}
