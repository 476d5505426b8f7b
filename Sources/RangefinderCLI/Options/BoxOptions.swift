import ActivationProfiling
import ArgumentParser
import FileSupport
import IntervalPropagation
import NetworkGraph
import RangeRecommendation

/// The box of inputs for which intervals are certified.
struct BoxOptions: ParsableArguments {
  @Option(help: "certified, --budget: the network (.h5) that was profiled.", completion: .file())
  var model: String?

  @OptionGroup var importing: ImportOptions

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
  /// - Throws: `InputError.otherNetwork` if it is not the one that was profiled; `FileError.changed` if
  ///   its file was written to meanwhile; what the files are at fault.
  func certify(
    _ profile: Profile, samples: DataOptions, _ reading: ReadingOptions
  ) throws -> CertifiedBounds? {
    guard model != nil else { return nil }
    return try certify(try load(profile, samples: samples, reading))
  }

  /// Certifies intervals for a network's sites.
  ///
  /// - Throws: `FileError.changed` if its file was written to meanwhile; what reading data throws.
  func certify(_ network: LoadedNetwork) throws -> CertifiedBounds {
    let graph = network.graph
    let box: [Bounds]
    if let ends {
      box = graph.inputs.map { Bounds(Array(repeating: ends, count: graph.nodes[$0].shape.count)) }
    } else {
      box = try network.inputs.map { Bounds(try $0.box()) }
    }
    let bounds = BoundPropagation(graph).siteBounds(of: box)
    try network.weightFile?.requireUnchanged()
    return CertifiedBounds(box: inputBox ?? CertifiedBounds.dataBox, bounds: bounds)
  }

  /// Reads the network that was profiled, and opens the data if there is some.
  ///
  /// - Throws: `InputError.otherNetwork` if it is not the one that was profiled; what the files are
  ///   at fault.
  /// - Precondition: A network is given.
  func load(
    _ profile: Profile, samples: DataOptions, _ reading: ReadingOptions
  ) throws -> LoadedNetwork {
    guard let model else { preconditionFailure("no network is given") }
    let keras = try importing.load(model, reading)
    guard keras.digest == profile.provenance.modelDigest else {
      throw InputError.otherNetwork(path: model, profiled: profile.provenance.model)
    }
    let inputs = samples.data.isEmpty ? nil : try samples.open(for: keras.inputs, reading)
    return LoadedNetwork(
      graph: try keras.graph(inputShapes: inputs?.map(\.dataset.sampleShape)),
      name: (profile.provenance.model, keras.digest), inputs: inputs ?? [],
      weightFile: keras.weightFile)
  }
}

/// A network that was profiled, with the data for its inputs.
struct LoadedNetwork {
  let graph: Graph
  let name: (name: String, digest: String)
  let inputs: [Profiler.Input]

  /// The file in which large weights lie: who has used them checks that it was not written to.
  let weightFile: RandomAccessFile?
}
