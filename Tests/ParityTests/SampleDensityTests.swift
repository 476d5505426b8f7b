import ForwardPass
import Foundation
import ModelImport
import PolynomialApproximation
import RangeRecommendation
import RangeStatistics
import TestSupport
import Testing

@Suite("Density-weighted fits on the sample models")
struct SampleDensityTests {
  private static let degree = 7

  @Test(
    "They beat minimax on every site's own values, and stay within the stated factor of it.",
    arguments: Folders.sampleNames)
  func everySite(name: String) throws {
    let folder = Folders.samples.appending(path: name)
    let reference = try KerasReference(sample: folder)
    let plan = try ExecutionPlan(
      try KerasModel(reading: folder.appending(path: "model.h5").path).graph())
    let collector = Collector(sites: plan.sites.count)
    try Executor(plan).run(
      samples: 0..<8, fill: { try reference.inputs[$1].read(samples: $0, into: $2) },
      observer: collector)
    var compared = 0
    for (site, values) in zip(plan.sites, collector.values) {
      guard let function = try? TargetFunction("\(site.function)"),
        let least = values.min(), let largest = values.max()
      else { continue }
      var histogram = BFloat16Histogram()
      for value in values { histogram.add(value) }
      let density = try #require(Density(histogram))
      let interval = Interval(lower: Double(least), upper: Double(largest))
      let best = try Fit(of: function, on: interval, degree: Self.degree)
      let fit = try Fit(
        of: function, on: interval, degree: Self.degree, method: .density, density: density)
      let mean = { (fit: Fit) in
        density.rootMeanSquare(on: interval) { fit.approximant($0) - function($0) }
      }
      print(
        "\(name) \(site.name): RMS \(mean(fit)), minimax \(mean(best)); largest error "
          + "\(fit.supremumError), minimax \(best.supremumError)")
      #expect(mean(fit) < mean(best), "\(site.name)")
      // Two searches for the same peak differ by less than 1e-6 of it.
      #expect(
        fit.supremumError <= Fit.guardFactor * best.supremumError * (1 + 1e-6), "\(site.name)")
      compared += 1
    }
    #expect(compared > 0)
  }
}
