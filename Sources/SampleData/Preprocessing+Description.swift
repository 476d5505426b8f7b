extension Preprocessing: CustomStringConvertible {
  /// The steps as options would give them, such as `--scale 1/255 --mean 0.5`; empty if none.
  public var description: String {
    var steps: [String] = []
    if colorOrder == .bgr { steps.append("--color bgr") }
    if scale != .one { steps.append("--scale \(scale)") }
    if !mean.isEmpty { steps.append("--mean \(Self.list(mean))") }
    if !standardDeviation.isEmpty { steps.append("--std \(Self.list(standardDeviation))") }
    return steps.joined(separator: " ")
  }

  private static func list(_ values: [Float]) -> String {
    values.map(text).joined(separator: ",")
  }

  /// Returns the shortest text that reads back to the same number: 255, not 255.0.
  static func text(_ value: Float) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
