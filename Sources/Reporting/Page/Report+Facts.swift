extension Report {
  /// The figures under the headline.
  struct Facts: Encodable {
    let inputs: Int
    let sites: Int
    /// Finite ones.
    let values: UInt64
    let highestDegree: Int?
    let totalDepth: Int?
    let escapeProbability: Double?

    /// As people read them.
    var shown: [PageView.Fact] {
      func fact(_ term: String, _ value: String?) -> PageView.Fact? {
        value.map { PageView.Fact(term: term, value: $0) }
      }
      return [
        fact("inputs", inputs.text), fact("sites", sites.text), fact("values", values.text),
        fact("highest degree", highestDegree?.text), fact("total depth", totalDepth?.text),
        fact("escape probability", escapeProbability?.percent),
      ].compactMap { $0 }
    }
  }

  var facts: Facts {
    let degrees = sites.compactMap(\.degree)
    return Facts(
      inputs: profile.sampleCount, sites: sites.count,
      values: sites.reduce(0) { $0 + $1.statistics.count }, highestDegree: degrees.max(),
      totalDepth: degrees.isEmpty ? nil : sites.compactMap(\.depth).reduce(0, +),
      escapeProbability: policy?.escapeProbability)
  }
}
