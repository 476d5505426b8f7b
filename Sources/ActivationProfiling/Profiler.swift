import Dispatch
import ForwardPass
import NetworkGraph
import RangeStatistics
import SampleData
import Synchronization

/// Streams a dataset through a network and records every site.
///
/// Each worker thread runs portions of blocks on its own; the workers share nothing but the plan's
/// weights. Because a block is always cut and run the same way, and statistics merge in any order to
/// the same values, the profile does not depend on the number of workers.
public struct Profiler: Sendable {
  /// A dataset for one input of the network, and what is done to its samples.
  public struct Input: Sendable {
    public let dataset: any Dataset
    public let preprocessing: Preprocessing
    /// What was done to the samples when they were read, as options.
    public let preparation: String

    public init(
      dataset: any Dataset, preprocessing: Preprocessing = Preprocessing(), preparation: String = ""
    ) {
      self.dataset = dataset
      self.preprocessing = preprocessing
      self.preparation = preparation
    }

    /// The same samples; images are decoded in the background while the network runs.
    ///
    /// Arrays are not worth it: it would only copy them once more.
    public func prefetchingImages(for plan: ExecutionPlan) -> Input {
      guard ((dataset as? SampleSubset)?.base ?? dataset) is ImageSamples else { return self }
      return Input(
        dataset: PrefetchingDataset(dataset, blockSize: plan.samplesPerRead),
        preprocessing: preprocessing, preparation: preparation)
    }

