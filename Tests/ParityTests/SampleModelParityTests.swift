import ForwardPass
import Foundation
import HDF5Support
import ModelImport
import SampleData
import TestSupport
import Testing

@Suite("Parity with Keras on the sample models")
struct SampleModelParityTests {
  @Test(
    "Every pre-activation of single samples is Keras' own.", arguments: Folders.sampleNames)
  func values(name: String) throws {
    let folder = Folders.samples.appending(path: name)
    let reference = try KerasReference(sample: folder)
    let plan = try ExecutionPlan(
      try KerasModel(reading: folder.appending(path: "model.h5").path).graph())
    let root = try HDF5File(reading: folder.appending(path: "expected.h5").path).root
    let count = try #require(try root.attributes.number("samples", as: Int.self))
    let collector = Collector(sites: plan.sites.count)
    try Executor(plan).run(
      samples: 0..<count, fill: { try reference.inputs[$1].read(samples: $0, into: $2) },
      observer: collector)
    collector.deriveRectified(plan)
    for (index, site) in plan.sites.enumerated() {
      let wanted = try root.dataset("preactivations/\(site.name)").read(as: Float.self)
      let expected = try #require(reference.sites.first { $0.name == site.name })
      let found = collector.values[index]
      try #require(found.count == wanted.count, "\(site.name)")
      let worst = zip(found, wanted).map { abs($0 - $1) }.max() ?? 0
      #expect(
        worst <= Float(1e-4 * expected.standardDeviation),
        "\(name): \(site.name) is off by \(worst)")
    }
  }
}
