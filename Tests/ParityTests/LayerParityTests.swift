import ForwardPass
import Foundation
import HDF5Support
import ModelImport
import TestSupport
import Testing

@Suite("Parity with Keras, layer by layer")
struct LayerParityTests {
  /// A tensor of each output, and of some sites, as Keras computes it.
  struct Expected {
    let names: [String]
    let values: [[Float]]
  }

  @Test(
    "A network of every layer whose settings hold a trap has Keras' outputs and pre-activations.",
    arguments: ["layers_keras2", "layers_keras3"])
  func values(fixture: String) throws { try check(fixture) }

  @Test(
    "Attention that may not see all gives Keras' outputs, and shows what it sees and nothing else.",
    arguments: ["attention_keras2", "attention_keras3"])
  func hidden(fixture: String) throws { try check(fixture) }

  private func check(_ fixture: String) throws {
    let path = Folders.package.appending(path: "Tests/ParityTests/Fixtures/\(fixture).h5").path
    let root = try HDF5File(reading: path).root
    let plan = try ExecutionPlan(try KerasModel(reading: path).graph())
    var pending = try root.dataset("inputs").read(as: Float.self)[...]
    let inputs = plan.inputShapes.map { shape in
      defer { pending = pending.dropFirst(shape.count) }
      return Array(pending.prefix(shape.count))
    }
    let collector = Collector(sites: plan.sites.count)
    var outputs = plan.outputShapes.map { _ in [Float]() }
    try Executor(plan).run(
      samples: 0..<1, fill: { _ = $2.update(fromContentsOf: inputs[$1]) }, observer: collector,
      output: { outputs[$1] = Array($2) })

    var expected = try root.dataset("outputs").read(as: Float.self)[...]
    #expect(expected.count == outputs.reduce(0) { $0 + $1.count })
    for (index, output) in outputs.enumerated() {
      compare(output, Array(expected.prefix(output.count)), "output \(index)")
      expected = expected.dropFirst(output.count)
    }
    var wanted = try root.dataset("preactivations").read(as: Float.self)[...]
    for name in try #require(try root.attributes.strings("site_names")) {
      let site = try #require(plan.sites.firstIndex { $0.name == name }, "no site '\(name)'")
      let found = collector.values[site]
      // What attention sees nothing with is shown nothing.
      if !found.isEmpty { compare(found, Array(wanted.prefix(found.count)), name) }
      wanted = wanted.dropFirst(found.count)
    }
    #expect(wanted.isEmpty)
  }

  /// Sums of at most some hundred products near 1, in another order: 1e-5 of the largest value.
  private func compare(_ found: [Float], _ expected: [Float], _ place: String) {
    let size = max(expected.map(abs).max() ?? 0, 1)
    let worst = zip(found, expected).map { abs($0 - $1) }.max() ?? .infinity
    #expect(worst <= 1e-5 * size, "\(place) is off by \(worst) of \(size)")
  }
}
