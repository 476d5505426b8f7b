import ForwardPass
import Glibc
import NetworkGraph
import RangeStatistics
import SampleData
import Synchronization
import Testing

@testable import ActivationProfiling

@Suite("Runs of a network over data")
struct ProfilerTests {
  private static let dyadicSamples: ArrayDataset = {
    var generator = SplitMix64(seed: 8)
    return ArrayDataset(generator.dyadics(18 * 40), sampleShape: TinyNetwork.inputShape)
  }()

  /// The pre-activations of each site, by sample, from nested loops.
  private static let naive: [[[Float]]] = {
    let network = TinyNetwork()
    let samples = (0..<18).map { network.preactivations(dyadicSamples.sample($0)) }
    return (0..<3).map { site in samples.map { $0[site] } }
  }()

  @Test(
    "A small network's statistics are those of nested loops, number by number.", arguments: 0..<3)
  func naiveStatistics(index: Int) throws {
    let site = try tinyProfiler(Self.dyadicSamples).run(threads: 2).sites[index]
    let (samples, seen) = (Self.naive[index], site.statistics)
    let all = samples.flatMap(\.self)
    #expect(site.name == TinyNetwork.siteNames[index])
    #expect(site.shape == TinyNetwork.siteShapes[index])
    #expect(seen.count == UInt64(all.count))
    #expect(seen.minimum == all.min())
    #expect(seen.maximum == all.max())
    #expect(seen.zeros == UInt64(all.count { $0 == 0 }))
    #expect(seen.nonFinite.total == 0)
    #expect(seen.samples.indices == Array(0..<18))
    #expect(seen.samples.minima == samples.map { $0.min()! })
    #expect(seen.samples.maxima == samples.map { $0.max()! })
    try expectMoments(seen.moments, of: all)

    let channels = site.shape.last!
    #expect(seen.channels.count == channels)
    for channel in 0..<channels {
      let values = all.indices.filter { $0 % channels == channel }.map { all[$0] }
      #expect(seen.channels[channel].count == UInt64(values.count))
      #expect(seen.channels[channel].minimum == values.min())
      #expect(seen.channels[channel].maximum == values.max())
      try expectMoments(seen.channels[channel].moments, of: values)
    }
    for (key, count) in seen.histogram.counts.enumerated() where count > 0 {
      #expect(count == UInt64(all.count { BFloat16Histogram.key(of: $0) == key }))
    }
  }

  /// The sums are exact for these values, so that only the division and, for the deviation, a few
  /// more operations round: 1e-14 is some fifty roundings.
  private func expectMoments(_ moments: Moments, of values: [Float]) throws {
    let numbers = values.map(Double.init)
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    #expect(abs(try #require(moments.mean) - mean) <= 1e-14 * (1 + abs(mean)))
    let deviation = try #require(moments.standardDeviation)
    #expect(abs(deviation - sqrt(variance)) <= 1e-14 * (1 + abs(mean) + deviation))
  }

  @Test("Outliers come with their sample and their coordinates.", arguments: 0..<3)
  func outliers(index: Int) throws {
    struct Place: Equatable {
      let value: Float
      let sample: Int
      let coordinates: [Int]
    }
    let site = try tinyProfiler(Self.dyadicSamples).run(threads: 1).sites[index]
    let axes = site.shape.reversed().reduce([[Int]]([[]])) { tails, extent in
      (0..<extent).flatMap { head in tails.map { [head] + $0 } }
    }
    let places = Self.naive[index].enumerated().flatMap { sample, values in
      zip(values, axes).map { Place(value: $0 + 0, sample: sample, coordinates: $1) }
    }
    // Sorting is stable: equal values stay in the order of their places.
    let highest = places.sorted { $0.value > $1.value }.prefix(32)
    let lowest = places.sorted { $0.value < $1.value }.prefix(32)
    for (list, expected) in [(site.statistics.highest, highest), (site.statistics.lowest, lowest)] {
      let found = list.values.map {
        Place(value: $0.value, sample: $0.sample, coordinates: site.coordinates(of: $0.offset))
      }
      #expect(found == Array(expected))
    }
  }

  @Test("The first value that is not finite is known by its kind, sample and place.")
  func nonFinite() throws {
    let first = try tinyProfiler(roughSamples).run(threads: 2).sites[0].statistics
    let network = TinyNetwork()
    let naive = (0..<18).map { network.preactivations(roughSamples.sample($0))[0] }
    let offset = try #require(naive[7].firstIndex { !$0.isFinite })
    #expect(first.firstNonFinite == NonFiniteValue(sample: 7, offset: offset, kind: .nan))
    #expect(first.nonFinite.nan == UInt64(naive.joined().count { $0.isNaN }))
    #expect(first.nonFinite.total == UInt64(naive.joined().count { !$0.isFinite }))
  }

