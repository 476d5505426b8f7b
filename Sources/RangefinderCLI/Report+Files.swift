import ActivationProfiling
import FoundationEssentials
import NetworkVerification
import RangeRecommendation
import Reporting

extension Report {
  /// Reads a profile and the files that recommend, fit and verify wrote, in any order.
  ///
  /// - Throws: `InputError.missingProfile`, `InputError.notAReportInput`; what reading throws.
  init(files: [String], _ reading: ReadingOptions) throws {
    var profile: String?
    var recommendation: Recommendation?
    var polynomials: PolynomialSet?
    var verification: Verification?
    for path in files {
      guard let json = try readJSON(path) else {
        profile = path
        continue
      }
      switch try Self.format(of: json, path: path) {
      case Recommendation.formatName: recommendation = try Recommendation(json: json, name: path)
      case Verification.formatName: verification = try Verification(json: json, name: path)
      default: polynomials = try PolynomialSet(json: json, name: path)
      }
    }
    guard let profile else { throw InputError.missingProfile }
    try self.init(
      reading: { try reading.profile(profile) }, recommendation: recommendation,
      polynomials: polynomials, verification: verification)
  }

  /// The format that a JSON file names.
  private static func format(of data: Data, path: String) throws -> String {
    struct Header: Decodable { let format: String }
    let format = (try? JSONDecoder().decode(Header.self, from: data))?.format ?? "unknown"
    let known = [Recommendation.formatName, PolynomialSet.formatName, Verification.formatName]
    guard known.contains(format) else {
      throw InputError.notAReportInput(path: path, format: format)
    }
    return format
  }
}

extension ReportSummary {
  /// Reads what a `report.json` says in short.
  ///
  /// - Throws: `InputError.missingReport`, `RecommendationError.unreadable`.
  init(path: String) throws {
    do {
      try self.init(json: try readJSON(path) ?? Data(), name: path)
    } catch InputError.cannotRead(let path, let reason) {
      throw InputError.missingReport(path: path, reason: reason)
    }
  }
}
