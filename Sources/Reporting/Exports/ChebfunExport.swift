/// A MATLAB script for Chebfun: our polynomials beside its `minimax`.
public struct ChebfunExport: FitterExport {
  public let name = "chebfun"
  public let summary = "Chebfun (MATLAB): our polynomials beside its minimax"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.singlePolynomials(for: name)
    var text = contents.header(
      "%", "Chebfun",
      "Convention: chebfun(c, [a b], 'coeffs') takes the coefficients of T0, T1, ... as a column,",
      "c0 not halved. minimax(f, n) finds the polynomial of degree n with the least largest error;",
      "kinks stand between the ends of the interval, as break points.")
    for entry in entries {
      let record = entry.record
      let kinks = entry.function.kinks.filter { record.lower < $0 && $0 < record.upper }
      let breaks = ([record.lower] + kinks + [record.upper]).map(\.literal).joined(separator: " ")
      let name = entry.identifier
      text += """

        % \(entry.comment)
        \(name)_f = @(x) \(entry.function.formula().elementwise);
        \(name)_c = [ ...
        \(entry.coefficients.lines(indent: "  ", end: ", ..."))].';
        \(name) = chebfun(\(name)_c, [\(record.lower.literal) \(record.upper.literal)], 'coeffs');
        \(name)_minimax = minimax(chebfun(\(name)_f, [\(breaks)], 'splitting', 'on'), \(record.degree));

        """
    }
    return ExportedFile(text)
  }
}

extension String {
  /// The formula with MATLAB's operators for each element of an array.
  fileprivate var elementwise: String {
    reduce(into: "") { text, character in
      if "*/^".contains(character) { text.append(".") }
      text.append(character)
    }
  }
}
