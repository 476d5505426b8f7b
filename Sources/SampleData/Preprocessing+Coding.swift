extension Preprocessing: Codable {
  private enum CodingKeys: String, CodingKey {
    case colorOrder = "color_order"
    case scale
    case mean
    case standardDeviation = "standard_deviation"
  }

  /// Reads back what was recorded.
  ///
  /// - Throws: `DecodingError`; `SampleDataError.invalidNumber`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let mean = try container.decode([Float].self, forKey: .mean)
    let deviation = try container.decode([Float].self, forKey: .standardDeviation)
    guard mean.allSatisfy(\.isFinite), deviation.allSatisfy({ $0.isFinite && $0 > 0 }) else {
      throw SampleDataError.invalidNumber(
        option: "the recorded preprocessing", text: "\(mean), \(deviation)",
        expected: "a mean of finite numbers and positive standard deviations")
    }
    self.init(
      colorOrder: try container.decode(ColorOrder.self, forKey: .colorOrder),
      scale: try container.decode(Scale.self, forKey: .scale), mean: mean,
      standardDeviation: deviation)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(colorOrder, forKey: .colorOrder)
    try container.encode(scale, forKey: .scale)
    try container.encode(mean, forKey: .mean)
    try container.encode(standardDeviation, forKey: .standardDeviation)
  }
}

extension Preprocessing.Scale: Codable {
  public init(from decoder: any Decoder) throws {
    try self.init(parsing: try decoder.singleValueContainer().decode(String.self))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
