import Foundation
import TestSupport

extension ParityNetwork {
  /// The networks that are kept with the package.
  static let samples: [ParityNetwork] = Folders.sampleNames.map { name in
    let folder = Folders.samples.appending(path: name)
    return ParityNetwork(
      name: name, folder: folder, file: "model.h5",
      reference: { try KerasReference(sample: folder) })
  }

  /// Networks that others trained.
  static let trained: [ParityNetwork] = [
    found("fer_emotion_mini_xception.hdf5"),
    found("gender_mini_xception.hdf5"),
    found("mlperftiny_resnet8_cifar10.h5"),
    found("mlperftiny_vww_mobilenet.h5"),
    // Keras itself is 5e-3 from the outputs in float64: sums near 5,000 leave differences near 1.
    found("mlperftiny_ad_autoencoder.h5", outputTolerance: 1e-2),
    found("mlperftiny_sww_dscnn.h5"),
    found("ethnicolr_census2010_lstm.h5"),
    found("squeezenet_v11_notop_weights.h5", architecture: "squeezenet_v11_notop.json"),
    found("mtcnn_pnet_weights.h5", architecture: "mtcnn_pnet.json"),
    found("mtcnn_rnet_weights.h5", architecture: "mtcnn_rnet.json"),
    found("mtcnn_onet_weights.h5", architecture: "mtcnn_onet.json"),
    found("pilotnet_keras1.h5", replacements: ["lambda_1": "RESCALING(1/127.5,-1)"]),
    found("deeplift_mnist_prelu_weights.h5", architecture: "../deeplift_mnist_prelu.yaml"),
    found("eegnet_8_2.h5", sampleShape: [1, 60, 151]),
    found("chemvae_zinc_encoder.h5"),
    found("chemvae_zinc_prop_pred.h5"),
    found("hddm_lan_ddm.h5"),
    found("deeplc3_8c22.keras"),
    found("sleepecg_wrn_gru_mesa.keras"),
    found("hed_bsds500.weights.h5", architecture: "hed_vgg16.json"),
  ]

  /// Small networks, trained for functions and layers that were not met in the wild.
  static let small: [ParityNetwork] = [
    small("selu_mlp_k2.h5"),
    small("swish_sepconv_k2.h5"),
    small("softplus_hardsigmoid_k2.h5"),
    small("shared_tower_k2.h5"),
    advancedActivations,
    small("gelu_silu_k3.keras"),
    small("hardsigmoid_k3.keras"),
    small("inception_relu6_k3.keras"),
    // Keras computes in floats of 11 significant bits, and rounds by up to 5e-4 of each value.
    small("half_precision_k3.keras", tolerance: 2e-3),
    small("bilstm_gru_k3.weights.h5", architecture: "bilstm_gru_k3.arch.json"),
  ]

  /// The samples that it was trained on are not kept; Keras has run it on others.
  private static let advancedActivations = ParityNetwork(
    name: "advanced_activations_k2", folder: Folders.trained?.appending(path: "trained_here"),
    file: "advanced_activations_k2.h5",
    reference: {
      try KerasReference(
        sample: Folders.package.appending(path: "Tests/ParityTests/Fixtures/advanced_activations"))
    })

  /// Big shapes with random weights, which `make networks` writes.
  static let big: [ParityNetwork] = ["vgg16", "vgg19", "alexnet", "googlenet"].map { name in
    made(name, aliases: ["LRN": "LocalResponseNormalization"]) { folder in
      guard let models = Folders.trained else { return try KerasReference(sample: folder) }
      return try KerasReference("bigshape/\(name).reference", in: models)
    }
  }

  /// Those that others trained, those that were trained for what is rare, and the big shapes.
  static let all = trained + small + big

  /// One network in the storage layouts that HDF5 allows and Keras reads; lists of names so long
  /// that Keras cuts them; networks of `all` that are stored in a second way.
  static let layouts: [ParityNetwork] =
    [
      "contiguous", "gzip_shuffle_fletcher", "lzf", "latest", "v110", "user_block", "number_types",
      "bytes_attributes",
    ].map { name in
      let folder = Folders.package.appending(path: "Tests/ParityTests/Fixtures/layouts")
      return ParityNetwork(
        name: name, folder: folder, file: "\(name).h5",
        reference: { try KerasReference(sample: folder) })
    } + ["long_layer_names", "long_weight_names"].map { made($0) }
    + [
      small("gelu_silu_k3_legacy.h5", reference: "gelu_silu_k3"),
      found("pilotnet_keras1.h5", architecture: "pilotnet.json"),
      found("deeplift_mnist_prelu_weights.h5", architecture: "deeplift_mnist_prelu.json"),
    ]

  /// A network that `make networks` writes.
  private static func made(
    _ name: String, aliases: [String: String] = [:],
    reference: @escaping @Sendable (URL) throws -> KerasReference = {
      try KerasReference(sample: $0)
    }
  ) -> ParityNetwork {
    let folder = Folders.made.appending(path: name)
    return ParityNetwork(
      name: name, folder: folder, file: "model.h5", aliases: aliases,
      reference: { try reference(folder) })
  }

  /// A network in `models`; its reference has the file's name without `_weights`.
  private static func found(
    _ file: String, reference: String? = nil, architecture: String? = nil,
    replacements: [String: String] = [:], sampleShape: [Int]? = nil,
    outputTolerance: Double? = nil
  ) -> ParityNetwork {
    shared(
      folder: "models", file: file, references: "reference",
      reference: reference ?? stem(file).replacing("_weights", with: ""),
      architecture: architecture.map { "architectures/\($0)" }, replacements: replacements,
      sampleShape: sampleShape, outputTolerance: outputTolerance)
  }

  /// A network in `trained_here`, beside its reference.
  private static func small(
    _ file: String, reference: String? = nil, architecture: String? = nil,
    tolerance: Double? = nil
  ) -> ParityNetwork {
    var network = shared(
      folder: "trained_here", file: file, references: "trained_here",
      reference: reference ?? stem(file), architecture: architecture,
      outputTolerance: tolerance)
    if let tolerance { network.tolerance = tolerance }
    return network
  }

  private static func stem(_ file: String) -> String { String(file.prefix { $0 != "." }) }

  private static func shared(
    folder: String, file: String, references: String, reference: String, architecture: String?,
    replacements: [String: String] = [:], sampleShape: [Int]? = nil, outputTolerance: Double? = nil
  ) -> ParityNetwork {
    ParityNetwork(
      name: reference, folder: Folders.trained?.appending(path: folder), file: file,
      architecture: architecture, replacements: replacements, sampleShape: sampleShape,
      outputTolerance: outputTolerance,
      reference: {
        guard let models = Folders.trained else { throw CocoaError(.fileNoSuchFile) }
        return try KerasReference("\(references)/\(reference)", in: models)
      })
  }
}