    /// All that was done to the samples, as options.
    var steps: String {
      [preparation, preprocessing.description].filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  /// How far a run has come.
  public struct Progress: Sendable {
    public let samplesDone: Int
    public let samplesInAll: Int

    public init(samplesDone: Int, samplesInAll: Int) {
      self.samplesDone = samplesDone
      self.samplesInAll = samplesInAll
    }
  }

  public let provenance: Provenance
  private let plan: ExecutionPlan
  private let inputs: [Input]

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - plan: The compiled network.
  ///   - model: The network's name and the fingerprint of its architecture and weights.
  ///   - inputs: A dataset for each input of the network, in its order.
  ///   - blockSize: The samples in a block.
  /// - Throws: `ProfilingError` if the data does not fit the network; what the data throws.
  public init(
    plan: ExecutionPlan, model: (name: String, digest: String), inputs: [Input],
    blockSize: Int = Provenance.defaultBlockSize
  ) throws {
    guard inputs.count == plan.inputShapes.count else {
      throw ProfilingError.inputCount(network: plan.inputShapes.count, data: inputs.count)
    }
    for (input, shape) in zip(inputs, plan.inputShapes) {
      try input.preprocessing.validate(sampleShape: input.dataset.sampleShape)
      guard shape.admits(input.dataset.sampleShape) else {
        throw ProfilingError.shapeMismatch(
          data: input.dataset.description, found: input.dataset.sampleShape,
          expected: shape.extents)
      }
    }
    let counts = inputs.map(\.dataset.sampleCount)
    guard let samples = counts.first, samples > 0 else { throw ProfilingError.noSamples }
    guard counts.allSatisfy({ $0 == samples }) else {
      throw ProfilingError.sampleCounts(counts)
    }
    self.plan = plan
    self.inputs = inputs
    provenance = Provenance(
      model: model.name, modelDigest: model.digest, data: inputs.map(\.dataset.description),
      dataDigests: try inputs.map { try $0.dataset.digest() },
      preprocessing: inputs.map(\.steps).joined(separator: "; "),
      datasetSamples: samples, blockSize: blockSize)
  }

  /// Runs blocks and returns what was seen at every site.
  ///
  /// - Parameters:
  ///   - blocks: The blocks to run; all of the dataset's by default.
  ///   - start: What an earlier run saw of some of these blocks, which are not run again.
  ///   - threads: The number of workers.
  ///   - stopwatch: Is told where time goes, if there is one.
  ///   - pause: When to pause, and what to do then. The profile of a run that does not go on after a
  ///     pause has fewer blocks.
  ///   - progress: Called after each portion of a block, by one worker at a time.
  /// - Throws: What the data, a kernel or the pause throws; `ProfileMergeError` if the earlier run
  ///   was another network's or over other data.
  /// - Precondition: The dataset has these blocks, they have those of the start, and `threads` is
  ///   positive.
  public func run(
    blocks: Range<Int>? = nil, from start: Profile? = nil, threads: Int,
    stopwatch: Stopwatch? = nil, pause: Pause? = nil,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws -> Profile {
    let all = 0..<provenance.blockCount
    precondition(blocks?.clamped(to: all) ?? all == blocks ?? all, "no such blocks in \(all)")
    let blocks = BlockSet(blocks ?? all)
    precondition(start?.blocks.subtracting(blocks).count ?? 0 == 0, "a start beside the blocks")
    let rest = blocks.subtracting(start?.blocks ?? BlockSet(0..<0))
    let before = blocks.count - rest.count
    let pause = pause ?? Pause(isDue: { _ in false }, body: { _ in true })
    let isDue = pause.isDue
    let queue = BlockQueue(
      rest, of: provenance, samplesPerPortion: plan.samplesPerPortion,
      pauseIsDue: { isDue(before + $0) }, progress: progress)
    var result = start
    try work(
      on: queue, threads: threads, stopwatch,
      observer: RecordingObserver(plan, samples: provenance.sampleCount(rest))
    ) { observers, done in
      let isLast = done.count == rest.count
      let seen = try profile(of: done, seenBy: observers, isLast: isLast, start: start)
      if !isLast, try pause.body(seen) { return true }
      result = seen
      return false
    }
    return result!
  }

  /// Puts together what workers saw of some blocks, and what was seen before.
  private func profile(
    of blocks: BlockSet, seenBy observers: [RecordingObserver], isLast: Bool, start: Profile?
  ) throws -> Profile {
    let statistics = try SnapshotUnion(of: observers, siteCount: plan.sites.count, isLast: isLast)
      .statistics()
    var profile = Profile(
      provenance: provenance, blocks: blocks,
      sites: zip(plan.sites, statistics).map {
        Profile.Site(
          name: $0.name, layer: $0.layer, function: $0.function, shape: $0.shape.extents,
          statistics: $1)
      })
    if let start { try profile.merge(start) }
    return profile
  }

  /// Runs the network without recording, to measure what recording costs.
  ///
  /// - Throws: What the data or a kernel throws.
  public func runBare(
    threads: Int, stopwatch: Stopwatch? = nil,
    progress: @escaping @Sendable (Progress) -> Void = { _ in }
  ) throws {
    let queue = BlockQueue(
      BlockSet(0..<provenance.blockCount), of: provenance,
      samplesPerPortion: plan.samplesPerPortion, pauseIsDue: { _ in false }, progress: progress)
    try work(on: queue, threads: threads, stopwatch, observer: RectifyingObserver()) { _, _ in
      false
    }
  }

  /// Lets workers empty a queue, until a pause is due or nothing is left; then `body` is given the
  /// workers' observers and the blocks that they saw, and says whether to go on. When nothing is left
  /// the executors are gone: their memory is free for what is put together then.
  private func work<Observer: PortionObserver>(
    on queue: BlockQueue, threads: Int, _ stopwatch: Stopwatch?,
    observer: @autoclosure () -> Observer,
    _ body: (_ observers: [Observer], _ done: BlockSet) throws -> Bool
  ) throws {
    precondition(threads > 0, "a run needs a thread")
    var workers = try (0..<max(min(threads, queue.greatestCount), 1)).map { _ in
      Worker(executor: try Executor(plan, clock: stopwatch?.clock), observer: observer())
    }
    let start = stopwatch?.clock() ?? 0
    let observers = workers.map(\.observer)
    repeat {
      queue.endPause()
      DispatchQueue.concurrentPerform(iterations: workers.count) { [workers] index in
        let (executor, observer) = (workers[index].executor, workers[index].observer)
        while let portion = queue.next() {
          do {
            observer.beginPortion(portion)
            try executor.run(samples: portion.samples, fill: fill, observer: observer)
            observer.endPortion()
            queue.finish(portion.samples)
          } catch {
            queue.fail(error)
          }
        }
      }
      try queue.throwIfFailed()
      if !queue.isPaused {
        stopwatch?.add(workers.map(\.executor), since: start)
        workers = []
      }
    } while try body(observers, queue.handedOut)
  }

  /// Writes the prepared values of some samples for one input, sample-major.
  ///
  /// - Throws: What the data throws.
  public func fill(
    samples: Range<Int>, input: Int, values: UnsafeMutableBufferPointer<Float>
  ) throws {
    let (dataset, preprocessing) = (inputs[input].dataset, inputs[input].preprocessing)
    try dataset.read(samples: samples, into: values)
    preprocessing.apply(to: values, sampleShape: dataset.sampleShape)
  }

  /// One thread's executor and observer: no other thread touches them.
  private struct Worker<Observer>: @unchecked Sendable {
    let executor: Executor
    let observer: Observer
  }
}
