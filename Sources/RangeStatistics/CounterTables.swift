import CRecording
import Glibc

/// The interleaved tables of 32-bit counters that a recorder counts in.
///
/// They are pages of their own from the system, which are zero and take no memory before they are
/// touched; most never are. Where calloc reuses memory it clears all of it: for GoogLeNet's sites that
/// was 10 MB, and 3,000 page faults.
final class CounterTables {
  let start: UnsafeMutablePointer<UInt32>
  private static let count = Int(rf_table_count * rf_bin_count)
  private static let byteCount = count * MemoryLayout<UInt32>.stride

  init() {
    guard
      let pages = mmap(
        nil, Self.byteCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      pages != MAP_FAILED
    else { preconditionFailure("no memory for the tables of a site") }
    start = pages.bindMemory(to: UInt32.self, capacity: Self.count)
  }

  deinit { munmap(start, Self.byteCount) }

  /// Sets all counters to zero.
  func clear() { start.update(repeating: 0, count: Self.count) }
}
