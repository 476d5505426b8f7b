import ForwardPass
import Synchronization

/// Gathers where the time of runs goes, of all workers together.
public final class Stopwatch: Sendable {
  /// Seconds of all workers together; what is left of a worker's time is `other`.
  public struct Timings: Hashable, Sendable, Codable {
    /// What one layer took.
    public struct Layer: Hashable, Sendable, Codable {
      public let layer: String
      public var kernel: Double = 0
      public var recording: Double = 0
    }

    /// From the first portion to the last, as a clock on the wall shows it.
    public var wall: Double = 0
    public var workers: Int = 0
    /// The network's arithmetic.
    public var kernel: Double = 0
    /// Recording what enters sites, with the rectifiers that are applied in the same pass.
    public var recording: Double = 0
    /// Reading and preparing samples.
    public var data: Double = 0
    /// The layers in network order.
    public var layers: [Layer] = []

    /// Waiting for the slowest worker, and closing portions.
    public var other: Double { max(0, wall * Double(workers) - kernel - recording - data) }
  }

  /// Nanoseconds since some moment.
  public let clock: @Sendable () -> UInt64
  private let state = Mutex(Timings())

  public init(clock: @escaping @Sendable () -> UInt64) { self.clock = clock }

  public var timings: Timings { state.withLock { $0 } }

  /// Adds what one run's executors measured; the run began at `start` and ends now.
  func add(_ executors: [Executor], since start: UInt64) {
    let wall = Double(clock() - start) / 1e9
    state.withLock { timings in
      timings.wall += wall
      timings.workers = max(timings.workers, executors.count)
      for executor in executors {
        timings.data += Double(executor.nanosecondsOfData) / 1e9
        for (stage, nanoseconds) in zip(executor.plan.stages, executor.nanosecondsOfStages) {
          timings.add(Double(nanoseconds) / 1e9, to: stage)
        }
      }
    }
  }
}

extension Stopwatch.Timings {
  fileprivate mutating func add(_ seconds: Double, to stage: ExecutionPlan.Stage) {
    let index = layers.firstIndex { $0.layer == stage.layer } ?? layers.count
    if index == layers.count { layers.append(Layer(layer: stage.layer)) }
    switch stage.kind {
    case .kernel:
      kernel += seconds
      layers[index].kernel += seconds
    case .recording:
      recording += seconds
      layers[index].recording += seconds
    }
  }
}
