import ActivationProfiling
import ArgumentParser
import ModelImport
import SampleData

/// Which samples, and how they are prepared.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Samples: file.h5, file.h5:/path/to/dataset, .npy, .npz, .csv, IDX, a folder of images or "
        + "a list of them (.txt). For a network with several inputs once an input, in order, or "
        + "as INPUT=file.",
      valueName: "file"),
    completion: .file())
  var data: [String] = []

  @Option(help: "Use only the first samples.")
  var samples: Int?

  @Option(
    help: ArgumentHelp(
      "Resize images: the shorter side (256), or width and height (256x256).", valueName: "size"))
  var resize: String?

  @Option(help: ArgumentHelp("Keep the middle of images: 224, or 224x224.", valueName: "size"))
  var crop: String?

  @Option(help: "The order of axes of arrays in the file: nhwc or nchw.")
  var layout: SampleOptions.Layout = .nhwc

  @Option(help: "Prepare samples as Keras does: keras:caffe, keras:tf or keras:torch.")
  var preset: String?

  @Option(
    parsing: .unconditional, help: "Multiply samples by a number or a fraction, such as 1/255.")
  var scale: String?

  @Option(
    parsing: .unconditional, help: "Subtract one number, or one a channel: 103.9,116.8,123.7.")
  var mean: String?

  @Option(parsing: .unconditional, help: "Divide by one number, or one a channel.")
  var std: String?

  @Option(help: "The order of colours that the network expects: rgb or bgr.")
  var color: String?

  mutating func validate() throws {
    if let samples, samples < 1 { throw ValidationError("--samples takes a positive number.") }
    if let color, Preprocessing.ColorOrder(rawValue: color) == nil {
      throw ValidationError("--color takes rgb or bgr, not '\(color)'.")
    }
    if preset != nil, [scale, mean, std, color].contains(where: { $0 != nil }) {
      throw ValidationError("--preset already says --scale, --mean, --std and --color: give one.")
    }
  }

  /// What is done to the samples.
  func preprocessing() throws -> Preprocessing {
    if let preset { return try Preprocessing(preset: preset) }
    return Preprocessing(
      colorOrder: color.flatMap(Preprocessing.ColorOrder.init) ?? .rgb,
      scale: try scale.map(Preprocessing.Scale.init(parsing:)) ?? .one,
      mean: try mean.map(Preprocessing.mean(parsing:)) ?? [],
      standardDeviation: try std.map(Preprocessing.standardDeviation(parsing:)) ?? [])
  }

  /// Opens the samples for each of the network's inputs, in its order.
  func open(
    for inputs: [KerasModel.Input], _ reading: ReadingOptions
  ) throws -> [Profiler.Input] {
    let preprocessing = try preprocessing()
    let files = try ordered(for: inputs)
    return try files.enumerated().map { index, specification in
      let options = try sampleOptions(
        channels: inputs.indices.contains(index) ? Self.colours(of: inputs[index]) : 3)
      let dataset = try reading.samples(specification, options)
      let limited =
        samples.map { SampleSubset(dataset, first: $0) as any Dataset } ?? dataset
      return Profiler.Input(
        dataset: limited, preprocessing: preprocessing, preparation: options.description)
    }
  }

  /// The files among the data that `ReadingOptions` has read by a process of their own.
  var hdf5FileCount: Int {
    data.count { SampleFile.isHDF5(Self.named($0)?.file ?? $0) }
  }

  /// How samples are read.
  func sampleOptions(channels: Int) throws -> SampleOptions {
    SampleOptions(
      images: ImageOptions(
        resize: try resize.map(ImageOptions.Resize.init(parsing:)),
        crop: try crop.map(ImageOptions.crop(parsing:)), channels: channels),
      layout: layout)
  }

  /// Grey for an input of one channel, else red, green and blue.
  private static func colours(of input: KerasModel.Input) -> Int {
    input.extents?.last.flatMap { $0 } == 1 ? 1 : 3
  }

  /// The files in the order of the network's inputs, whether named or not.
  private func ordered(for inputs: [KerasModel.Input]) throws -> [String] {
    let names = inputs.map(\.name)
    var files = [String?](repeating: nil, count: names.count)
    var unnamed: [String] = []
    for specification in data {
      if let (name, file) = Self.named(specification) {
        guard let input = names.firstIndex(of: name) else {
          throw InputError.unknownInput(name: name, known: names)
        }
        files[input] = file
      } else {
        unnamed.append(specification)
      }
    }
    for index in files.indices where files[index] == nil && !unnamed.isEmpty {
      files[index] = unnamed.removeFirst()
    }
    return files.compactMap { $0 } + unnamed
  }

  /// The parts of `INPUT=file`.
  static func named(_ specification: String) -> (name: String, file: String)? {
    guard let equals = specification.firstIndex(of: "="), !specification[..<equals].contains("/")
    else { return nil }
    return (
      String(specification[..<equals]), String(specification[specification.index(after: equals)...])
    )
  }
}

extension SampleOptions.Layout: ExpressibleByArgument {}
