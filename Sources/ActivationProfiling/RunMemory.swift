import ForwardPass
import RangeStatistics

/// What a run takes at most, in bytes, beside the program and the network itself.
///
/// It does not grow with the number of samples once there are more than 65,536 of them, whose
/// extremes are kept one by one up to there.
public struct RunMemory: Hashable, Sendable, Codable {
  /// The activations of all workers, and what their kernels take beside.
  public let activations: Int
  /// What all workers record.
  public let recorders: Int
  /// What was seen, put together: at a checkpoint or at the end.
  public let profile: Int
  /// The profile's file, which is made in memory.
  public let file: Int

  public var total: Int { activations + recorders + profile + file }

  /// Bounds the memory of a run.
  ///
  /// - Parameters:
  ///   - threads: The number of workers.
  ///   - samples: The samples of the run; with `nil`, any number of them.
  public init(of plan: ExecutionPlan, threads: Int, samples: Int? = nil) {
    let sources = Set(plan.rectifiedSites.flatMap(\.sources))
    activations = threads * plan.workerBytes
    recorders = plan.sites.enumerated().reduce(0) { bytes, site in
      bytes + threads
        * SiteRecorder.greatestByteCount(
          channels: site.element.shape.channels, samples: samples,
          tracksReLU: sources.contains(site.offset))
    }
    let statistics = plan.sites.map {
      SiteStatistics.greatestByteCount(channels: $0.shape.channels, samples: samples)
    }
    let total = statistics.reduce(0, +)
    // What an earlier run saw, and what is put together with it, site by site: each worker has two
    // sites in hand, one of them the first.
    profile = 2 * total + 2 * threads * (statistics.max() ?? 0)
    // What the library takes beside the image is a heuristic.
    file = total + (1 << 20)
  }
}
