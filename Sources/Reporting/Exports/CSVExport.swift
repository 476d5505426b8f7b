/// One line a site; the coefficients of T₀, T₁, … in one field, with spaces between them.
public struct CSVExport: FitterExport {
  public let name = "csv"
  public let summary = "a table, one line a site, Chebyshev coefficients in one field"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    var table = CSVTable([
      "site", "function", "lower", "upper", "method", "degree", "supremum_error", "backend",
      "depth", "multiplications", "fuse", "chebyshev_coefficients",
    ])
    for entry in try contents.singlePolynomials(for: name) {
      let record = entry.record
      table.append([
        entry.name, record.function, record.lower.field, record.upper.field,
        record.method.rawValue, record.degree.field, record.supremumError.field,
        record.backend.rawValue, record.depth.field, record.multiplications.field,
        record.fuse.field, entry.coefficients.map(\.field).joined(separator: " "),
      ])
    }
    return ExportedFile(String(decoding: table.bytes, as: UTF8.self))
  }
}
