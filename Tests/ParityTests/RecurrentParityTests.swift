import ActivationProfiling
import ForwardPass
import Foundation
import HDF5Support
import ModelImport
import SampleData
import TestSupport
import Testing

/// One network that holds what is easily got wrong: a mask read backwards, a GRU of either kind,
/// the two hard sigmoids, outputs of masked steps, masks that are joined or passed on.
@Suite("Parity with Keras on recurrent layers and masks")
struct RecurrentParityTests {
  @Test("Every output and gate is Keras' own.", arguments: ["keras2", "keras3"])
  func values(generation: String) throws {
    let fixture = try Fixture("recurrent_\(generation)")
    let plan = try ExecutionPlan(
      try KerasModel(fixture.contents).graph(), samplesPerBatch: 4)
    let placer = Placer(plan.sites.map(\.shape.count), samples: fixture.samples)
    var outputs = plan.outputShapes.map { _ in [Float]() }
    try Executor(plan).run(
      samples: 0..<fixture.samples,
      fill: { samples, input, buffer in
        let values = fixture.inputs[input]
        let size = values.count / fixture.samples
        let span = samples.lowerBound * size..<samples.upperBound * size
        _ = buffer.update(fromContentsOf: values[span])
      },
      observer: placer, output: { outputs[$1] += $2 })
    for (index, output) in outputs.enumerated() {
      #expect(isClose(output, fixture.outputs[index]), "output \(index)")
    }
    let cells = plan.sites.indices.filter { !plan.sites[$0].name.hasPrefix("each/") }
    #expect(cells.map { plan.sites[$0].layer }.sorted() == fixture.sites.keys.sorted())
    for index in cells {
      let site = plan.sites[index]
      let wanted = try #require(fixture.sites[site.layer])
      #expect(isClose(placer.values[index], wanted), "\(site.name)")
    }
    let slope = generation == "keras3" ? "hard_sigmoid_relu6" : "hard_sigmoid"
    #expect(plan.sites.contains { $0.name == "bi_gru/forward/gate_z/\(slope)" })
  }

  @Test("A profile leaves masked steps out, and is the same bytes for any number of threads.")
  func profile() throws {
    let fixture = try Fixture("recurrent_keras2")
    let graph = try KerasModel(fixture.contents).graph()
    let inputs = fixture.inputs.enumerated().map { index, values in
      Profiler.Input(
        dataset: Samples(
          values: values, sampleCount: fixture.samples,
          sampleShape: graph.nodes[graph.inputs[index]].shape.extents))
    }
    let profiler = try Profiler(
      plan: try ExecutionPlan(graph, samplesPerBatch: 2), model: ("net", "digest"), inputs: inputs,
      blockSize: 2)
    let scratch = try Scratch()
    for threads in 1...3 {
      _ = try scratch.file(
        "\(threads).h5", ProfileFile.bytes(of: profiler.run(threads: threads)))
    }
    #expect(try scratch.bytes("1.h5") == scratch.bytes("2.h5"))
    #expect(try scratch.bytes("1.h5") == scratch.bytes("3.h5"))
    for site in try ProfileFile.read(scratch.path("1.h5")).sites {
      guard let wanted = fixture.sites[site.layer]?.filter({ !$0.isNaN }) else { continue }
      #expect(site.statistics.count == UInt64(wanted.count), "\(site.name)")
      let (minimum, maximum) = (try #require(wanted.min()), try #require(wanted.max()))
      #expect(isClose([try #require(site.statistics.minimum)], [minimum]))
      #expect(isClose([try #require(site.statistics.maximum)], [maximum]))
    }
  }

  /// Equal within 1e-5, as two float32 engines are on numbers near 1; NaN, the mark of what is not
  /// there, equals NaN.
  private func isClose(_ found: [Float], _ expected: [Float]) -> Bool {
    found.count == expected.count
      && zip(found, expected).allSatisfy {
        $0.isNaN && $1.isNaN || abs($0 - $1) <= 1e-5 * max(1, abs($1))
      }
  }
}

/// Keeps every pre-activation at its place; NaN where none was shown.
private final class Placer: PreactivationObserver {
  private let sizes: [Int]
  private(set) var values: [[Float]]

  init(_ sizes: [Int], samples: Int) {
    self.sizes = sizes
    values = sizes.map { [Float](repeating: .nan, count: $0 * samples) }
  }

  func observe(
    site: Int, values: UnsafeMutableBufferPointer<Float>, samples: Range<Int>, offset: Int,
    rectifier: Rectifier?
  ) {
    let length = values.count / samples.count
    for (index, sample) in samples.enumerated() {
      let start = sample * sizes[site] + offset
      self.values[site].replaceSubrange(
        start..<start + length, with: values[index * length..<(index + 1) * length])
    }
  }
}

/// Samples in memory.
private struct Samples: Dataset {
  let values: [Float]
  let sampleCount: Int
  let sampleShape: [Int]

  var description: String { "samples" }
  func labels() throws -> [Int]? { nil }
  func digest() throws -> String { "" }

  func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    let size = values.count / sampleCount
    _ = buffer.update(
      fromContentsOf: values[samples.lowerBound * size..<samples.upperBound * size])
  }
}

/// What `make_recurrent.py` wrote.
private struct Fixture {
  let contents: ModelFileContents
  let samples: Int
  let inputs: [[Float]]
  let outputs: [[Float]]
  /// What enters each gate, `[samples, steps, units]`, by the gate's layer.
  let sites: [String: [Float]]

  init(_ name: String) throws {
    let path = Folders.package.appending(path: "Tests/ParityTests/Fixtures/\(name).h5").path
    let root = try HDF5File(reading: path).root
    let text = Data(try root.dataset("document").read(as: UInt8.self))
    let document = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    var rest = try root.dataset("weights").read(as: Float.self)[...]
    var groups: [(name: String, weights: [ModelFileContents.Weight])] = []
    for entry in try #require(document["weights"] as? [[Any]]) {
      let (layer, extents) = (try #require(entry[0] as? String), try #require(entry[1] as? [Int]))
      let values = Array(rest.prefix(extents.reduce(1, *)))
      rest = rest.dropFirst(values.count)
      if groups.last?.name != layer { groups.append((layer, [])) }
      groups[groups.count - 1].weights.append(
        ModelFileContents.Weight(name: layer, extents: extents) {
          _ = $0.update(fromContentsOf: values)
        })
    }
    contents = ModelFileContents(
      file: name,
      architecture: (
        name, Array(try JSONSerialization.data(withJSONObject: document["model"] ?? [:]))
      ),
      kerasVersion: document["version"] as? String,
      groups: groups.map { ModelFileContents.Group(name: $0.name, weights: $0.weights) },
      hasMirroredKernels: false)
    inputs = try ["x", "ids"].map { try root.dataset($0).read(as: Float.self) }
    samples = try root.dataset("ids").shape[0]
    var values = try root.dataset("outputs").read(as: Float.self)[...]
    outputs = try #require(document["outputs"] as? [[Int]]).map { extents in
      defer { values = values.dropFirst(extents.reduce(1, *)) }
      return Array(values.prefix(extents.reduce(1, *)))
    }
    let names = try #require(document["sites"] as? [String])
    let all = try root.dataset("sites").read(as: Float.self)
    let size = all.count / names.count
    sites = Dictionary(
      uniqueKeysWithValues: names.enumerated().map {
        ($1, Array(all[$0 * size..<($0 + 1) * size]))
      })
  }
}
