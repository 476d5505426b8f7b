import PolynomialApproximation

/// A format for polynomials or intervals that another tool reads.
///
/// docs/Exports.md shows every format in use.
public protocol FitterExport: Sendable {
  /// The word that asks for it.
  var name: String { get }

  /// What the file is, in a few words.
  var summary: String { get }

  /// Writes the file.
  ///
  /// - Throws: `ExportError` where the format cannot hold what is there.
  func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile
}

/// A file for another tool.
public struct ExportedFile: Hashable, Sendable {
  public let bytes: [UInt8]

  /// What got lost on the way, a sentence each.
  public let warnings: [String]

  init(_ text: String, warnings: [String] = []) {
    bytes = Array(text.utf8)
    self.warnings = warnings
  }
}

/// All formats.
public enum FitterExports {
  /// In the order in which help lists them.
  public static let all: [any FitterExport] = [
    JSONExport(), CSVExport(), NumPyExport(), PythonExport(), CExport(), SwiftExport(),
    SollyaExport(), LolremezExport(), ChebfunExport(), OpenFHEExport(), LattigoExport(),
    HEIRExport(), OrionExport(), TenSEALExport(), EzklExport(), ONNXRuntimeExport(),
  ]

  /// Finds a format by its name.
  ///
  /// - Throws: `ExportError.unknownFormat`.
  public static func named(_ name: String) throws(ExportError) -> any FitterExport {
    guard let export = all.first(where: { $0.name == name }) else {
      throw .unknownFormat(name, known: all.map(\.name))
    }
    return export
  }

  /// A line for each format: its name and what it is.
  public static var listing: String {
    let width = all.map(\.name.count).max()!
    return all.map { export in
      let padding = String(repeating: " ", count: width - export.name.count + 2)
      return "  \(export.name)\(padding)\(export.summary)"
    }.joined(separator: "\n")
  }
}

/// Why something cannot be exported.
public enum ExportError: Error, Hashable, Sendable {
  /// There is no such format.
  case unknownFormat(String, known: [String])
  /// No site has a polynomial.
  case noPolynomials(format: String)
  /// The format holds single polynomials, but this is a composite or a quotient.
  case notOnePolynomial(format: String, site: String, method: FitMethod)
  /// A coefficient or an interval lies beyond the numbers of the format.
  case overflow(format: String, site: String)
}

extension ExportError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .unknownFormat(let name, let known):
      "there is no format '\(name)'; known are \(known.joined(separator: ", "))"
    case .noPolynomials(let format):
      """
      no site has a polynomial that could be written for \(format).
        rangefinder fit lists why; --export onnx-runtime and ezkl need intervals alone.
      """
    case .notOnePolynomial(let format, let site, let method):
      """
      \(format) takes single polynomials, but that of '\(site)' is \(method.rawValue).
        Fit with --method minimax, or export python, c or swift (composites: openfhe, too).
      """
    case .overflow(let format, let site):
      """
      the numbers of '\(site)' are too large or too small for \(format).
        Fit a lower degree, or choose a format that keeps the Chebyshev basis.
      """
    }
  }
}
