import Dispatch
import Synchronization

extension Array where Element: Sendable {
  /// Maps every element, on all processors; the results are in the order of the elements.
  func concurrentMap<Result: Sendable>(
    _ transform: @Sendable (Element) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: count))
    withoutActuallyEscaping(transform) { transform in
      DispatchQueue.concurrentPerform(iterations: count) { index in
        let result = transform(self[index])
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.map { $0! } }
  }
}

/// Does two things at the same time.
func concurrently<First: Sendable, Second: Sendable>(
  _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
  let results = [0, 1].concurrentMap { index -> (First?, Second?) in
    index == 0 ? (first(), nil) : (nil, second())
  }
  return (results[0].0!, results[1].1!)
}
