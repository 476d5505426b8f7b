import Foundation
import NetworkGraph
import TestSupport
import Testing

@testable import ModelImport

/// Networks in the wild, with what real Keras says of them; skipped where they are not at hand.
@Suite(.enabled(if: Folders.trained != nil, "The folder shared/models is not beside the package."))
struct TrainedNetworksTests {
  struct Network: CustomTestStringConvertible, Sendable {
    let model: String
    var architecture: String?
    var replacements: [String: String] = [:]
    let reference: String
    let inputs: [[Int]]
    let parameters: Int
    var testDescription: String { model }
  }

  static let networks: [Network] = [
    Network(
      model: "models/fer_emotion_mini_xception.hdf5",
      reference: "reference/fer_emotion_mini_xception", inputs: [[64, 64, 1]], parameters: 58_423),
    Network(
      model: "models/gender_mini_xception.hdf5", reference: "reference/gender_mini_xception",
      inputs: [[64, 64, 1]], parameters: 52_658),
    Network(
      model: "models/mlperftiny_resnet8_cifar10.h5",
      reference: "reference/mlperftiny_resnet8_cifar10", inputs: [[32, 32, 3]], parameters: 78_666),
    Network(
      model: "models/mlperftiny_vww_mobilenet.h5", reference: "reference/mlperftiny_vww_mobilenet",
      inputs: [[96, 96, 3]], parameters: 221_794),
    Network(
      model: "models/mlperftiny_ad_autoencoder.h5",
      reference: "reference/mlperftiny_ad_autoencoder", inputs: [[640]], parameters: 269_992),
    Network(
      model: "models/mlperftiny_sww_dscnn.h5", reference: "reference/mlperftiny_sww_dscnn",
      inputs: [[30, 1, 40]], parameters: 47_707),
    Network(
      model: "models/squeezenet_v11_notop_weights.h5",
      architecture: "models/architectures/squeezenet_v11_notop.json",
      reference: "reference/squeezenet_v11_notop", inputs: [[224, 224, 3]], parameters: 722_496),
    Network(
      model: "models/mtcnn_pnet_weights.h5", architecture: "models/architectures/mtcnn_pnet.json",
      reference: "reference/mtcnn_pnet", inputs: [[64, 64, 3]], parameters: 6_632),
    Network(
      model: "models/mtcnn_rnet_weights.h5", architecture: "models/architectures/mtcnn_rnet.json",
      reference: "reference/mtcnn_rnet", inputs: [[24, 24, 3]], parameters: 100_178),
    Network(
      model: "models/mtcnn_onet_weights.h5", architecture: "models/architectures/mtcnn_onet.json",
      reference: "reference/mtcnn_onet", inputs: [[48, 48, 3]], parameters: 389_040),
    Network(
      model: "models/pilotnet_keras1.h5", architecture: "models/architectures/pilotnet.json",
      reference: "reference/pilotnet_keras1", inputs: [[66, 200, 3]], parameters: 252_219),
    Network(
      model: "models/pilotnet_keras1.h5", replacements: ["lambda_1": "RESCALING(1/127.5,-1)"],
      reference: "reference/pilotnet_keras1", inputs: [[66, 200, 3]], parameters: 252_219),
    Network(
      model: "models/eegnet_8_2.h5", reference: "reference/eegnet_8_2", inputs: [[1, 60, 151]],
      parameters: 2_148),
    Network(
      model: "models/deeplift_mnist_prelu_weights.h5",
      architecture: "models/architectures/deeplift_mnist_prelu.json",
      reference: "reference/deeplift_mnist_prelu", inputs: [[784]], parameters: 670_730),
    Network(
      model: "models/deeplift_mnist_prelu_weights.h5",
      architecture: "models/deeplift_mnist_prelu.yaml",
      reference: "reference/deeplift_mnist_prelu", inputs: [[784]], parameters: 670_730),
    Network(
      model: "models/chemvae_zinc_encoder.h5", reference: "reference/chemvae_zinc_encoder",
      inputs: [[120, 35]], parameters: 228_526),
    Network(
      model: "models/chemvae_zinc_prop_pred.h5", reference: "reference/chemvae_zinc_prop_pred",
      inputs: [[196]], parameters: 22_764),
    Network(
      model: "models/hddm_lan_ddm.h5", reference: "reference/hddm_lan_ddm", inputs: [[6]],
      parameters: 23_041),
    Network(
      model: "trained_here/selu_mlp_k2.h5", reference: "trained_here/selu_mlp_k2",
      inputs: [[28, 28, 1]], parameters: 39_578),
    Network(
      model: "trained_here/swish_sepconv_k2.h5", reference: "trained_here/swish_sepconv_k2",
      inputs: [[28, 28, 1]], parameters: 1_726),
    Network(
      model: "trained_here/advanced_activations_k2.h5",
      reference: "trained_here/advanced_activations_k2", inputs: [[60, 1]], parameters: 2_201),
    Network(
      model: "trained_here/softplus_hardsigmoid_k2.h5",
      reference: "trained_here/softplus_hardsigmoid_k2", inputs: [[28, 28, 1]], parameters: 27_626),
    Network(
      model: "trained_here/shared_tower_k2.h5", reference: "trained_here/shared_tower_k2",
      inputs: [[28, 28, 1], [28, 28, 1]], parameters: 8_705),
    Network(
      model: "trained_here/gelu_silu_k3_legacy.h5", reference: "trained_here/gelu_silu_k3",
      inputs: [[28, 28, 1]], parameters: 40_386),
    Network(
      model: "models/deeplc3_8c22.keras", reference: "reference/deeplc3_8c22",
      inputs: [[60, 6], [30, 6], [55], [60, 20]], parameters: 634_365),
    Network(
      model: "models/sleepecg_wrn_gru_mesa.keras", reference: "reference/sleepecg_wrn_gru_mesa",
      inputs: [[66, 36]], parameters: 7_380),
    Network(
      model: "models/hed_bsds500.weights.h5", architecture: "models/architectures/hed_vgg16.json",
      reference: "reference/hed_bsds500", inputs: [[128, 128, 3]], parameters: 14_716_171),
    Network(
      model: "trained_here/bilstm_gru_k3.weights.h5",
      architecture: "trained_here/bilstm_gru_k3.arch.json",
      reference: "trained_here/bilstm_gru_k3", inputs: [[28, 28, 1]], parameters: 6_122),
    Network(
      model: "trained_here/half_precision_k3.keras", reference: "trained_here/half_precision_k3",
      inputs: [[28, 28, 1]], parameters: 13_610),
  ]

