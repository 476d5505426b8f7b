import Foundation
import PolynomialApproximation
import Testing

/// Minimax errors against those that Sollya's remez finds in the same run.
///
/// A tenth of the table unless the environment says `SOLLYA=all` (`make sollya`).
@Suite(
  "Minimax errors against Sollya",
  .enabled(if: Sollya.isInstalled, "sollya is not installed (apt-get install sollya)"))
struct SollyaTests {
  @Test("Every error above 1e-12 agrees to 1e-6.")
  func table() throws {
    let all = SollyaCase.table
    #expect(all.count >= 300)
    let isWhole = ProcessInfo.processInfo.environment["SOLLYA"] == "all"
    let cases = isWhole ? all : stride(from: 0, to: all.count, by: 10).map { all[$0] }
    let errors = try Sollya.errors(cases)
    var (compared, largest) = (0, 0.0)
    for (row, error) in zip(cases, errors) where error > 1e-12 {
      let fit = try Fit(of: row.function, on: row.interval, degree: row.degree)
      let level = try #require(fit.equioscillation).levelledError
      let difference = abs(level / error - 1)
      // Where the values are above 1 and the error near 1e-12, their rounding is more than 1e-6 of it.
      let size = max(
        abs(row.function(row.interval.lower)), abs(row.function(row.interval.upper)), 1)
      let rounding = 4 * Double.ulpOfOne * size / error
      #expect(difference <= max(1e-6, rounding), "\(row): \(level) instead of \(error)")
      #expect(abs(fit.supremumError / error - 1) <= 1e-6 + 8 * rounding, "\(row)")
      compared += 1
      if rounding < 1e-6 { largest = max(largest, difference) }
    }
    #expect(compared >= cases.count * 2 / 3)
    print("\(compared) of \(cases.count) errors are above 1e-12; largest difference \(largest)")
  }
}

/// A fit that Sollya makes too.
struct SollyaCase: CustomStringConvertible {
  let function: TargetFunction
  /// The function as Sollya reads it.
  let formula: String
  let interval: Interval
  let degree: Int
  /// Of |x| and relu Sollya gets the even part, √x on [0, B²] with half the degree, and the factor
  /// of √x in the function.
  var root: Double?

  var description: String { "\(function) on \(interval), degree \(degree)" }

  static let smooth: [(TargetFunction, String)] = [
    (.sigmoid, "1/(1+exp(-x))"), (.tanh, "tanh(x)"), (.softplus, "log1p(exp(x))"),
    (.silu, "x/(1+exp(-x))"), (.gelu, "x*erfc(-x/sqrt(2))/2"),
    (.geluTanh, "x*(1+tanh(sqrt(2/pi)*(x+0.044715*x^3)))/2"), (.mish, "x*tanh(log1p(exp(x)))"),
    (.logSigmoid, "-log1p(exp(-x))"), (.tanhShrink, "x-tanh(x)"),
    (.squareplus, "(x+sqrt(x^2+4))/2"), (.exp, "exp(x)"), (.sin, "sin(x)"), (.erf, "erf(x)"),
  ]

  static let positive: [(TargetFunction, String)] = [
    (.sqrt, "sqrt(x)"), (.rsqrt, "1/sqrt(x)"), (.reciprocal, "1/x"),
    (.power(exponent: -0.75), "x^(-3/4)"),
  ]

  /// Odd, even, symmetric and asymmetric, from 1 to 63.
  static let table: [SollyaCase] = {
    var table: [SollyaCase] = []
    func add(
      _ functions: [(TargetFunction, String)], _ ranges: [ClosedRange<Double>], _ degrees: [Int]
    ) {
      for (function, formula) in functions {
        for range in ranges {
          for degree in degrees {
            // On symmetric intervals a best polynomial of one degree more is the same, and Sollya
            // does not find it.
            let isSymmetric = range.lowerBound == -range.upperBound
            let parity = function.symmetry?.parity
            if isSymmetric, parity == .odd && degree % 2 == 0 { continue }
            if isSymmetric, parity == .even && degree % 2 == 1 { continue }
            table.append(
              SollyaCase(
                function: function, formula: formula, interval: Interval(range), degree: degree))
          }
        }
      }
    }
    add(smooth, [-8...8], [1, 2, 3, 4, 7, 8, 15, 16, 31, 32])
    add(smooth, [-3...7, -5...1.5], [1, 2, 4, 7, 10, 15, 20, 27, 31])
    add(smooth.filter { $0.0 != .exp }, [-20...20], [7, 8, 27, 28, 63, 62])
    add(positive, [0.5...8, 1...3], [1, 2, 5, 8, 13, 20])
    for (function, bound, factor) in [(TargetFunction.abs, 1.0, 1.0), (.relu, 10, 0.5)] {
      for degree in [2, 4, 8, 12, 16, 24, 32] {
        table.append(
          SollyaCase(
            function: function, formula: "sqrt(x)", interval: Interval(-bound...bound),
            degree: degree, root: factor))
      }
    }
    return table
  }()
}

enum Sollya {
  static let isInstalled = (try? run("quit;")) != nil

  /// Returns the errors that Sollya finds, in one process, with a quality of 1e-10.
  static func errors(_ cases: [SollyaCase]) throws -> [Double] {
    let lines = cases.map { row -> String in
      let (lower, upper) = (row.interval.lower, row.interval.upper)
      guard let root = row.root else {
        return "go(\(row.formula), \(row.degree), [\(lower);\(upper)], 1);"
      }
      return "go(\(row.formula), \(row.degree / 2), [0;\(upper * upper)], \(root));"
    }
    let script =
      """
      verbosity = 0!; display = decimal!; prec = 200!;
      procedure go(f, n, I, w) {
        var p;
        p = remez(f, n, I, 1, 1e-10);
        print(round(w * dirtyinfnorm(p - f, I), D, RN));
      };

      """ + lines.joined(separator: "\n") + "\nquit;\n"
    let output = try run(script)
    let errors = output.split(separator: "\n").map { Double($0) ?? .nan }
    try #require(errors.count == cases.count, "\(output.suffix(300))")
    return errors
  }

  private static func run(_ script: String) throws -> String {
    let file = FileManager.default.temporaryDirectory
      .appending(path: "\(UUID().uuidString).sollya")
    try Data(script.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sollya", file.path]
    let pipe = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableNotLoadable) }
    return String(decoding: output, as: UTF8.self)
  }
}
