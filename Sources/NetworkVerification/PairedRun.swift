import ForwardPass
import NetworkGraph
import PolynomialApproximation

/// One worker: the exact and the polynomial network, side by side.
final class PairedRun: @unchecked Sendable {
  typealias Fill = (Range<Int>, Int, UnsafeMutableBufferPointer<Float>) throws -> Void

  private let exact: Executor
  private let polynomial: Executor
  private let reference: ReferenceObserver
  private let comparison: ComparingObserver
  private let intervals: [Interval?]
  private let labels: [Int]?
  /// The output whose greatest number is the class, if there is one.
  private let classes: Int?
  private var exactOutputs: [[Float]]
  private var polynomialOutputs: [[Float]]

  /// - Parameter labels: The class of every input.
  init(
    _ exact: ExecutionPlan, _ polynomial: ExecutionPlan, intervals: [Interval?], softmax: Int?,
    classes: Int?, labels: [Int]?
  ) throws {
    self.exact = try Executor(exact)
    self.polynomial = try Executor(polynomial)
    self.intervals = intervals
    self.classes = classes
    self.labels = labels
    reference = ReferenceObserver(exact)
    comparison = ComparingObserver(exact, reference: reference, softmax: softmax)
    exactOutputs = exact.outputShapes.map { _ in [] }
    polynomialOutputs = exactOutputs
  }

  /// Runs some inputs through both networks.
  func run(_ samples: Range<Int>, fill: Fill) throws -> Tally {
    var tally = Tally(sites: intervals.count, outputs: exactOutputs.count)
    let batch = exact.plan.samplesPerBatch
    for start in stride(from: samples.lowerBound, to: samples.upperBound, by: batch) {
      let part = start..<min(start + batch, samples.upperBound)
      reference.beginBatch(part)
      comparison.beginBatch(part)
      try exact.run(samples: part, fill: fill, observer: reference) { _, output, values in
        exactOutputs[output] = Array(values)
      }
      try polynomial.run(samples: part, fill: fill, observer: comparison) { _, output, values in
        polynomialOutputs[output] = Array(values)
      }
      let yardsticks = intervals.indices.map { intervals[$0] ?? comparison.exactRange(site: $0) }
      for place in 0..<part.count {
        add(place, sample: start + place, of: part.count, yardsticks, to: &tally)
      }
    }
    return tally
  }

  /// Adds one input of a batch to a tally.
  ///
  /// - Parameter yardsticks: What reach is measured by: the interval, or where there is none the
  ///   range of the exact network's values in the batch.
  private func add(
    _ place: Int, sample: Int, of batch: Int, _ yardsticks: [Interval?], to tally: inout Tally
  ) {
    var (isInside, firstEscape, blowUp) = (true, Int?.none, (site: Int, reach: Double)?.none)
    for (site, interval) in intervals.enumerated() {
      let look = comparison.looks[site][place]
      guard look.sums.values > 0, look.isComparable else { continue }
      let reach =
        look.isFinite ? yardsticks[site]?.reach(of: look.polynomial) ?? 0 : Double.infinity
      if let interval {
        if !interval.contains(look.exact) {
          tally.sites[site].exactEscapes += 1
          isInside = false
        }
        if !look.isFinite || !interval.contains(look.polynomial) {
          tally.sites[site].escapes += 1
          tally.sites[site].firstEscapes.append(sample)
          firstEscape = firstEscape ?? site
        }
        tally.sites[site].reach = max(tally.sites[site].reach, reach)
      }
      if reach > Verification.blowUpFactor, blowUp == nil { blowUp = (site, reach) }
    }
    tally.inputs += 1
    tally.inside += isInside ? 1 : 0
    tally.escaped += firstEscape == nil ? 0 : 1
    if let blowUp {
      tally.blownUp += 1
      tally.blownUpInside += isInside ? 1 : 0
      tally.sites[blowUp.site].blowUps += 1
      tally.blowUps.append(
        Tally.BlowUp(
          sample: sample, site: blowUp.site, reach: blowUp.reach, firstEscape: firstEscape,
          isInside: isInside))
    } else {
      addDifferences(place, of: batch, to: &tally)
    }
    addClasses(place, sample: sample, of: batch, isInside: isInside, to: &tally)
  }

  private func addDifferences(_ place: Int, of batch: Int, to tally: inout Tally) {
    for site in intervals.indices {
      let look = comparison.looks[site][place]
      guard look.isComparable else { continue }
      tally.sites[site].sums += look.sums
    }
    for output in exactOutputs.indices {
      for (x, y) in zip(
        values(exactOutputs[output], place, batch), values(polynomialOutputs[output], place, batch))
      {
        let difference = Double(y) - Double(x)
        guard difference.isFinite else { continue }
        tally.outputs[output].values += 1
        tally.outputs[output].squaredDifference += difference * difference
        tally.outputs[output].maximumError = max(
          tally.outputs[output].maximumError, abs(difference))
      }
    }
    if comparison.divergences.indices.contains(place), comparison.divergences[place].isFinite {
      tally.divergences += 1
      tally.divergence += comparison.divergences[place]
      tally.greatestDivergence = max(tally.greatestDivergence, comparison.divergences[place])
    }
  }

  private func addClasses(
    _ place: Int, sample: Int, of batch: Int, isInside: Bool, to tally: inout Tally
  ) {
    guard let classes else { return }
    let exact = Self.greatest(values(exactOutputs[classes], place, batch))
    let polynomial = Self.greatest(values(polynomialOutputs[classes], place, batch))
    if exact == polynomial {
      tally.agreeing += 1
      tally.agreeingInside += isInside ? 1 : 0
    }
    if let label = labels?[sample] {
      tally.exactCorrect += exact == label ? 1 : 0
      tally.polynomialCorrect += polynomial == label ? 1 : 0
    }
  }

  private func values(_ output: [Float], _ place: Int, _ batch: Int) -> ArraySlice<Float> {
    let each = output.count / batch
    return output[place * each..<(place + 1) * each]
  }

  /// The place of the greatest number, the first of equal ones; −1 if one is NaN.
  private static func greatest(_ values: ArraySlice<Float>) -> Int {
    if values.contains(where: \.isNaN) { return -1 }
    var best = values.startIndex
    for index in values.indices where values[index] > values[best] { best = index }
    return best - values.startIndex
  }
}

extension Interval {
  fileprivate func contains(_ range: (lower: Float, upper: Float)) -> Bool {
    lower <= Double(range.lower) && Double(range.upper) <= upper
  }

  /// The greatest distance of a range's ends from the centre, in half-widths.
  fileprivate func reach(of range: (lower: Float, upper: Float)) -> Double {
    max(abs(unitCoordinate(of: Double(range.lower))), abs(unitCoordinate(of: Double(range.upper))))
  }
}
