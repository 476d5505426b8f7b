import RangeStatistics

/// Whether counts follow a law: Pearson's statistic over cells of five or more expected counts, and
/// how probable it is to be as great, by drawing from the law itself.
///
/// The draws make the test exact, up to their number, whatever the law's shape.
struct GoodnessOfFit {
  let probability: Double

  /// The draws of whole experiments.
  private static let draws = 4999

  init(_ counts: [Int], _ law: BetaBinomialDistribution, seed: UInt64) {
    let (cells, expected) = Self.cells(law, total: counts.count)
    func statistic(_ counts: [Int]) -> Double {
      var seen = [Double](repeating: 0, count: expected.count)
      for count in counts { seen[cells[count]] += 1 }
      return zip(seen, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) / $1.1 }
    }
    var cumulative = law.probabilities
    for index in cumulative.indices.dropFirst() { cumulative[index] += cumulative[index - 1] }
    var generator = SplitMix64(seed: seed)
    let found = statistic(counts)
    let greater = (0..<Self.draws).count { _ in
      let draw = counts.indices.map { _ in
        let place = Double(generator.next() >> 11) * 0x1p-53
        // The first count whose cumulative probability exceeds it.
        var (low, high) = (0, cumulative.count - 1)
        while low < high {
          let middle = (low + high) / 2
          if cumulative[middle] > place { high = middle } else { low = middle + 1 }
        }
        return low
      }
      // Equal statistics may differ by rounding.
      return statistic(draw) >= found * (1 - 1e-12)
    }
    probability = Double(greater + 1) / Double(Self.draws + 1)
  }

  /// Neighbouring counts joined into cells: the cell of each count, and what each cell expects.
  private static func cells(
    _ law: BetaBinomialDistribution, total: Int
  ) -> (cells: [Int], expected: [Double]) {
    var (cells, expected): ([Int], [Double]) = ([], [0])
    for probability in law.probabilities {
      if expected[expected.count - 1] >= 5 { expected.append(0) }
      cells.append(expected.count - 1)
      expected[expected.count - 1] += Double(total) * probability
    }
    // What is left at the end joins the cell before it.
    if expected.count > 1, expected[expected.count - 1] < 5 {
      let last = expected.count - 1
      expected[last - 1] += expected.removeLast()
      cells = cells.map { min($0, last - 1) }
    }
    return (cells, expected)
  }
}