  @Test("One thread, several threads and a repeated run give the same bytes.")
  func determinism() throws {
    let profiler = try tinyProfiler(roughSamples)
    let files = try [1, 1, 2, 2, 7].map { try ProfileFile.bytes(of: profiler.run(threads: $0)) }
    #expect(files.allSatisfy { $0 == files[0] })
  }

  @Test("A profile does not depend on pauses, nor on where a run ended that another went on from.")
  func pauses() throws {
    let profiler = try tinyProfiler(roughSamples)
    let whole = try profiler.run(threads: 1)
    var counts: [Int] = []
    func note(_ soFar: Profile) -> Bool {
      counts.append(soFar.blocks.count)
      return true
    }
    let paused = try profiler.run(
      threads: 2, pause: Profiler.Pause(isDue: { _ in true }, body: note))
    #expect(paused == whole)
    #expect(counts == [0, 1, 2, 3, 4])
    for count in 0..<5 {
      let end = Profiler.Pause(isDue: { $0 == count }, body: { _ in false })
      let part = try profiler.run(threads: 2, pause: end)
      #expect(part.blocks == BlockSet(0..<count))
      #expect(part == (try profiler.run(blocks: 0..<count, threads: 1)))
      // The count of blocks goes on, too.
      #expect(try profiler.run(from: part, threads: 2, pause: end) == part)
      #expect(try profiler.run(from: part, threads: 2) == whole)
    }
    #expect(try profiler.run(from: whole, threads: 2) == whole)
  }

  @Test("A run does not go on from a profile of another network, and ends with a pause's error.")
  func pauseFailure() throws {
    struct Fault: Error {}
    let profiler = try tinyProfiler(roughSamples)
    let pause = Profiler.Pause(isDue: { $0 == 2 }, body: { _ in throw Fault() })
    #expect(throws: Fault.self) { try profiler.run(threads: 2, pause: pause) }
    let other = try tinyProfiler(Self.dyadicSamples).run(blocks: 0..<1, threads: 1)
    #expect(throws: ProfileMergeError.self) { try profiler.run(from: other, threads: 2) }
  }

  @Test("The provenance says what was run, over what, and how it was prepared.")
  func provenance() throws {
    let preprocessing = Preprocessing(scale: .init(1, over: 255))
    let profiler = try Profiler(
      plan: try TinyNetwork().plan(), model: ("net", "1234"),
      inputs: [.init(dataset: roughSamples, preprocessing: preprocessing)])
    let provenance = profiler.provenance
    #expect(provenance.model == "net")
    #expect(provenance.modelDigest == "1234")
    #expect(provenance.data == ["array.h5:/x"])
    #expect(provenance.dataDigests == [try roughSamples.digest()])
    #expect(provenance.preprocessing == preprocessing.description)
    #expect(!provenance.preprocessing.isEmpty)
    #expect(provenance.datasetSamples == 18)
    #expect(provenance.blockSize == 256)
  }

  @Test("Samples are prepared before they enter the network.")
  func preprocessing() throws {
    let preprocessing = Preprocessing(
      scale: .init(2), mean: [1, -0.5], standardDeviation: [4, 0.25])
    let profiler = try Profiler(
      plan: try TinyNetwork().plan(), model: ("tiny", "digest"),
      inputs: [.init(dataset: Self.dyadicSamples, preprocessing: preprocessing)], blockSize: 4)
    let prepared = Self.dyadicSamples.values.enumerated().map { index, value in
      index % 2 == 0 ? (2 * value - 1) / 4 : (2 * value + 0.5) / 0.25
    }
    let direct = try tinyProfiler(
      ArrayDataset(prepared, sampleShape: TinyNetwork.inputShape))
    #expect(try profiler.run(threads: 1).sites == direct.run(threads: 1).sites)
  }

  /// A dense layer and a tanh over a vector of 6.
  private func vectorPlan() throws -> ExecutionPlan {
    var generator = SplitMix64(seed: 4)
    var graph = Graph(name: "vector")
    let input = graph.addInput(layer: "input", shape: Shape([6])!)
    let dense = try graph.add(
      .dense(kernel: Tensor(generator.dyadics(12), extents: [6, 2]), bias: [1, -1]),
      layer: "dense", inputs: [input])
    graph.setOutputs([try graph.add(.activation(.tanh), layer: "dense", inputs: [dense])])
    return try ExecutionPlan(graph)
  }

  @Test("A vector takes pictures row by row.")
  func flattening() throws {
    var generator = SplitMix64(seed: 6)
    let values = generator.dyadics(5 * 6)
    let sites = try [[6], [2, 3], [1, 3, 2, 1]].map { shape in
      let data = ArrayDataset(values, sampleShape: shape)
      return try Profiler(
        plan: try vectorPlan(), model: ("v", "d"), inputs: [.init(dataset: data)]
      ).run(threads: 1).sites
    }
    #expect(sites[1] == sites[0])
    #expect(sites[2] == sites[0])
    #expect(sites[0][0].statistics.count == 10)
  }

