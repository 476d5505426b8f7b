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
    var profile: Profile?
    var recommendation: Recommendation?
    var polynomials: PolynomialSet?
    var verification: Verification?
    for path in files {
      guard let json = try readJSON(path) else {
        profile = try reading.profile(path)
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
      profile, recommendation: recommendation, polynomials: polynomials,
      verification: verification)
  }

  /// The report of a folder that holds `profile.h5` and any of the JSON files that a report has.
  ///
  /// - Throws: As above.
  init(folder: String, _ reading: ReadingOptions) throws {
    let parts = ["ranges", "polynomials", "verification"].map { "\(folder)/\($0).json" }
    try self.init(
      files: ["\(folder)/profile.h5"] + parts.filter { FileManager.default.fileExists(atPath: $0) },
      reading)
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
