import Foundation
import NetworkVerification
import PolynomialApproximation
import RangeRecommendation
import TestSupport
import Testing

@Suite("A polynomial network beside the exact one")
struct VerifierTests {
  /// Single precision rounds each pre-activation, of size below 10, to about 1e-6.
  private static let rounding = 2e-6

  @Test("All figures are those of nested loops.")
  func figures() throws {
    let (network, set) = (try SmallNetwork(), try SmallNetwork.polynomials(degree: 1))
    let samples = SmallNetwork.samples(70)
    let labels = (0..<70).map { $0 % 3 }
    let found = try network.verifier(set, samples, labels: labels).run(threads: 2)

    let (sigmoid, relu) = (set.sites[0].polynomial.approximant, set.sites[1].polynomial.approximant)
    let exact = samples.map {
      SmallNetwork.values($0, sigmoid: { 1 / (1 + exp(-$0)) }, relu: { max($0, 0) })
    }
    let polynomial = samples.map {
      SmallNetwork.values($0, sigmoid: { sigmoid($0) }, relu: { relu($0) })
    }
    func isNear(_ found: Double?, _ expected: Double) -> Bool {
      found.map { abs($0 - expected) <= Self.rounding } ?? false
    }
    for site in 0..<3 {
      let (x, p) = (exact.flatMap { $0.sites[site] }, polynomial.flatMap { $0.sites[site] })
      let squares = zip(x, p).reduce(0.0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let mean = x.reduce(0, +) / Double(x.count)
      let variance = x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
      let difference = (squares / Double(x.count)).squareRoot()
      #expect(isNear(found.sites[site].rootMeanSquareDifference, difference))
      #expect(isNear(found.sites[site].errorGrowth, difference / variance.squareRoot()))
    }
    let errors = zip(exact, polynomial).flatMap { x, p in zip(x.output, p.output).map { $0 - $1 } }
    #expect(isNear(found.outputs[0].maximumError, errors.map(abs).max()!))
    #expect(
      isNear(
        found.outputs[0].rootMeanSquareError,
        (errors.reduce(0) { $0 + $1 * $1 } / Double(errors.count)).squareRoot()))
    let divergences = zip(exact, polynomial).map { x, p in
      zip(x.output, p.output).reduce(0.0) { $0 + $1.0 * log($1.0 / $1.1) }
    }
    #expect(isNear(found.divergence?.mean, divergences.reduce(0, +) / 70))
    #expect(isNear(found.divergence?.maximum, divergences.max()!))

    func greatest(_ x: [Double]) -> Int { x.indices.max { x[$0] < x[$1] }! }
    let classes = (exact.map { greatest($0.output) }, polynomial.map { greatest($0.output) })
    let agreeing = zip(classes.0, classes.1).count { $0 == $1 }
    #expect(0 < agreeing && agreeing < 70)
    #expect(found.agreement?.agreeing == agreeing)
    #expect(found.accuracy?.exact == Double(zip(classes.0, labels).count { $0 == $1 }) / 70)
    #expect(found.accuracy?.polynomial == Double(zip(classes.1, labels).count { $0 == $1 }) / 70)
    #expect(found.kept == ["c/softmax"])
    #expect(found.depth.total == 2 && found.depth.criticalPath == 2)
  }

  @Test("Inputs that leave an interval are counted and listed, in either network.")
  func escapes() throws {
    let set = try SmallNetwork.polynomials(sigmoid: -1.5...1.25, relu: -0.75...1.5)
    let samples = SmallNetwork.samples(40)
    let found = try SmallNetwork().verifier(set, samples).run(threads: 1)
    let approximants = set.sites.map(\.polynomial.approximant)
    var (escapes, exactEscapes) = ([[Int]](repeating: [], count: 2), [0, 0])
    var (inside, reach) = (0, [0.0, 0.0])
    for (index, sample) in samples.enumerated() {
      let exact = SmallNetwork.values(
        sample, sigmoid: { 1 / (1 + exp(-$0)) }, relu: { max($0, 0) })
      let polynomial = SmallNetwork.values(
        sample, sigmoid: { approximants[0]($0) }, relu: { approximants[1]($0) })
      var isInside = true
      for site in 0..<2 {
        let interval = set.sites[site].polynomial.interval
        if !exact.sites[site].allSatisfy(interval.contains) {
          exactEscapes[site] += 1
          isInside = false
        }
        if !polynomial.sites[site].allSatisfy(interval.contains) { escapes[site].append(index) }
        for value in polynomial.sites[site] {
          reach[site] = max(reach[site], abs(interval.unitCoordinate(of: value)))
        }
      }
      inside += isInside ? 1 : 0
    }
    for site in 0..<2 {
      #expect(!escapes[site].isEmpty && exactEscapes[site] > 0)
      #expect(found.sites[site].escapes == escapes[site].count)
      #expect(found.sites[site].firstEscapes == Array(escapes[site].prefix(5)))
      #expect(found.sites[site].exactEscapes == exactEscapes[site])
      #expect(abs((found.sites[site].reach ?? 0) - reach[site]) < 1e-4)
    }
    #expect(found.escapes.inside == inside)
    #expect(found.escapes.escaped == Set(escapes.joined()).count)
  }