  /// Two inputs, their difference, a sigmoid.
  private func differencePlan() throws -> ExecutionPlan {
    var graph = Graph(name: "difference")
    let inputs = ["a", "b"].map { graph.addInput(layer: $0, shape: Shape([3])!) }
    let difference = try graph.add(.elementwise(.subtract), layer: "sub", inputs: inputs)
    graph.setOutputs([try graph.add(.activation(.sigmoid), layer: "sub", inputs: [difference])])
    return try ExecutionPlan(graph)
  }

  @Test("Several inputs are read side by side, in the network's order.")
  func severalInputs() throws {
    var generator = SplitMix64(seed: 7)
    let (left, right) = (generator.dyadics(30), generator.dyadics(30))
    let profile = try Profiler(
      plan: try differencePlan(), model: ("d", "d"),
      inputs: [left, right].map { .init(dataset: ArrayDataset($0, sampleShape: [3])) },
      blockSize: 4
    ).run(threads: 2)
    let differences = zip(left, right).map { $0 - $1 }
    let maxima = stride(from: 0, to: 30, by: 3).map { differences[$0..<$0 + 3].max()! }
    #expect(profile.sites[0].statistics.samples.maxima == maxima)
    #expect(profile.provenance.data.count == 2)
  }

  @Test("Data that does not fit the network is refused before anything runs.")
  func refusals() throws {
    let (tiny, two) = (try TinyNetwork().plan(), try differencePlan())
    func data(_ samples: Int, _ shape: [Int]) -> ArrayDataset {
      ArrayDataset(
        [Float](repeating: 0, count: samples * shape.reduce(1, *)), sampleShape: shape)
    }
    func refusal(_ plan: ExecutionPlan, _ data: [ArrayDataset]) -> ProfilingError? {
      #expect(throws: ProfilingError.self) {
        try Profiler(plan: plan, model: ("m", "d"), inputs: data.map { .init(dataset: $0) })
      }
    }
    #expect(refusal(tiny, []) == .inputCount(network: 1, data: 0))
    #expect(refusal(two, [data(2, [3])]) == .inputCount(network: 2, data: 1))
    for shape in [[2, 5, 4], [4, 5, 2], [40], [3]] {
      let expected = ProfilingError.shapeMismatch(
        data: "array.h5:/x", found: shape, expected: [5, 4, 2])
      #expect(refusal(tiny, [data(2, shape)]) == expected)
    }
    #expect(refusal(two, [data(2, [3]), data(3, [3])]) == .sampleCounts([2, 3]))
    #expect(refusal(tiny, [data(0, [5, 4, 2])]) == .noSamples)
  }

  @Test("Preprocessing for other channels than the samples have is refused.")
  func channelMismatch() throws {
    let plan = try TinyNetwork().plan()
    #expect(
      throws: SampleDataError.channelMismatch(option: "--mean", values: 3, sampleShape: [5, 4, 2])
    ) {
      try Profiler(
        plan: plan, model: ("m", "d"),
        inputs: [.init(dataset: roughSamples, preprocessing: .init(mean: [1, 2, 3]))])
    }
  }

  @Test("A sample that cannot be read ends the run with the data's own error.", arguments: [1, 2])
  func brokenData(threads: Int) throws {
    let broken = BrokenDataset(Self.dyadicSamples, broken: 9)
    let profiler = try Profiler(
      plan: try TinyNetwork().plan(), model: ("m", "d"), inputs: [.init(dataset: broken)],
      blockSize: 1)
    let done = Mutex(0)
    #expect(throws: BrokenDataset.Fault(sample: 9)) {
      try profiler.run(threads: threads) { progress in done.withLock { $0 = progress.samplesDone } }
    }
    // Blocks are handed out in order; only those already begun elsewhere are finished.
    #expect(broken.firstSamples.sorted().prefix(10) == Array(0..<10)[...])
    if threads == 1 {
      #expect(broken.firstSamples == Array(0..<10))
      #expect(done.withLock { $0 } == 9)
    }
    #expect(throws: BrokenDataset.Fault(sample: 9)) { try profiler.runBare(threads: threads) }
  }

  @Test("Progress counts every sample once, with and without recording.", arguments: [1, 3])
  func progress(threads: Int) throws {
    let profiler = try tinyProfiler(roughSamples)
    let reports = Mutex<[Int]>([])
    let note: @Sendable (Profiler.Progress) -> Void = { progress in
      #expect(progress.samplesInAll == 18)
      reports.withLock { $0.append(progress.samplesDone) }
    }
    _ = try profiler.run(threads: threads, progress: note)
    try profiler.runBare(threads: threads, progress: note)
    let counts = reports.withLock { $0 }
    #expect(counts.count == 10)
    #expect(counts[4] == 18 && counts[9] == 18)
    #expect(counts.prefix(5).sorted() == Array(counts.prefix(5)))
  }
}
