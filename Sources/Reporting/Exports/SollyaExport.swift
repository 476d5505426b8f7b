/// A Sollya script that measures the polynomials and solves the same minimax problems.
public struct SollyaExport: FitterExport {
  public let name = "sollya"
  public let summary = "Sollya: a script that measures the errors and runs remez beside"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.singlePolynomials(for: name)
    let degree = entries.map(\.polynomial.degree).max()!
    var text = contents.header(
      "//", "Sollya",
      "Convention: coefficients of T0, T1, ... in t, where x = centre + half*t; c0 not halved.",
      "Each site prints its name, the largest error of Rangefinder's polynomial, and that of",
      "Sollya's own remez. remez(f, n, I, w) takes its weight w as a factor on the error, and stops",
      "at a quality of 1e-5 unless told otherwise. fpminimax is relative unless told absolute.",
      "A multiple of |x| plus a line goes through q = remez(sqrt(x), k, [0;B^2]).",
      "Where f has another kink, remez is left out: it asks for derivatives.")
    // Coefficients of T_n in powers of t have 1.3 n bits.
    text += """

      prec = \(200 + 2 * degree)!;
      procedure chebyshev(c) {
        var before, last, next, sum, k;
        before = 1; last = _x_; sum = c[0];
        if (length(c) > 1) then { sum = sum + c[1] * _x_; };
        for k from 2 to length(c) - 1 do {
          next = horner(2 * _x_ * last - before);
          sum = horner(sum + c[k] * next);
          before = last; last = next;
        };
        return sum;
      };

      """
    for entry in entries {
      let record = entry.record
      let interval = "[\(record.lower.literal);\(record.upper.literal)]"
      text += """

        // \(entry.comment)
        f = \(entry.function.formula(in: "_x_"));
        half = (\(record.upper.literal) - (\(record.lower.literal))) / 2;
        centre = \(record.lower.literal) + half;
        p = chebyshev([|
        \(entry.coefficients.lines(indent: "  "))
        |]);
        ours = dirtyinfnorm(p - f(centre + half * _x_), [-1;1]);

        """
      if let root = entry.squareRoot {
        text += """
          q = remez(sqrt(_x_), \(root.degree), [0;\(root.bound.literal)], 1, 1b-40);
          theirs = \(root.scale.literal) * dirtyinfnorm(q - sqrt(_x_), [0;\(root.bound.literal)]);

          """
      } else if entry.function.kinks.allSatisfy({ $0 <= record.lower || $0 >= record.upper }) {
        text += """
          r = remez(f, \(record.degree), \(interval), 1, 1b-40);
          theirs = dirtyinfnorm(r - f, \(interval));

          """
      } else {
        text += "theirs = \"-\";\n"
      }
      text += "print(\(entry.name.sollyaText), ours, theirs);\n"
    }
    return ExportedFile(text + "quit;\n")
  }
}

extension String {
  /// The text as a Sollya string.
  fileprivate var sollyaText: String {
    "\"\(commentText.filter { $0 != "\"" }.dropFirst().dropLast())\""
  }
}
