import Dispatch
import RangeStatistics
import Synchronization

/// What several workers saw, put together site by site, so that no more than a few sites are in
/// memory once for each worker.
struct SnapshotUnion: Sendable {
  private let observers: [RecordingObserver]
  private let siteCount: Int
  private let isLast: Bool
  /// The samples of each worker, a list that all sites share.
  private let samples: [[Int]]
  /// The samples after each merge of one more worker.
  private let unions: [SampleUnion]

  /// - Parameter isLast: Whether nothing will be asked of the observers any more.
  /// - Precondition: There is an observer, and all have ended their portions.
  init(of observers: [RecordingObserver], siteCount: Int, isLast: Bool) throws {
    self.isLast = isLast
    self.observers = observers
    self.siteCount = siteCount
    samples = observers.map { $0.samples() }
    var (kept, unions) = (samples[0], [SampleUnion]())
    for part in samples.dropFirst() {
      let union = try SampleUnion(kept, part)
      kept = union.indices
      unions.append(union)
    }
    self.unions = unions
  }

  /// Puts all sites together, on as many threads as there were workers.
  func statistics() -> [SiteStatistics] {
    let next = Atomic(0)
    let results = Mutex([SiteStatistics?](repeating: nil, count: siteCount))
    DispatchQueue.concurrentPerform(iterations: observers.count) { _ in
      while case let site = next.add(1, ordering: .relaxed).oldValue, site < siteCount {
        let statistics = statistics(ofSite: site)
        results.withLock { $0[site] = statistics }
      }
    }
    return results.withLock { $0.map { $0! } }
  }

  private func statistics(ofSite site: Int) -> SiteStatistics {
    func part(_ worker: Int) -> SiteStatistics {
      observers[worker].snapshot(site: site, samples: samples[worker], isLast: isLast)
    }
    var statistics = part(0)
    for (index, union) in unions.enumerated() { statistics.merge(part(index + 1), union) }
    return statistics
  }
}