  /// What Keras recorded, as far as a graph can be held against it.
  struct Reference: Decodable {
    struct Tensor: Decodable {
      let layer: String
      let activation: String
      let n: Int
    }
    let samples: Int
    let outputShapes: [[Int]]
    let preActivations: [Tensor]
  }

  private func path(_ name: String) throws -> String {
    try #require(Folders.trained).appending(path: name).path
  }

  private func model(_ network: Network) throws -> KerasModel {
    try KerasModel(
      reading: try path(network.model), architecture: try network.architecture.map(path),
      replacements: network.replacements.mapValues { try LayerReplacement(parsing: $0) })
  }

  @Test(
    "A trained network has the parameters, sites and output shapes that Keras counts.",
    arguments: networks)
  func matchesKeras(_ network: Network) throws {
    let model = try model(network)
    #expect(model.unsupportedLayers.isEmpty)
    #expect(model.parameterCount == network.parameters)
    #expect(model.layers.compactMap(\.parameterCount).reduce(0, +) == network.parameters)

    let graph = try model.graph(inputShapes: network.inputs)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let reference = try decoder.decode(
      Reference.self, from: Data(contentsOf: URL(filePath: try path(network.reference + ".json"))))
    #expect(
      graph.outputs.map { graph.nodes[$0].shape.extents }
        == reference.outputShapes.map { Array($0.dropFirst()) })
    // Keras recorded activations alone, and pooled the calls of a shared layer.
    let sites = graph.sites.filter { !["max", "power(-0.5)"].contains($0.function) }
    let found = Dictionary(sites.map { ($0.layer, $0.shape.count) }, uniquingKeysWith: +)
    let expected = reference.preActivations.map { ($0.layer, $0.n / reference.samples) }
    #expect(found == Dictionary(uniqueKeysWithValues: expected))
  }

  @Test("A network of fixed input size needs no shapes from the data.")
  func fixedShapes() throws {
    let graph = try KerasModel(
      reading: try path("models/mlperftiny_resnet8_cifar10.h5")
    ).graph()
    #expect(graph.nodes[graph.inputs[0]].shape.extents == [32, 32, 3])
    #expect(graph.sites.map(\.name).first == "activation/relu")
    #expect(graph.sites.map(\.name).last == "dense/softmax")
  }

  @Test("The Lambda of PilotNet is refused by name, and its Keras 1 layers are known.")
  func refusesLambda() throws {
    let model = try KerasModel(reading: try path("models/pilotnet_keras1.h5"))
    #expect(model.kerasVersion == "1.2.1")
    #expect(model.unsupportedLayers.map(\.name) == ["lambda_1"])
    #expect(throws: ModelImportError.unsupportedLayers(model.unsupportedLayers)) {
      try model.graph()
    }
  }

  @Test("A word of one meaning in Keras 2 and another in Keras 3 follows the file's version.")
  func hardSigmoid() throws {
    let graph = try KerasModel(
      reading: try path("trained_here/softplus_hardsigmoid_k2.h5")
    ).graph()
    #expect(graph.sites.map(\.function).contains("hard_sigmoid"))
  }

  @Test("A network of recurrent layers has a site for each gate.")
  func recurrent() throws {
    let graph = try KerasModel(
      reading: try path("models/ethnicolr_census2010_lstm.h5")
    ).graph()
    #expect(
      graph.sites.map(\.name) == [
        "lstm/gate_i/sigmoid", "lstm/gate_f/sigmoid", "lstm/gate_c/tanh", "lstm/gate_o/sigmoid",
        "lstm/cell/tanh", "dense/softmax",
      ])
  }

  @Test("Files of Keras 0 are refused by their layout.")
  func refusesKeras0() throws {
    let path = try path("models/layout_only/keras0_ctcf_conv_nb_layers.hdf5")
    #expect { try KerasModel(reading: path) } throws: { error in
      guard case ModelImportError.unknownLayout = error else { return false }
      return true
    }
  }

  @Test("Weights of Keras 1 with kernels of one axis too many are read with YAML.")
  func readsYAML() throws {
    let graph = try KerasModel(
      reading: try path("models/layout_only/keras1_tal_gata_conv1d_weights.h5"),
      architecture: try path("models/layout_only/keras1_tal_gata_conv1d.yaml")
    ).graph()
    #expect(graph.nodes[graph.inputs[0]].shape.extents == [200, 4])
    #expect(graph.outputExtents == [3])
    #expect(
      graph.sites.map(\.name) == [
        "activation_1/relu", "activation_2/relu", "activation_3/relu", "activation_4/sigmoid",
      ])
  }
}
