import ForwardPass
import HDF5Support
import ModelImport
import TestSupport
import Testing

/// One network that holds what is easily got wrong in the tree of Keras 3's files: names that are
/// other layers' paths, numbers of layers in each model of its own, and parts that own weights.
@Suite("Parity with Keras on files of Keras 3")
struct TreeParityTests {
  @Test(
    "Every output is Keras' own, whichever version wrote the file.",
    arguments: ["keras2_15", "keras3_3", "keras3_15"])
  func values(writer: String) throws {
    let folder = Folders.package.appending(path: "Tests/ParityTests/Fixtures")
    let root = try HDF5File(reading: folder.appending(path: "trees.h5").path).root
    let inputs = try root.dataset("inputs").read(as: Float.self)
    let model = try KerasModel(reading: folder.appending(path: "trees_\(writer).keras").path)
    #expect(
      model.kerasVersion?.prefix(3) == writer.dropFirst(5).prefix(3).replacing("_", with: "."))
    let plan = try ExecutionPlan(try model.graph())
    let places = plan.inputShapes.reduce(into: [0]) { $0.append($0.last! + $1.count) }
    var outputs = plan.outputShapes.map { _ in [Float]() }
    try Executor(plan).run(
      samples: 0..<1,
      fill: { _ = $2.update(fromContentsOf: inputs[places[$1]..<places[$1 + 1]]) },
      observer: Collector(sites: plan.sites.count), output: { outputs[$1] = Array($2) })
    let expected = try root.dataset("outputs").read(as: Float.self)
    #expect(outputs.joined().count == expected.count)
    // Two float32 engines differ by so much on numbers near 1.
    for (found, wanted) in zip(outputs.joined(), expected) { #expect(abs(found - wanted) <= 1e-5) }
  }
}
