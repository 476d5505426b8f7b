internal import CHDF5
import Glibc

/// The only door to the C library: one call at a time, silent, its error stack read on failure.
///
/// The library may be built without thread safety, and its error stack belongs to one call, so every
/// call takes one lock for the whole process. That lock is what makes the handles of this module
/// `Sendable`: they hold nothing but constants.
enum CLibrary {
  /// A call that failed, in HDF5's own words.
  struct Failure: Error {
    let message: String
  }

  private static let lock = RecursiveLock()

  /// A file may name a filter that HDF5 would load as code from a folder; none is.
  private static let filtersAreSet: Void = {
    H5PLset_loading_state(0)
    LZFFilter.register()
  }()

  /// Runs one call of the C library, where a negative result is a failure.
  static func call<Result: SignedInteger>(_ body: () -> Result) throws(Failure) -> Result {
    lock.lock()
    defer { lock.unlock() }
    Self.filtersAreSet
    H5Eset_auto2(hid_t(H5E_DEFAULT), nil, nil)
    let result = body()
    guard result < 0 else { return result }
    let failure = Failure(message: stackMessage())
    H5Eclear2(hid_t(H5E_DEFAULT))
    throw failure
  }

  /// Closes a handle; a failure to do so has nobody who could act on it.
  static func close(_ body: () -> herr_t) {
    _ = try? call(body)
  }

  /// The two deepest entries of the error stack: the cause, and what it prevented.
  private static func stackMessage() -> String {
    var messages: [String] = []
    withUnsafeMutablePointer(to: &messages) { messages in
      _ = H5Ewalk2(
        hid_t(H5E_DEFAULT), H5E_WALK_UPWARD,
        { _, entry, context in
          if let text = entry?.pointee.desc, let context {
            context.assumingMemoryBound(to: [String].self).pointee.append(String(cString: text))
          }
          return 0
        }, messages)
    }
    return messages.isEmpty ? "no reason given" : messages.prefix(2).joined(separator: "; ")
  }
}

/// A lock that the thread which holds it may take again.
///
/// A handle may be released, and so closed, while a call is under way on the same thread.
private final class RecursiveLock: @unchecked Sendable {
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)

  init() {
    var attributes = pthread_mutexattr_t()
    pthread_mutexattr_init(&attributes)
    pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_RECURSIVE))
    pthread_mutex_init(mutex, &attributes)
    pthread_mutexattr_destroy(&attributes)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    mutex.deallocate()
  }

  func lock() { pthread_mutex_lock(mutex) }

  func unlock() { pthread_mutex_unlock(mutex) }
}
