extension Preprocessing {
  /// The names of presets: what Keras' `preprocess_input` does in its three modes to RGB pictures
  /// of 0 to 255.
  public static let presetNames = ["keras:caffe", "keras:tf", "keras:torch"]

  /// Creates a preset by its name.
  ///
  /// - `keras:tf`: x / 127.5 - 1.
  /// - `keras:torch`: x / 255, then the mean and standard deviation of ImageNet.
  /// - `keras:caffe`: BGR, then the mean of ImageNet.
  ///
  /// - Throws: `SampleDataError.unknownPreset`.
  public init(preset name: String) throws {
    switch name {
    case "keras:tf":
      self.init(scale: Scale(1, over: 127.5), mean: [1])
    case "keras:torch":
      self.init(
        scale: Scale(1, over: 255), mean: [0.485, 0.456, 0.406],
        standardDeviation: [0.229, 0.224, 0.225])
    case "keras:caffe":
      self.init(colorOrder: .bgr, mean: [103.939, 116.779, 123.68])
    default:
      throw SampleDataError.unknownPreset(name)
    }
  }

  /// Reads the means of `--mean`: numbers with commas between them.
  ///
  /// - Throws: `SampleDataError.invalidNumber`.
  public static func mean(parsing text: String) throws -> [Float] {
    try numbers(text, option: "--mean", expected: "a list of numbers such as 0.5,0.5,0.5") {
      $0.isFinite
    }
  }

  /// Reads the standard deviations of `--std`: positive numbers with commas between them.
  ///
  /// - Throws: `SampleDataError.invalidNumber`.
  public static func standardDeviation(parsing text: String) throws -> [Float] {
    try numbers(text, option: "--std", expected: "a list of positive numbers such as 0.2,0.2,0.2") {
      $0.isFinite && $0 > 0
    }
  }

  private static func numbers(
    _ text: String, option: String, expected: String, where isAllowed: (Float) -> Bool
  ) throws -> [Float] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let number = Float(part.drop { $0 == " " }), isAllowed(number) else {
        throw SampleDataError.invalidNumber(option: option, text: text, expected: expected)
      }
      return number
    }
  }
}
