import ActivationProfiling
import Dispatch
import ForwardPass
import NetworkGraph
import PolynomialApproximation
import Synchronization

/// Runs a polynomial network beside the exact one over data, and measures what it loses.
///
/// Every worker runs both networks on the same batch, and holds the exact network's pre-activations
/// of that batch. What portions of the data give is added up in their order, so that the result does
/// not depend on the number of workers.
public struct Verifier: Sendable {
  private let network: PolynomialNetwork
  private let exact: ExecutionPlan
  private let polynomial: ExecutionPlan
  private let profiler: Profiler
  private let labels: [Int]?

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - model: The network's name and fingerprint.
  ///   - inputs: A dataset for each input of the network, in its order.
  /// - Throws: `ProfilingError` if the data does not fit the network; what the data throws;
  ///   `ForwardPassError`.
  public init(
    _ network: PolynomialNetwork, model: (name: String, digest: String), inputs: [Profiler.Input]
  ) throws {
    self.network = network
    exact = try ExecutionPlan(network.graph, observesEverySite: true)
    polynomial = try network.plan()
    profiler = try Profiler(
      plan: exact, model: model, inputs: inputs.map { [exact] in $0.prefetchingImages(for: exact) })
    labels = try inputs.first?.dataset.labels()
  }

  /// Runs both networks over all samples.
  ///
  /// - Parameters:
  ///   - threads: The number of workers.
  ///   - progress: Called after each portion, by one worker at a time.
  /// - Throws: What the data or a kernel throws.
  /// - Precondition: `threads` is positive.
  public func run(
    threads: Int, progress: @escaping @Sendable (Profiler.Progress) -> Void = { _ in }
  ) throws -> Verification {
    precondition(threads > 0, "a run needs a thread")
    let samples = profiler.provenance.datasetSamples
    let portions = stride(from: 0, to: samples, by: exact.samplesPerPortion).map {
      [exact] in $0..<min($0 + exact.samplesPerPortion, samples)
    }
    let intervals = network.graph.sites.indices.map { network.intervals[$0] }
    let workers = try (0..<min(threads, portions.count)).map { _ in
      try PairedRun(
        exact, polynomial, intervals: intervals, softmax: network.graph.softmaxOutput,
        classes: network.graph.classOutput, labels: labels)
    }
    let empty = Tally(sites: intervals.count, outputs: exact.outputShapes.count)
    let queue = Mutex(Queue(sum: empty))
    DispatchQueue.concurrentPerform(iterations: workers.count) { index in
      while let portion = queue.withLock({ $0.take(portions.count) }) {
        do {
          let tally = try workers[index].run(portions[portion], fill: profiler.fill)
          queue.withLock { queue in
            queue.finish(portion, tally)
            progress(.init(samplesDone: queue.samplesDone, samplesInAll: samples))
          }
        } catch {
          queue.withLock { $0.failure = $0.failure ?? error }
        }
      }
    }
    let (sum, failure) = queue.withLock { ($0.sum, $0.failure) }
    if let failure { throw failure }
    return Verification(sum, network, profiler.provenance, hasLabels: labels != nil)
  }

  /// Portions that wait, and those that are done but wait for an earlier one.
  private struct Queue {
    var sum: Tally
    var next = 0
    var failure: (any Error)?
    var samplesDone = 0
    private var added = 0
    private var waiting: [Int: Tally] = [:]

    init(sum: Tally) { self.sum = sum }

    mutating func take(_ count: Int) -> Int? {
      guard failure == nil, next < count else { return nil }
      defer { next += 1 }
      return next
    }

    mutating func finish(_ portion: Int, _ tally: Tally) {
      samplesDone += tally.inputs
      waiting[portion] = tally
      while let tally = waiting.removeValue(forKey: added) {
        sum.append(tally)
        added += 1
      }
    }
  }
}

extension Graph {
  /// The site of the softmax that is the first output to be one, if any is.
  var softmaxOutput: Int? {
    outputs.lazy.compactMap { output -> Int? in
      switch nodes[output].operation {
      case .activation(.softmax), .activation(.logSoftmax): nodes[output].sites.first
      default: nil
      }
    }.first
  }

  /// The first output that holds one number for each of several classes, if any does.
  var classOutput: Int? {
    outputs.indices.first {
      let shape = nodes[outputs[$0]].shape
      return shape.channels > 1 && shape.count == shape.channels
    }
  }
}
