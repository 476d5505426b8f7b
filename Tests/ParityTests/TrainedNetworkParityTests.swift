import ActivationProfiling
import ForwardPass
import Foundation
import ModelImport
import SampleData
import TestSupport
import Testing

@Suite("Parity with Keras on networks that others trained")
struct TrainedNetworkParityTests {
  /// A network: its file, an architecture if the file has none of its own, and its reference.
  struct Network: Sendable, CustomTestStringConvertible {
    let reference: String
    let file: String
    var architecture: String?
    /// The folders of the model and of the reference.
    var folders = (model: "models", reference: "reference")
    var testDescription: String { reference }
  }

  static let networks: [Network] = [
    Network(
      reference: "fer_emotion_mini_xception", file: "fer_emotion_mini_xception.hdf5"),
    Network(reference: "gender_mini_xception", file: "gender_mini_xception.hdf5"),
    Network(reference: "mlperftiny_resnet8_cifar10", file: "mlperftiny_resnet8_cifar10.h5"),
    Network(reference: "mlperftiny_vww_mobilenet", file: "mlperftiny_vww_mobilenet.h5"),
    Network(reference: "mlperftiny_ad_autoencoder", file: "mlperftiny_ad_autoencoder.h5"),
    Network(reference: "mlperftiny_sww_dscnn", file: "mlperftiny_sww_dscnn.h5"),
    Network(
      reference: "squeezenet_v11_notop", file: "squeezenet_v11_notop_weights.h5",
      architecture: "squeezenet_v11_notop.json"),
    Network(
      reference: "mtcnn_pnet", file: "mtcnn_pnet_weights.h5", architecture: "mtcnn_pnet.json"),
    Network(
      reference: "mtcnn_rnet", file: "mtcnn_rnet_weights.h5", architecture: "mtcnn_rnet.json"),
    Network(
      reference: "mtcnn_onet", file: "mtcnn_onet_weights.h5", architecture: "mtcnn_onet.json"),
    Network(
      reference: "pilotnet_keras1", file: "pilotnet_keras1.h5", architecture: "pilotnet.json"),
    Network(
      reference: "deeplift_mnist_prelu", file: "deeplift_mnist_prelu_weights.h5",
      architecture: "deeplift_mnist_prelu.json"),
    Network(reference: "chemvae_zinc_encoder", file: "chemvae_zinc_encoder.h5"),
    Network(reference: "hddm_lan_ddm", file: "hddm_lan_ddm.h5"),
    small("selu_mlp_k2"), small("swish_sepconv_k2"), small("softplus_hardsigmoid_k2"),
    small("shared_tower_k2"), small("gelu_silu_k3", file: "gelu_silu_k3_legacy"),
    Network(reference: "ethnicolr_census2010_lstm", file: "ethnicolr_census2010_lstm.h5"),
  ]

  /// A small network, trained for functions that were not met in the wild.
  private static func small(_ reference: String, file: String? = nil) -> Network {
    Network(
      reference: reference, file: (file ?? reference) + ".h5",
      folders: (model: "trained_here", reference: "trained_here"))
  }

  @Test(
    "Every site has the statistics that Keras computes.",
    .enabled(if: Folders.trained != nil, "there is no shared/models beside the package"),
    arguments: networks)
  func statistics(network: Network) throws {
    let folder = try #require(Folders.trained)
    let reference = try Reference(
      folder.appending(path: "\(network.folders.reference)/\(network.reference).json"), in: folder)
    let model = try KerasModel(
      reading: folder.appending(path: "\(network.folders.model)/\(network.file)").path,
      architecture: network.architecture.map {
        folder.appending(path: "models/architectures/\($0)").path
      })
    let graph = try model.graph(inputShapes: reference.inputs.map(\.sampleShape))
    let profiler = try Profiler(
      plan: try ExecutionPlan(graph), model: (network.file, model.digest),
      inputs: reference.inputs.map { Profiler.Input(dataset: $0) })
    let profile = try profiler.run(threads: 2)

    // References know no max pooling and no local response normalisation.
    let sites = profile.sites.filter { !$0.name.contains("/max") && !$0.name.contains("/power") }
    #expect(Set(sites.map(\.layer)).count == reference.sites.count)
    for (layer, expected) in reference.sites {
      let uses = sites.filter { $0.layer == layer }
      let site = try #require(uses.first, "no site in '\(layer)'")
      if uses.count == 1 {
        check(site, against: expected, network: network.reference)
      } else {
        checkPooled(uses, against: expected, network: network.reference)
      }
    }
    print("\(network.reference): \(sites.count) sites")
  }
}

