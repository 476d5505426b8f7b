import Dispatch
import Synchronization

/// A value that another thread computes meanwhile.
final class Meanwhile<Value: Sendable>: Sendable {
  private let result = Mutex<Value?>(nil)
  private let group = DispatchGroup()

  init(_ compute: @escaping @Sendable () -> Value) {
    DispatchQueue.global().async(group: group) {
      let value = compute()
      self.result.withLock { $0 = value }
    }
  }

  /// The value, once it is there.
  var value: Value {
    group.wait()
    return result.withLock { $0! }
  }
}
