import PolynomialApproximation

/// A polynomial for every site that can have one: the contents of `polynomials.json`.
public struct PolynomialSet: Codable, Hashable, Sendable {
  /// The polynomial of one site.
  public struct Site: Codable, Hashable, Sendable {
    public let site: String
    public let polynomial: PolynomialRecord
  }

  /// A site without a polynomial.
  public struct Omission: Codable, Hashable, Sendable {
    public let site: String
    public let function: String
    public let reason: String
  }

  public static let formatName = "rangefinder polynomials"
  public static let formatVersion = 2

  public let format: String
  public let version: Int
  public let model: String
  public let modelDigest: String
  public let policy: String
  public let sites: [Site]
  public let omissions: [Omission]

  /// Fits the recommended polynomials.
  ///
  /// - Parameters:
  ///   - policy: The label of the policy whose intervals are taken; the recommended one by default.
  ///   - method: The fit; the recommended one by default.
  ///   - degree: The degree for every site; the recommended degrees by default.
  ///   - densities: The values of sites, by name; for the methods that weigh them.
  ///   - backend: Whose costs are stated; the recommendation's by default.
  /// - Throws: `FitError` if a fit cannot be made.
  public init(
    _ recommendation: Recommendation, policy: String? = nil, method: FitMethod? = nil,
    degree: Int? = nil, densities: [String: Density] = [:], backend: EvaluationBackend? = nil
  ) throws {
    let policy = policy ?? recommendation.policy
    var sites: [Site] = []
    var omissions: [Omission] = []
    for site in recommendation.sites {
      guard let option = site.option(policy), let approximation = option.approximation else {
        omissions.append(
          Omission(
            site: site.site, function: site.function,
            reason: site.option(policy)?.note ?? "the policy gives this site no interval"))
        continue
      }
      let fit: Fit
      do {
        fit = try Fit(
          of: try TargetFunction(site.function),
          on: Interval(lower: option.lower, upper: option.upper),
          degree: degree ?? approximation.degree, method: method ?? approximation.method,
          density: densities[site.site])
      } catch let error as FitError where error.isOfFunction {
        omissions.append(
          Omission(site: site.site, function: site.function, reason: error.description))
        continue
      }
      sites.append(
        Site(
          site: site.site,
          polynomial: PolynomialRecord(
            fit, errorBound: approximation.errorBound,
            backend: backend ?? recommendation.backend)))
    }
    format = Self.formatName
    version = Self.formatVersion
    model = recommendation.model
    modelDigest = recommendation.modelDigest
    self.policy = policy
    self.sites = sites
    self.omissions = omissions
  }
}