/// A reference file: the prepared inputs, and what Keras says of each site.
private struct Reference {
  let inputs: [PreparedSamples]
  let sites: [(layer: String, ExpectedSite)]

  init(_ file: URL, in folder: URL) throws {
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
    let inputs = try #require(json["inputs"] as? [[String: Any]])
    self.inputs = try inputs.map { input in
      let path = try #require(input["file"] as? String)
      let dataset = try #require(input["dataset"] as? String)
      return PreparedSamples(
        base: try HDF5Samples(file: folder.appending(path: path).path, dataset: dataset),
        range: try #require(Self.range(input["rows"])),
        steps: (input["ops"] as? [[Any]] ?? []).compactMap(PreparedSamples.Step.init))
    }
    let sites = try #require(json["pre_activations"] as? [[String: Any]])
    self.sites = try sites.map { site in
      func number(_ name: String) throws -> Double { try #require(site[name] as? Double) }
      var quantiles: [Double: Double] = [:]
      for (key, value) in site where key.hasPrefix("q") {
        if let level = Double(key.dropFirst()) { quantiles[level] = value as? Double }
      }
      return (
        try #require(site["layer"] as? String),
        ExpectedSite(
          count: UInt64(try number("n")), minimum: try number("min"), maximum: try number("max"),
          mean: try number("mean"), standardDeviation: try number("std"), quantiles: quantiles)
      )
    }
  }

  /// A number of samples, or a first and a last one as in `500..999`.
  private static func range(_ rows: Any?) -> Range<Int>? {
    if let count = rows as? Int { return 0..<count }
    let ends = (rows as? String)?.split(separator: ".").compactMap { Int($0) } ?? []
    return ends.count == 2 ? ends[0]..<ends[1] + 1 : nil
  }
}

/// Samples with the operations that the reference applied, in its order, in float32.
private struct PreparedSamples: Dataset {
  enum Step {
    case reverseChannels
    case arithmetic(String, [Float])

    init?(_ description: [Any]) {
      guard let name = description.first as? String else { return nil }
      if name == "reverse_channels" {
        self = .reverseChannels
      } else if name != "reshape", description.count == 2 {
        let values = description[1] as? [Double] ?? [description[1] as? Double ?? .nan]
        self = .arithmetic(name, values.map(Float.init))
      } else {
        return nil
      }
    }
  }

  let base: HDF5Samples
  /// Those that the reference saw.
  let range: Range<Int>
  let steps: [Step]

  var description: String { base.description }
  var sampleCount: Int { range.count }
  var sampleShape: [Int] { base.sampleShape }
  func labels() throws -> [Int]? { nil }

  func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    try base.read(
      samples: samples.lowerBound + range.lowerBound..<samples.upperBound + range.lowerBound,
      into: buffer)
    let channels = sampleShape.last ?? 1
    for step in steps {
      switch step {
      case .reverseChannels:
        for pixel in stride(from: 0, to: buffer.count, by: channels) {
          buffer[pixel..<pixel + channels].reverse()
        }
      case .arithmetic(let name, let values):
        for index in buffer.indices {
          let value = values[index % channels % values.count]
          switch name {
          case "div": buffer[index] /= value
          case "mul": buffer[index] *= value
          case "sub": buffer[index] -= value
          default: buffer[index] = .nan
          }
        }
      }
    }
  }
}
