import PolynomialApproximation
import RangeRecommendation

/// What an export writes: polynomials with their names, and the intervals of all sites.
public struct ExportContents: Sendable {
  /// One polynomial.
  struct Entry: Sendable {
    /// The site, or the function where there is no network.
    let name: String
    /// A name that is unique in the file and an identifier in every language.
    let identifier: String
    let function: TargetFunction
    let approximant: Approximant
    let record: PolynomialRecord
  }

  /// One interval.
  struct Range: Sendable {
    let name: String
    let lower: Double
    let upper: Double
  }

  /// The network's name, or nil for a single function.
  let model: String?
  let entries: [Entry]
  /// In network order; also of sites without a polynomial.
  let ranges: [Range]
  /// The contents of `polynomials.json`, or of the record where there is no network.
  let json: [UInt8]

  /// Takes the polynomials of a network, and the intervals that they were fitted on.
  ///
  /// - Throws: `TargetFunctionError` if a function is unknown, `EncodingError` if a number is not
  ///   finite.
  public init(_ polynomials: PolynomialSet, _ recommendation: Recommendation) throws {
    try self.init(
      model: polynomials.model, records: polynomials.sites.map { ($0.site, $0.polynomial) },
      ranges: recommendation.sites.compactMap { site in
        site.option(polynomials.policy).map {
          Range(name: site.site, lower: $0.lower, upper: $0.upper)
        }
      }, json: polynomials.json())
  }

  /// Takes a polynomial without a network.
  ///
  /// - Throws: As the other initialiser.
  public init(_ record: PolynomialRecord) throws {
    try self.init(
      model: nil, records: [(record.function, record)],
      ranges: [Range(name: record.function, lower: record.lower, upper: record.upper)],
      json: record.json())
  }

  init(
    model: String?, records: [(name: String, record: PolynomialRecord)], ranges: [Range],
    json: some Sequence<UInt8>
  ) throws {
    self.model = model
    entries = try Self.entries(records)
    self.ranges = ranges
    self.json = Array(json)
  }

  private static func entries(
    _ records: [(name: String, record: PolynomialRecord)]
  ) throws -> [Entry] {
    var taken: Set<String> = []
    return try records.map { name, record in
      let base = "poly_" + name.identifier
      var (identifier, number) = (base, 1)
      while !taken.insert(identifier).inserted {
        number += 1
        identifier = "\(base)_\(number)"
      }
      return Entry(
        name: name, identifier: identifier, function: try TargetFunction(record.function),
        approximant: record.approximant, record: record)
    }
  }

  /// The entries.
  ///
  /// - Throws: `ExportError.noPolynomials` if there are none.
  func entries(for format: String) throws(ExportError) -> [Entry] {
    guard !entries.isEmpty else { throw .noPolynomials(format: format) }
    return entries
  }

  /// The entries, for formats that know single polynomials only.
  ///
  /// - Throws: `ExportError.noPolynomials` or `ExportError.notOnePolynomial`.
  func singlePolynomials(for format: String) throws(ExportError) -> [Entry] {
    let entries = try entries(for: format)
    if let other = entries.first(where: { $0.approximant.polynomial == nil }) {
      throw .notOnePolynomial(format: format, site: other.name, method: other.record.method)
    }
    return entries
  }

  /// The comment at a file's beginning: what it holds and by which convention.
  ///
  /// - Parameter mark: What begins a line of comment.
  func header(_ mark: String, _ tool: String, _ convention: String...) -> String {
    let title =
      model.map { "The nonlinearities of \($0.commentText), for \(tool), by Rangefinder." }
      ?? "A polynomial for \(tool), by Rangefinder."
    return ([title] + convention).map { "\(mark) \($0)\n" }.joined()
  }
}

extension ExportContents.Entry {
  /// What the polynomial is, in a line.
  var comment: String {
    "\(name.commentText): \(record.function) on [\(record.lower), \(record.upper)], "
      + "\(record.method.rawValue), degree \(record.degree), "
      + "largest error \(record.supremumError)"
  }

  /// The polynomial of an entry that is a single one.
  var polynomial: ChebyshevPolynomial { approximant.polynomial! }

  /// Its coefficients of T₀, T₁, ….
  var coefficients: [Double] { polynomial.coefficients }
}

extension Approximant {
  /// The polynomials in it: the stages of a composite; numerator and denominator of a quotient.
  var polynomials: [ChebyshevPolynomial] {
    switch self {
    case .polynomial(let polynomial): [polynomial]
    case .composite(let composite): composite.stages
    case .rational(let quotient): [quotient.numerator, quotient.denominator]
    }
  }

  /// The value as an expression in `x` that C, Python and Swift read alike.
  ///
  /// - Parameter call: Returns the call of a polynomial, by its place, with an argument.
  func source(_ call: (_ place: Int, _ argument: String) -> String) -> String {
    switch self {
    case .polynomial: return call(0, "x")
    case .rational: return "\(call(0, "x")) / \(call(1, "x"))"
    case .composite(let composite):
      let sign = composite.stages.indices.reduce("x") { call($1, $0) }
      let factor = "(\(composite.step.literal) + \(composite.bend.literal) * x)"
      return "\(composite.linear.literal) * x + \(factor) * \(sign)"
    }
  }
}
