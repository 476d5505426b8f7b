import ActivationProfiling
import ForwardPass
import HDF5Support
import ModelImport
import SampleData
import TestSupport
import Testing

@Suite("Parity with Keras on the sample models")
struct SampleModelParityTests {
  @Test("Every site has the statistics that Keras computes.", arguments: Folders.sampleNames)
  func statistics(name: String) throws {
    let sample = try Sample(name)
    let input = Profiler.Input(dataset: try SampleFile.open(sample.data))
    let profiler = try Profiler(
      plan: sample.plan, model: (name, sample.model.digest), inputs: [input])
    let profile = try profiler.run(threads: 2)

    let names = try #require(try sample.expected.attributes.strings("site_names"))
    #expect(profile.sites.map(\.name).sorted() == names.sorted())
    for site in profile.sites {
      let group = try sample.expected.group("statistics/\(site.name)")
      check(site, against: try ExpectedSite(group), network: name)
    }
  }

  @Test(
    "Every pre-activation and output of single samples is Keras' own.",
    arguments: Folders.sampleNames)
  func values(name: String) throws {
    let sample = try Sample(name)
    let count = try #require(try sample.expected.attributes.number("samples", as: Int.self))
    let dataset = try SampleFile.open(sample.data)
    let collector = Collector(sites: sample.plan.sites.count)
    var outputs: [Float] = []
    try Executor(sample.plan).run(
      samples: 0..<count, fill: { try dataset.read(samples: $0, into: $2) }, observer: collector,
      output: { outputs += $2 })

    let expectedOutputs = try sample.expected.dataset("outputs").read(as: Float.self)
    try #require(outputs.count == expectedOutputs.count)
    for (found, wanted) in zip(outputs, expectedOutputs) { #expect(abs(found - wanted) <= 1e-5) }
    for (index, site) in sample.plan.sites.enumerated() {
      let wanted = try sample.expected.dataset("preactivations/\(site.name)").read(as: Float.self)
      let group = try sample.expected.group("statistics/\(site.name)")
      let tolerance = Float(1e-4 * (try ExpectedSite(group).standardDeviation))
      let found = collector.values[index]
      try #require(found.count == wanted.count, "\(site.name)")
      let worst = zip(found, wanted).map { abs($0 - $1) }.max() ?? 0
      #expect(worst <= tolerance, "\(name): \(site.name) is off by \(worst)")
    }
  }
}

/// A sample model with what Keras says of it.
private struct Sample {
  let model: KerasModel
  let plan: ExecutionPlan
  let expected: HDF5Group
  let data: String

  init(_ name: String) throws {
    let folder = Folders.samples.appending(path: name)
    model = try KerasModel(reading: folder.appending(path: "model.h5").path)
    plan = try ExecutionPlan(try model.graph())
    expected = try HDF5File(reading: folder.appending(path: "expected.h5").path).root
    data = folder.appending(path: "data.h5").path
  }
}

extension ExpectedSite {
  /// Reads `statistics/<site>` of a sample model's `expected.h5`.
  fileprivate init(_ group: HDF5Group) throws {
    func number(_ name: String) throws -> Double {
      try #require(try group.attributes.number(name, as: Double.self))
    }
    let levels = try group.dataset("quantile_levels").read(as: Double.self)
    let values = try group.dataset("quantiles").read(as: Double.self)
    self.init(
      count: UInt64(try number("count")), minimum: try number("min"), maximum: try number("max"),
      mean: try number("mean"), standardDeviation: try number("std"),
      quantiles: Dictionary(uniqueKeysWithValues: zip(levels, values)))
  }
}
