import FoundationEssentials
import PolynomialApproximation

extension Encodable {
  /// The value as JSON: sorted keys, snake case, numbers in the shortest form that reads back; on
  /// many lines or on one.
  public func json(isIndented: Bool = true) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if isIndented { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return try encoder.encode(self) + Data("\n".utf8)
  }
}

/// A value that is kept in a versioned JSON file.
public protocol JSONFile: Codable {
  static var formatName: String { get }
  static var formatVersion: Int { get }
  /// What a message calls such a file.
  static var fileDescription: String { get }
  /// What in the value contradicts itself, as a file that was changed by hand may, or `nil`.
  var contradiction: String? { get }
}

extension Recommendation: JSONFile {
  public static var fileDescription: String { "a ranges file (rangefinder recommend makes one)" }

  public var contradiction: String? {
    guard chosenPolicy != nil else { return "its policy '\(policy)' is not among its policies" }
    for site in sites {
      for option in site.options {
        let range = "[\(option.lower), \(option.upper)] of '\(site.site)'"
        if option.lower > option.upper { return "\(range) ends before it begins" }
        guard let approximation = option.approximation else { continue }
        guard Interval.isValid(lower: option.lower, upper: option.upper) else {
          return "\(range) has no width, but a polynomial"
        }
        if approximation.errorBound < 0 { return "the error bound of '\(site.site)' is negative" }
      }
    }
    return nil
  }
}

extension PolynomialSet: JSONFile {
  public static var fileDescription: String { "a polynomials file (rangefinder fit makes one)" }

  public var contradiction: String? {
    for site in sites {
      let polynomial = site.polynomial
      guard polynomial.basis == "chebyshev" else {
        return "the basis of '\(site.site)' is '\(polynomial.basis)' instead of 'chebyshev'"
      }
      guard Interval.isValid(lower: polynomial.lower, upper: polynomial.upper) else {
        return "[\(polynomial.lower), \(polynomial.upper)] of '\(site.site)' is no interval"
      }
      let forms: [Any?] = [polynomial.coefficients, polynomial.composite, polynomial.rational]
      guard forms.count(where: { $0 != nil }) == 1 else {
        return "'\(site.site)' needs either coefficients, or a composite, or a rational"
      }
      if let count = polynomial.coefficients?.count, count < 1 || count - 1 != polynomial.degree {
        return "'\(site.site)' has \(count) coefficients for degree \(polynomial.degree)"
      }
    }
    return nil
  }
}

extension JSONFile {
  /// Reads a value from a file's bytes.
  ///
  /// - Parameter name: What messages call the file.
  /// - Throws: `RecommendationError.unreadable` if it is something else, of a newer version, or
  ///   contradicts itself.
  public init(json: Data, name: String) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    func unreadable(_ reason: String) -> RecommendationError {
      .unreadable(file: name, expected: Self.fileDescription, reason: reason)
    }
    guard let header = try? decoder.decode(JSONFileHeader.self, from: json) else {
      throw unreadable("it is not JSON with a 'format' and a 'version'")
    }
    guard header.format == Self.formatName else {
      throw unreadable("its format is '\(header.format)'")
    }
    guard header.version <= Self.formatVersion else {
      throw unreadable(
        "its version \(header.version) is newer than \(Self.formatVersion), which this program reads"
      )
    }
    do {
      self = try decoder.decode(Self.self, from: json)
    } catch let error as DecodingError {
      throw unreadable(error.place)
    }
    if let contradiction { throw unreadable(contradiction) }
  }
}

private struct JSONFileHeader: Decodable {
  let format: String
  let version: Int
}

extension DecodingError {
  /// Where in the file what is wrong.
  fileprivate var place: String {
    let (context, what): (Context, String) =
      switch self {
      case .keyNotFound(let key, let context): (context, "'\(key.stringValue)' is missing")
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .dataCorrupted(let context):
        (context, context.debugDescription)
      @unknown default: (Context(codingPath: [], debugDescription: ""), "it cannot be read")
      }
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return path.isEmpty ? what : "at \(path.joined(separator: ".")), \(what)"
  }
}
