import ActivationProfiling
import ArgumentParser
import IntervalPropagation
import ModelImport
import RangeRecommendation

/// The box of inputs for which intervals are certified.
struct BoxOptions: ParsableArguments {
  @Option(help: "certified: the network (.h5) that was profiled.", completion: .file())
  var model: String?

  @Option(
    help: "certified: the architecture, for files that hold weights alone.",
    completion: .file(extensions: ["json"]))
  var architecture: String?

  @Option(
    name: .long, parsing: .unconditional,
    help: ArgumentHelp(
      "certified: the interval of every number of every prepared input, such as -1:1; without it, "
        + "the box that --data spans.", valueName: "low:high"))
  var inputBox: String?

  /// The ends of the box.
  private var ends: ClosedRange<Float>? {
    let parts = inputBox?.split(separator: ":").map { Float($0) } ?? []
    guard parts.count == 2, let lower = parts[0], let upper = parts[1], lower.isFinite,
      upper.isFinite, lower <= upper
    else { return nil }
    return lower...upper
  }

  func validate() throws {
    if let inputBox, ends == nil {
      throw ValidationError("--input-box takes LOW:HIGH, not '\(inputBox)'.")
    }
  }

  /// Certifies intervals for a network's sites, or returns `nil` if no network is given.
  ///
  /// - Throws: `InputError.otherNetwork` if it is not the one that was profiled; what the files are
  ///   at fault.
  func certify(
    _ profile: Profile, samples: DataOptions, _ reading: ReadingOptions
  ) throws -> CertifiedBounds? {
    guard let model else { return nil }
    let keras = try KerasModel(try reading.model(model, architecture: architecture))
    guard keras.digest == profile.provenance.modelDigest else {
      throw InputError.otherNetwork(path: model, profiled: profile.provenance.model)
    }
    let inputs = samples.data.isEmpty ? nil : try samples.open(for: keras.inputs, reading)
    let graph = try keras.graph(inputShapes: inputs?.map(\.dataset.sampleShape))
    let box: [Bounds]
    if let ends {
      box = graph.inputs.map { Bounds(Array(repeating: ends, count: graph.nodes[$0].shape.count)) }
    } else {
      box = try (inputs ?? []).map { Bounds(try $0.box()) }
    }
    let bounds = BoundPropagation(graph).siteBounds(of: box)
    return CertifiedBounds(box: inputBox ?? CertifiedBounds.dataBox, bounds: bounds)
  }
}
