import ActivationProfiling
import ArgumentParser
import CLinux
import FileSupport
import ForwardPass
import FoundationEssentials
import Glibc
import NetworkGraph
import RangeRecommendation
import Reporting

/// The main job: runs a dataset through a network and records every site.
struct ProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Runs samples through a network and records what enters each nonlinearity.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var samples: DataOptions
  @OptionGroup var reading: ReadingOptions
  @OptionGroup var common: CommonOptions

  @Option(
    name: [.customShort("o"), .long], help: "The profile to write, such as p.profile.h5.",
    completion: .file())
  var output: String?

  @Option(help: "Also write a report with standard recommendations into this folder.")
  var report: String?

  @Option(help: "Run only shard I of N (whole blocks), as in 1/4; merge joins the profiles.")
  var shard: String?

  @Flag(
    help: """
      Go on from the checkpoint that an interrupted run left beside the profile, if there is one.
      """)
  var resume = false

  @Option(help: "Seconds between two checkpoints.")
  var checkpointInterval: Double = 30

  @Option(
    help: ArgumentHelp(
      """
      End when the intervals that hold a share --coverage of inputs are known to within this share \
      of their widths, with --confidence. Samples must be in no particular order.
      """, valueName: "share"))
  var untilStable: Double?

  @Option(help: "--until-stable: the share of inputs.")
  var coverage = 0.99

  @Option(help: "--until-stable: the confidence.")
  var confidence = 0.95

  @Option(help: "Worker threads. The profile does not depend on them.")
  var threads: Int = ProcessorCount.online

  @Option(
    help: """
      Samples that all kernels work on at once; by default what the caches suggest, for each part of \
      the network.
      """)
  var batchSize: Int?

  @Flag(
    help: """
      Compute 3×3 and 5×5 convolutions directly, not by Winograd's algorithm: slower, and rounded as \
      most other programs do.
      """)
  var directConvolutions = false

  @Flag(help: "Run the network without recording, to measure what recording costs.")
  var noRecord = false

  @Flag(help: "Say where time went: reading, arithmetic, recording, and each layer's part of them.")
  var timings = false

  func validate() throws {
    if samples.data.isEmpty {
      throw ValidationError("--data is missing: which samples shall be run?")
    }
    if output == nil, report == nil, !noRecord {
      throw ValidationError("Where to? Give -o P.profile.h5, --report FOLDER, or both.")
    }
    if resume, output == nil {
      throw ValidationError("--resume goes on with a profile: give its -o P.profile.h5.")
    }
    if !(checkpointInterval >= 0) {
      throw ValidationError("--checkpoint-interval takes a number of seconds.")
    }
    for (name, value) in [
      ("until-stable", untilStable ?? 0.5), ("coverage", coverage), ("confidence", confidence),
    ] where !(value > 0 && value < 1) {
      throw ValidationError("--\(name) takes a number between 0 and 1, not \(value).")
    }
    if untilStable != nil, shard != nil || noRecord {
      throw ValidationError("--until-stable ends a run of all samples, which it has to record.")
    }
    if threads < 1 { throw ValidationError("--threads takes a positive number.") }
    if let batchSize, batchSize < 1 {
      throw ValidationError("--batch-size takes a positive number.")
    }
    if let shard, Shard(shard) == nil {
      throw ValidationError("--shard takes I/N with I from 1 to N, not '\(shard)'.")
    }
  }

  func run() throws {
    reading.prepare(files: 1 + samples.hdf5FileCount)
    ExecutionPlan.prepare()
    let file = try output.map { try OutputFile($0) }
    let checkpoint = try file.map { try Checkpoint(of: $0) }
    let writer = try report.map { try ReportWriter(folder: $0) }
    let phases = timings ? ProfileTimings() : nil
    if file != nil { ProfileFile.prepare() }
    let (graph, name, digest, inputs, weightFile) = try load(phases)
    let plan = try ExecutionPlan(
      consume graph, samplesPerBatch: batchSize, allowsWinograd: !directConvolutions)
    phases?.end("compiling it")
    let model = (name, digest.value)
    try weightFile?.requireUnchanged()
    phases?.end("fingerprint of the network")
    let profiler = try Profiler(
      plan: plan, model: model, inputs: inputs.map { $0.prefetchingImages(for: plan) })
    phases?.end("fingerprint of the data")
    let bar = ProgressBar(quiet: common.quiet)
    if noRecord {
      try profiler.runBare(threads: threads, stopwatch: phases?.stopwatch) { bar.show($0) }
      phases?.end("running it")
      if common.json, let phases { try printJSON(phases) } else { show(phases) }
      return
    }

    let blocks =
      try shard.flatMap(Shard.init)?.blocks(of: profiler.provenance)
      ?? 0..<profiler.provenance.blockCount
    let start = try checkpoint.flatMap { checkpoint in
      resume ? try checkpoint.read(reading, of: profiler.provenance, blocks: blocks) : nil
    }
    if let start {
      common.say("Going on after \(start.sampleCount) samples, which '\(checkpoint!.path)' holds.")
    }
    // What reading and compiling took: 4 MB, in 0.3 ms.
    linux_return_freed_memory()
    let profile = try profiler.run(
      blocks: blocks, from: start, threads: threads, stopwatch: phases?.stopwatch,
      pause: pause(in: blocks, checkpoint)
    ) { bar.show($0) }
    // The plan's largest weights may still lie in the file.
    if let weightFile, weightFile.isMapped { try weightFile.requireUnchanged() }
    phases?.end("running it")
    // The image of the file comes beside what was seen. Where it is larger than what the workers had, as
    // an MLP's is, the network's memory and theirs are given back before; of a large network that takes
    // milliseconds, which no result should wait for.
    let isLarge = ProfileFile.byteCount(of: profile) > threads * plan.workerBytes
    var held = Optional(consume plan)
    defer { withExtendedLifetime(held) {} }
    if isLarge {
      held = nil
      linux_return_freed_memory()
    }
    let stability = stoppingRule.map { Stability(of: profile, by: $0) }
    try file?.write(profile)
    checkpoint?.remove()
    for site in profile.sites { warn(about: site) }
    if let writer {
      var report = try Report(profile, recommendation: standardRecommendation(profile))
      report.pictures = try InputPictures(of: report, from: inputs.map(\.dataset))
      try writer.write(ReportFiles(report).files)
      common.say("Open \(writer.page)")
    }
    phases?.end("writing what was seen")
    let summary = ProfileSummary(profile, stability: stability, timings: phases)
    if common.json {
      try printJSON(summary)
    } else {
      print(summary.table)
      if let stability { common.say("\(stability)") }
      show(phases)
    }
  }

  /// Reads the network and opens its data; only the graph holds the weights when the fingerprint is
  /// there, which is computed meanwhile: that of VGG16 takes 0.16 s, less than compiling it.
  private func load(
    _ phases: ProfileTimings?
  ) throws -> (
    Graph, name: String, digest: Meanwhile<String>, inputs: [Profiler.Input],
    weightFile: RandomAccessFile?
  ) {
    let keras = try model.load(reading)
    let digest = Meanwhile { keras.digest }
    let inputs = try samples.open(for: keras.inputs, reading)
    phases?.end("reading the network")
    let graph = try keras.graph(inputShapes: inputs.map(\.dataset.sampleShape))
    return (graph, "\(keras.name) (\(model.fileName))", digest, inputs, keras.weightFile)
  }

  private func printJSON(_ value: some Encodable) throws {
    print(String(decoding: try value.json(), as: UTF8.self), terminator: "")
  }

  private func show(_ timings: ProfileTimings?) {
    if let timings { StandardError.write("\n\(timings.tables)\n") }
  }

  /// The standard recommendation, or `nil` with a word why if the data cannot support it.
  private func standardRecommendation(_ profile: Profile) throws -> Recommendation? {
    do {
      return try RecommendationOptions.standard.recommend(for: profile)
    } catch let error as RecommendationError where error.isUnkeepablePromise {
      common.say("The report has no recommendation: \(error)")
      return nil
    }
  }

  private func warn(about site: Profile.Site) {
    let counts = site.statistics.nonFinite
    let total = counts.nan + counts.positiveInfinity + counts.negativeInfinity
    guard total > 0, let first = site.statistics.firstNonFinite else { return }
    common.say(
      "warning: '\(site.name)' saw \(total) values that are not finite (first: sample "
        + "\(first.sample), value \(first.kind.rawValue) at "
        + "\(site.coordinates(of: first.offset))).")
  }
}
