/// The degrees of a composite's stages, and which sets of them are tried.
enum StageDegrees {
  /// The degrees that use their depth well: those just below a power of two, and the largest ones
  /// of the next depth in common libraries (heuristic).
  private static let natural = [3, 5, 7, 9, 13, 15, 27, 31]

  /// The stages of a set, at most (heuristic: more than six 3s pay off for no accuracy in use).
  private static let stageLimit = 4

  /// Every set, in ascending order inside; the sets in ascending order of depth, then of
  /// multiplications, then of descending degree.
  static let sets: [[Int]] = {
    var sets: [[Int]] = []
    var longest: [[Int]] = [[]]
    for _ in 0..<stageLimit {
      longest = longest.flatMap { set in natural.filter { $0 >= set.last ?? 0 }.map { set + [$0] } }
      sets += longest
    }
    return sets.map { ($0, cost(of: $0)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
  }()

  /// Returns the set of the highest degree up to `degree`, and the cheapest of those.
  static func filling(_ degree: Int) -> [Int] {
    let fitting = sets.filter { product($0) <= degree }
    let highest = fitting.map(product).max()
    return fitting.first { product($0) == highest } ?? [1]
  }

  static func product(_ degrees: [Int]) -> Int { degrees.reduce(1, *) }

  private static func cost(of degrees: [Int]) -> [Int] {
    let costs = degrees.map { EvaluationCost(degree: $0) }
    return [
      costs.map(\.multiplicativeDepth).reduce(0, +),
      costs.map(\.nonScalarMultiplications).reduce(0, +), -product(degrees),
    ]
  }
}
