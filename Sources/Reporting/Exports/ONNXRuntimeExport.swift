/// The calibration cache that ONNX Runtime's quantiser writes as JSON.
///
/// Ranges are rounded outward to 32-bit numbers, which is what it accepts. It has no comments, so
/// docs/Exports.md states the convention.
public struct ONNXRuntimeExport: FitterExport {
  public let name = "onnx-runtime"
  public let summary = "ONNX Runtime: calibration cache (JSON), ranges by site"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    var lines: [String] = []
    for range in contents.ranges {
      var (lower, upper) = (Float(range.lower), Float(range.upper))
      if Double(lower) > range.lower { lower = lower.nextDown }
      if Double(upper) < range.upper { upper = upper.nextUp }
      guard lower.isFinite, upper.isFinite else {
        throw .overflow(format: name, site: range.name)
      }
      lines.append(
        "    \(range.name.quoted): {\"CLS\": \"TensorData\", "
          + "\"lowest\": \(Self.array(lower)), \"highest\": \(Self.array(upper))}")
    }
    return ExportedFile(
      """
      {
        "CLS": "TensorsData",
        "calibration_method": {"CLS": "CalibrationMethod", "value": "CalibrationMethod.MinMax"},
        "data": {
      \(lines.joined(separator: ",\n"))
        }
      }

      """)
  }

  private static func array(_ value: Float) -> String {
    "{\"CLS\": \"numpy.array\", \"data\": \(value), \"dtype\": \"float32\"}"
  }
}
