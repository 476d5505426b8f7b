/// A Python module with ezkl's range for lookup tables, in quantised integers.
public struct EzklExport: FitterExport {
  public let name = "ezkl"
  public let summary = "ezkl (Python): lookup_range in quantised integers"

  /// ezkl's `input_scale` unless told otherwise.
  static let standardScale = 7

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let factor = Double(1 << Self.standardScale)
    var text = contents.header(
      "#", "ezkl",
      "Convention: lookup_range is one pair for the whole circuit, in quantised integers: a number",
      "x is round(x * 2**scale). The scale is that of run_args.input_scale, and of the values that",
      "enter a nonlinearity after ezkl's rescaling. Values outside make proving fail.")
    text +=
      "\nSCALE = \(Self.standardScale)\n\n# Outward to whole numbers at that scale.\nRANGES = {\n"
    for range in contents.ranges {
      let (lower, upper) = (
        (range.lower * factor).rounded(.down), (range.upper * factor).rounded(.up)
      )
      guard let low = Int64(exactly: lower), let high = Int64(exactly: upper) else {
        throw .overflow(format: name, site: range.name)
      }
      text += "    \(range.name.quoted): (\(low), \(high)),\n"
    }
    text += """
      }

      LOOKUP_RANGE = (
          min(lower for lower, _ in RANGES.values()),
          max(upper for _, upper in RANGES.values()),
      )


      def run_args():
          \"""Returns ezkl's settings with the range.\"""
          import ezkl

          arguments = ezkl.PyRunArgs()
          arguments.input_scale = SCALE
          arguments.lookup_range = LOOKUP_RANGE
          return arguments

      """
    return ExportedFile(text)
  }
}
