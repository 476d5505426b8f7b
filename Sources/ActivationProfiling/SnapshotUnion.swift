import Dispatch
import RangeStatistics
import Synchronization

/// What several workers saw, put together site by site, so that no more than a few sites are in
/// memory once for each worker.
struct SnapshotUnion: Sendable {
  private let observers: [RecordingObserver]
  private let siteCount: Int
  /// What each worker saw at the first site: all sites share its lists of samples.
  private let first: [SiteStatistics]
  /// The samples after each merge of one more worker.
  private let unions: [SampleUnion]

  /// - Precondition: There is an observer, and all have ended their portions.
  init(of observers: [RecordingObserver], siteCount: Int) throws {
    self.observers = observers
    self.siteCount = siteCount
    first = siteCount == 0 ? [] : observers.map { $0.snapshot(site: 0) }
    var (samples, unions) = (first.first?.samples ?? SampleExtremes(), [SampleUnion]())
    for part in first.dropFirst() {
      let union = try SampleUnion(samples, part.samples)
      samples.merge(part.samples, by: union)
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
      site == 0
        ? first[worker]
        : observers[worker].snapshot(site: site, sharingSamplesOf: first[worker])
    }
    var statistics = part(0)
    for (index, union) in unions.enumerated() { statistics.merge(part(index + 1), union) }
    return statistics
  }
}
