import Testing

@testable import RangeStatistics

@Suite("What ReLU makes of a site's values")
struct RectifiedTallyTests {
  /// Records values, and their ReLU by a naive recorder, in blocks of two samples, the later first.
  private func compare(
    _ values: [Float], channels: Int, valuesPerSample: Int, set: InstructionSet,
    rectifier: Rectifier?, sumsAreExact: Bool = true,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let recorder = SiteRecorder(
      channels: channels, valuesPerSample: valuesPerSample, tracksReLU: true, set: set)
    let plain = SiteRecorder(channels: channels, valuesPerSample: valuesPerSample, set: set)
    var reference = ReferenceRecorder(channels: channels, valuesPerSample: valuesPerSample)
    let block = 2 * valuesPerSample
    for start in stride(from: 0, to: values.count, by: block).reversed() {
      let part = Array(values[start..<min(start + block, values.count)])
      let sample = start / valuesPerSample
      record(part, firstSample: sample, by: recorder, rectifier: rectifier)
      record(part, firstSample: sample, by: plain, rectifier: rectifier)
      reference.record(part.map { Rectifier()($0) }, firstSample: sample)
    }
    let seen = recorder.snapshot()
    #expect(seen == plain.snapshot(), sourceLocation: sourceLocation)
    let rectified = recorder.rectified(seen)
    #expect(reference.differences(from: rectified) == [], sourceLocation: sourceLocation)
    if sumsAreExact {
      #expect(reference.differencesOfSums(from: rectified) == [], sourceLocation: sourceLocation)
    }
  }

  @Test(
    "Statistics of ReLU follow from those of its input, rectified in place or not.",
    arguments: InstructionSet.supported)
  func ordinaryValues(set: InstructionSet) {
    var generator = SplitMix64(seed: 31)
    for (channels, positions) in [(1, 40), (3, 17), (16, 9), (20, 3), (256, 2), (300, 1)] {
      let length = channels * positions
      let values = (0..<7 * length).map { _ in generator.dyadic() }
      for rectifier in [nil, Rectifier(), Rectifier(negativeSlope: 0.5)] {
        compare(
          values, channels: channels, valuesPerSample: length, set: set, rectifier: rectifier)
      }
    }
  }

  @Test("All instruction sets give the same bits, sums that need rounding included.")
  func instructionSetsAgree() {
    var generator = SplitMix64(seed: 33)
    for (channels, positions) in [(3, 4000), (16, 900), (24, 500), (64, 200), (300, 40)] {
      let values = (0..<3 * channels * positions).map { _ in Float(generator.normal()) }
      let all = InstructionSet.supported.flatMap { set in
        [nil, Rectifier(), Rectifier(negativeSlope: 0.5)].map { rectifier in
          let recorder = SiteRecorder(
            channels: channels, valuesPerSample: channels * positions, tracksReLU: true, set: set)
          record(values, by: recorder, rectifier: rectifier)
          return recorder.rectified(recorder.snapshot())
        }
      }
      #expect(all.allSatisfy { $0 == all[0] }, "\(channels) channels")
    }
  }

  @Test("So they do where all values, all but a few, or none are negative, or zero.")
  func onesidedValues() {
    var generator = SplitMix64(seed: 32)
    let base = (0..<6 * 50).map { _ in abs(generator.dyadic()) + 1 }
    for negatives in [0, 1, 5, 31, 32, 33, 295, 300] {
      var values = base
      for index in 0..<negatives { values[index * 7 % 300] *= index % 5 == 0 ? 0 : -1 }
      compare(
        values, channels: 5, valuesPerSample: 50, set: .best, rectifier: Rectifier())
    }
  }

  @Test("NaN, infinities, -0 and subnormals are told apart.")
  func specials() {
    var generator = SplitMix64(seed: 33)
    for special in specialValues {
      for place in [0, 16, 41] {
        var values = (0..<4 * 48).map { _ in generator.dyadic() }
        values[place] = special
        values[100] = -.infinity
        compare(
          values, channels: 3, valuesPerSample: 48, set: .best, rectifier: Rectifier(),
          sumsAreExact: false)
      }
    }
    // A sample that has nothing but −∞ has a zero; one that has nothing but NaN has nothing.
    compare(
      [Float](repeating: -.infinity, count: 4) + [Float](repeating: .nan, count: 4), channels: 2,
      valuesPerSample: 4, set: .best, rectifier: Rectifier())
  }
}
