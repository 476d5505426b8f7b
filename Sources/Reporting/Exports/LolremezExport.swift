/// A shell script of lolremez commands that solve the same minimax problems.
public struct LolremezExport: FitterExport {
  public let name = "lolremez"
  public let summary = "lolremez: commands for the same minimax problems"

  public init() {}

  public func file(_ contents: ExportContents) throws(ExportError) -> ExportedFile {
    let entries = try contents.singlePolynomials(for: name)
    var text = contents.header(
      "#", "lolremez",
      "Convention: lolremez -d DEGREE -r LOWER:UPPER FUNCTION prints a C function in powers of x.",
      "A multiple of |x| plus a line, on a symmetric interval, is asked for as the square root q",
      "of degree k on the squares: |x| is then q(x*x), of degree 2k.")
    for entry in entries {
      let record = entry.record
      text += "\n# \(entry.comment)\n"
      if let root = entry.squareRoot {
        text += """
          # p(x) = \(root.slope.literal)*x + \(root.scale.literal)*q(x*x)
          lolremez --double -d \(root.degree) -r "0:\(root.bound.literal)" "sqrt(x)"

          """
      } else {
        let range = "\(record.lower.literal):\(record.upper.literal)"
        text += """
          lolremez --double -d \(record.degree) -r "\(range)" "\(entry.function.formula())"

          """
      }
    }
    return ExportedFile(text)
  }
}

extension ExportContents.Entry {
  /// How to find the minimax polynomial of a function with |x| in it through a smooth problem.
  struct SquareRoot {
    /// The function is `slope`·x + `scale`·|x|.
    let slope: Double
    let scale: Double
    /// The degree of q, which stands for the square root on [0, `bound`].
    let degree: Int
    let bound: Double
  }

  /// The smooth problem behind a multiple of |x| plus a line on a symmetric interval, else nil.
  var squareRoot: SquareRoot? {
    guard record.lower == -record.upper else { return nil }
    let parts: (slope: Double, scale: Double)
    switch function {
    case .abs: parts = (0, 1)
    case .relu: parts = (0.5, 0.5)
    case .leakyReLU(let slope): parts = ((1 + slope) / 2, (1 - slope) / 2)
    default: return nil
    }
    return SquareRoot(
      slope: parts.slope, scale: parts.scale, degree: max(record.degree, 1) / 2,
      bound: record.upper * record.upper)
  }
}
