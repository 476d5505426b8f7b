import PolynomialApproximation

/// What some inputs in a row showed.
struct Tally: Sendable {
  struct Site: Sendable {
    var sums = DifferenceSums()
    var exactEscapes = 0
    var escapes = 0
    var reach = 0.0
    var firstEscapes: [Int] = []
    var blowUps = 0
  }

  struct Output: Sendable {
    var values = 0
    var squaredDifference = 0.0
    var maximumError = 0.0
  }

  struct BlowUp: Sendable {
    let sample: Int
    let site: Int
    let reach: Double
    let firstEscape: Int?
    let isInside: Bool
  }

  var inputs = 0
  var inside = 0
  var escaped = 0
  var blownUp = 0
  var blownUpInside = 0
  var agreeing = 0
  var agreeingInside = 0
  var exactCorrect = 0
  var polynomialCorrect = 0
  var divergences = 0
  var divergence = 0.0
  var greatestDivergence = 0.0
  var blowUps: [BlowUp] = []
  var sites: [Site]
  var outputs: [Output]

  init(sites: Int, outputs: Int) {
    self.sites = Array(repeating: Site(), count: sites)
    self.outputs = Array(repeating: Output(), count: outputs)
  }

  /// Adds what the inputs that follow showed.
  mutating func append(_ next: Tally) {
    inputs += next.inputs
    inside += next.inside
    escaped += next.escaped
    blownUp += next.blownUp
    blownUpInside += next.blownUpInside
    agreeing += next.agreeing
    agreeingInside += next.agreeingInside
    exactCorrect += next.exactCorrect
    polynomialCorrect += next.polynomialCorrect
    divergences += next.divergences
    divergence += next.divergence
    greatestDivergence = max(greatestDivergence, next.greatestDivergence)
    blowUps = Array((blowUps + next.blowUps).prefix(Verification.blowUpsListed))
    for index in sites.indices { sites[index].append(next.sites[index]) }
    for index in outputs.indices { outputs[index].append(next.outputs[index]) }
  }
}

extension Tally.Site {
  fileprivate mutating func append(_ next: Self) {
    sums += next.sums
    exactEscapes += next.exactEscapes
    escapes += next.escapes
    reach = max(reach, next.reach)
    firstEscapes = Array((firstEscapes + next.firstEscapes).prefix(Verification.escapesListed))
    blowUps += next.blowUps
  }
}

extension Tally.Output {
  fileprivate mutating func append(_ next: Self) {
    values += next.values
    squaredDifference += next.squaredDifference
    maximumError = max(maximumError, next.maximumError)
  }
}
