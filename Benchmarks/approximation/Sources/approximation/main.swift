import Foundation
import PolynomialApproximation

// The time of fits, beside Sollya's remez and NumPy's Chebyshev interpolation in the same run.
// Needs sollya and python3 with numpy. Times are the best of several rounds, in seconds, on one core.

/// Returns the least time of one call in `rounds` rounds of `calls` calls.
func seconds(rounds: Int = 7, calls: Int = 1, _ body: () throws -> Void) rethrows -> Double {
  let clock = ContinuousClock()
  var best = Double.infinity
  for _ in 0..<rounds {
    let time = try clock.measure { for _ in 0..<calls { try body() } }
    best = min(best, time / .seconds(1) / Double(calls))
  }
  return best
}

/// Runs a program with a script as its input file, and returns the numbers that it prints.
func numbers(_ program: [String], script: String, suffix: String) throws -> [Double] {
  let file = FileManager.default.temporaryDirectory.appending(
    path: "\(UUID().uuidString).\(suffix)")
  try Data(script.utf8).write(to: file)
  defer { try? FileManager.default.removeItem(at: file) }
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = program + [file.path]
  let pipe = Pipe()
  process.standardInput = FileHandle.nullDevice
  process.standardOutput = pipe
  try process.run()
  let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    .compactMap { Double($0) }
}

func line(_ name: String, _ value: Double, _ unit: String) {
  let padded = name.padding(toLength: 62, withPad: " ", startingAt: 0)
  print(padded, String(format: "%.4g", value), unit)
}

let wide = Interval(-8...8)

let sollya = try numbers(
  ["sollya"],
  script: """
    verbosity = 0!; display = decimal!;
    f = 1/(1+exp(-x));
    for i from 1 to 7 do {
      t = time({ p = remez(f, 31, [-8;8], 1, 1e-10); });
      print(round(t, D, RN), round(dirtyinfnorm(p - f, [-8;8]), D, RN));
    };
    quit;
    """, suffix: "sollya")
var sigmoid: Fit?
let ours = try seconds(calls: 50) { sigmoid = try Fit(of: .sigmoid, on: wide, degree: 31) }
line("sigmoid ±8, degree 31, minimax: ours", ours * 1e3, "ms")
line("  error", sigmoid!.supremumError, "")
if sollya.count == 14 {
  let theirs = stride(from: 0, to: 14, by: 2).map { sollya[$0] }.min()!
  line("  Sollya's remez", theirs * 1e3, "ms")
  line("  error", sollya[1], "")
  line("  ratio (at least 50 is wanted)", theirs / ours, "times")
} else {
  print("  sollya is not installed: no comparison")
}

let relu = try seconds(calls: 5) { _ = try Fit(of: .relu, on: Interval(-1...1), degree: 128) }
line("relu ±1, degree 128, minimax (below 20 is wanted)", relu * 1e3, "ms")

let functions: [TargetFunction] = [.sigmoid, .tanh, .gelu, .silu, .softplus, .relu, .exp, .mish]
let intervals = [wide, Interval(-3...7), Interval(-1...2)]
let each = try seconds {
  for function in functions {
    for interval in intervals { _ = try Fit(of: function, on: interval, degree: 15) }
  }
}
line(
  "minimax of degree 15, 24 fits (1000 wanted)",
  Double(functions.count * intervals.count) / each, "a second")

let interpolation = try seconds(calls: 50) {
  _ = try Fit(of: .sigmoid, on: wide, degree: 15, method: .chebyshev)
}
line("sigmoid ±8, degree 15, Chebyshev, error measured: ours", interpolation * 1e6, "µs")
let numpy = try numbers(
  ["python3"],
  script: """
    import timeit
    import numpy as np
    f = lambda t: 1 / (1 + np.exp(-8 * t))
    times = timeit.repeat(lambda: np.polynomial.chebyshev.chebinterpolate(f, 15), number=50, repeat=7)
    print(min(times) / 50)
    """, suffix: "py")
if let theirs = numpy.first {
  line("  NumPy's chebinterpolate, error not measured", theirs * 1e6, "µs")
  line("  ratio", theirs / interpolation, "times")
} else {
  print("  python3 cannot import numpy: no comparison")
}
let density = Density(
  (-400...400).map { .init(x: Double($0) / 50, weight: exp(-Double($0 * $0) / 5000)) })
for method in [FitMethod.leastSquares, .density, .clampedTail, .rational] {
  let time = try seconds(calls: 5) {
    _ = try Fit(of: .gelu, on: wide, degree: 8, method: method, density: density)
  }
  line("gelu ±8, degree 8, \(method.rawValue)", time * 1e3, "ms")
}
let composite = try seconds {
  _ = try Fit(composing: [15, 15, 27], for: .relu, on: Interval(-1...1))
}
line("relu ±1, composite 15, 15, 27, split searched", composite * 1e3, "ms")
