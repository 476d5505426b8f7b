import NetworkGraph
import Testing

@testable import ModelImport

@Suite("Layers that do nothing")
struct KerasLayerIdentityTests {
  @Test(
    "A layer that changes nothing adds no step.",
    arguments: [
      "Dropout", "SpatialDropout1D", "SpatialDropout2D", "AlphaDropout", "GaussianDropout",
      "GaussianNoise", "ActivityRegularization", "Identity", "InputLayer", "Flatten",
    ])
  func identities(_ className: String) throws {
    #expect(try TinyModel(className, input: [5]).graph().outline == ["input 5"])
  }
}
