import ActivationProfiling
import ForwardPass
import Foundation
import IntervalPropagation
import ModelImport
import NetworkGraph
import SampleData
import TestSupport
import Testing

@Suite("Bounds of the sample models")
struct SampleModelBoundsTests {
  @Test(
    "Every value that the data and random inputs of its box give lies within the bounds.",
    arguments: Folders.sampleNames)
  func enclosure(name: String) throws {
    let folder = Folders.samples.appending(path: name)
    let keras = try KerasModel(
      try ModelFileContents(reading: folder.appending(path: "model.h5").path))
    let input = Profiler.Input(
      dataset: try SampleFile.open(folder.appending(path: "data.h5").path))
    let graph = try keras.graph(inputShapes: [input.dataset.sampleShape])
    let box = try input.box()
    let proved = BoundPropagation(graph).siteBounds(of: [Bounds(box)])

    let profile = try Profiler(
      plan: ExecutionPlan(graph), model: (keras.name, keras.digest), inputs: [input]
    ).run(threads: 2)
    var generator = SeededGenerator(8)
    let random = try SeenRanges(graph, (0..<8).map { _ in [generator.point(of: box)] })
    for (index, site) in profile.sites.enumerated() {
      let minimum = try #require(site.statistics.minimum)
      let maximum = try #require(site.statistics.maximum)
      #expect(proved[index].contains(Double(minimum)), "\(site.name)")
      #expect(proved[index].contains(Double(maximum)), "\(site.name)")
      // A site whose values follow from another's is not shown in a run.
      if let seen = random.sites[index] {
        #expect(seen.clamped(to: proved[index]) == seen, "\(site.name)")
      }
      #expect(proved[index].upperBound.isFinite, "\(site.name)")
    }
  }
}
