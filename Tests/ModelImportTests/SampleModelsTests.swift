import NetworkGraph
import TestSupport
import Testing

@testable import ModelImport

@Suite("The networks kept with the package")
struct SampleModelsTests {
  static let models = Folders.sampleNames.map {
    Folders.samples.appending(path: "\($0)/model.h5").path
  }

  @Test("There are some.")
  func exist() { #expect(!Self.models.isEmpty) }

  @Test("Each builds into a graph with sites and one output.", arguments: models)
  func builds(_ path: String) throws {
    let model = try KerasModel(reading: path)
    let graph = try model.graph()
    #expect(model.unsupportedLayers.isEmpty)
    #expect(!graph.sites.isEmpty)
    #expect(graph.outputs.count == 1)
    #expect(Set(graph.sites.map(\.name)).count == graph.sites.count)
  }
}