  @Test("An input that blows up is traced to the site where it left the interval.")
  func blowUps() throws {
    let set = try SmallNetwork.polynomials(sigmoid: -1...1, degree: 9)
    var samples = SmallNetwork.samples(30, scale: 0.3)
    samples[11] = [3, -4]
    let found = try SmallNetwork().verifier(set, samples).run(threads: 2)
    #expect(found.escapes.blownUp == 1)
    #expect(found.escapes.blownUpInside == 0)
    let blowUp = try #require(found.blowUps.first)
    #expect(blowUp.sample == 11)
    #expect(blowUp.firstEscape == "a/sigmoid")
    #expect(blowUp.site == "b/relu")
    #expect(!blowUp.isInside)
    #expect(try #require(blowUp.reach) > Verification.blowUpFactor)
    #expect(found.sites.map(\.blowUps) == [0, 1, 0])
    // The figures are those of the others.
    #expect(try #require(found.outputs[0].maximumError) < 0.2)
  }

  @Test("A number that is not finite is a blow-up, and missing in the file.")
  func infinite() throws {
    let set = try SmallNetwork.polynomials(sigmoid: -1...1, degree: 63)
    let found = try SmallNetwork().verifier(set, [[0.1, 0.1], [3, 4]]).run(threads: 1)
    #expect(found.blowUps.map(\.sample) == [1])
    #expect(found.blowUps[0].site == "b/relu")
    #expect(found.blowUps[0].reach == nil)
    #expect(found.agreement?.agreeing == 1)
    #expect(try Verification(json: found.json(), name: "v.json") == found)
  }

  @Test("Where nothing is replaced nothing differs.")
  func nothing() throws {
    let set = try SmallNetwork.polynomials()
    let empty = try PolynomialSet(
      Recommendation.stub(digest: SmallNetwork.digest, [("a/sigmoid", "sigmoid", -1...1)], nil))
    let found = try SmallNetwork().verifier(empty, SmallNetwork.samples(20)).run(threads: 1)
    #expect(found.agreement?.share == 1)
    #expect(found.outputs[0].maximumError == 0)
    #expect(found.divergence?.maximum == 0)
    #expect(found.sites.allSatisfy { $0.errorGrowth == 0 })
    #expect(found.accuracy == nil)

    let one = try SmallNetwork().verifier(set, SmallNetwork.samples(20), only: ["b/relu"])
      .run(threads: 1)
    #expect(one.sites.map(\.isReplaced) == [false, true, false])
    #expect(one.sites[1].errorGrowth == 0)
    #expect(try #require(one.sites[2].errorGrowth) > 0)
  }

  @Test("The file does not depend on the number of workers.")
  func threads() throws {
    let set = try SmallNetwork.polynomials(sigmoid: -1.5...1.25, relu: -0.75...1.5)
    let verifier = try SmallNetwork().verifier(set, SmallNetwork.samples(600))
    #expect(try verifier.run(threads: 1).json() == verifier.run(threads: 3).json())
  }

  @Test(
    "What is written is valid, and has every key of the schema.",
    .enabled(if: Schemas.canValidate, "python3 cannot import jsonschema (pip install jsonschema)"))
  func schema() throws {
    let set = try SmallNetwork.polynomials(sigmoid: -1...1, degree: 9)
    var samples = SmallNetwork.samples(30)
    samples[11] = [3, -4]
    let labels = samples.map { _ in 1 }
    let json = try SmallNetwork().verifier(set, samples, labels: labels).run(threads: 1).json()
    #expect(try Schemas.faults(json, "verification") == "")
    let written = Schemas.keys(try JSONSerialization.jsonObject(with: json))
    #expect(try Schemas.properties("verification").symmetricDifference(written) == [])
    let edited = String(decoding: json, as: UTF8.self)
      .replacing("\"blow_ups\"", with: "\"explosions\"")
    #expect(try Schemas.faults(Data(edited.utf8), "verification") != "")
  }
}
