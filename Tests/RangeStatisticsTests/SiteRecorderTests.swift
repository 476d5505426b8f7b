import Testing

@testable import RangeStatistics

@Suite("Site recorder")
struct SiteRecorderTests {
  @Test(
    "Every instruction set records what a naive recorder sees, for every number of channels.",
    arguments: InstructionSet.supported)
  func agreesWithReference(set: InstructionSet) {
    var generator = SplitMix64(seed: 1)
    for channels in Array(1...40) + [255, 256, 300] {
      for positions in [1, 37] {
        let length = channels * positions
        let values = (0..<3 * length).map { _ in generator.dyadic() }
        let recorder = SiteRecorder(channels: channels, valuesPerSample: length, set: set)
        var reference = ReferenceRecorder(channels: channels, valuesPerSample: length)
        record(values, firstSample: 7, by: recorder)
        reference.record(values, firstSample: 7)
        let statistics = recorder.snapshot()
        #expect(reference.differences(from: statistics) == [], "\(channels) x \(positions)")
        #expect(reference.differencesOfSums(from: statistics) == [], "\(channels) x \(positions)")
      }
    }
  }

  @Test(
    "NaN, infinities, -0 and subnormals are told apart in every lane.",
    arguments: InstructionSet.supported)
  func specialValuesInEveryLane(set: InstructionSet) {
    var generator = SplitMix64(seed: 2)
    for (channels, positions) in [(1, 53), (3, 17), (10, 7), (16, 5), (20, 3), (64, 2)] {
      let length = channels * positions
      let recorder = SiteRecorder(channels: channels, valuesPerSample: length, set: set)
      var reference = ReferenceRecorder(channels: channels, valuesPerSample: length)
      var sample = 0
      for place in 0..<min(length, 34) {
        for special in specialValues {
          var values = (0..<2 * length).map { _ in generator.dyadic() }
          values[length + place] = special
          record(values, firstSample: sample, by: recorder)
          reference.record(values, firstSample: sample)
          sample += 2
        }
      }
      #expect(reference.differences(from: recorder.snapshot()) == [], "\(channels) channels")
    }
  }

  @Test(
    "Rows of values that share a bin are counted, and so are those in which one lane does not.",
    arguments: InstructionSet.supported)
  func valuesOfOneBin(set: InstructionSet) {
    var generator = SplitMix64(seed: 8)
    for channels in [1, 16, 20, 48, 300] {
      let length = channels * 40
      // From 1 to 1 + 2⁻⁷ is one bin.
      var values = (0..<4 * length).map { _ in 1 + Float(generator.next() % 8192) * 0x1p-20 }
      for row in 0..<17 { values[channels * row + row % channels] = row % 2 == 0 ? 1.5 : -1 }
      values.replaceSubrange(2 * length..<3 * length, with: repeatElement(0, count: length))
      values.replaceSubrange(3 * length..<4 * length, with: repeatElement(-0.0, count: length))
      let recorder = SiteRecorder(channels: channels, valuesPerSample: length, set: set)
      var reference = ReferenceRecorder(channels: channels, valuesPerSample: length)
      record(values, by: recorder)
      reference.record(values, firstSample: 0)
      #expect(reference.differences(from: recorder.snapshot()) == [], "\(channels) channels")
    }
  }

  @Test(
    "Values of which many are zeros of either sign are counted, however many, whatever else is done.",
    arguments: InstructionSet.supported)
  func manyZeros(set: InstructionSet) {
    var generator = SplitMix64(seed: 9)
    for channels in [1, 3, 16, 20, 48, 300] {
      for zeros in [1, 2, 4, 8] as [UInt64] {
        // More than 1,024 values, and an end that fills no vector.
        let length = channels * (1_100 / channels + 7)
        let values = (0..<3 * length).map { _ in
          generator.next() % 8 < zeros ? (generator.next() % 2 == 0 ? 0 : -0.0) : generator.dyadic()
        }
        for tracksReLU in [false, true] {
          let recorder = SiteRecorder(
            channels: channels, valuesPerSample: length, tracksReLU: tracksReLU, set: set)
          var reference = ReferenceRecorder(channels: channels, valuesPerSample: length)
          record(values, by: recorder)
          reference.record(values, firstSample: 0)
          #expect(
            reference.differences(from: recorder.snapshot()) == [], "\(channels), \(zeros) of 8")
        }
      }
    }
  }

  @Test(
    "Values of any magnitude are found in the histogram, alone and beside others.",
    arguments: InstructionSet.supported)
  func everyMagnitude(set: InstructionSet) {
    for exponent in 0...0xFF {
      // With 255 they are infinite or NaN, with 0 zero or subnormal.
      let first = UInt32(exponent) << 23
      for patterns in [[first], [first | 0x8000_0000, first | 0x7F_FFFF], [first, 0x3F80_0000]] {
        let values = (0..<48).map { Float(bitPattern: patterns[$0 % patterns.count]) }
        let recorder = SiteRecorder(channels: 16, valuesPerSample: 48, set: set)
        var reference = ReferenceRecorder(channels: 16, valuesPerSample: 48)
        record(values, by: recorder)
        reference.record(values, firstSample: 0)
        #expect(reference.differences(from: recorder.snapshot()) == [], "\(values[..<2])")
      }
    }
  }

  @Test("A value that is not finite leaves the sums of the others exact.")
  func sumsWithoutNonFinite() {
    var generator = SplitMix64(seed: 3)
    for set in InstructionSet.supported {
      let recorder = SiteRecorder(channels: 6, valuesPerSample: 6 * 50, set: set)
      var reference = ReferenceRecorder(channels: 6, valuesPerSample: 6 * 50)
      var values = (0..<6 * 50 * 4).map { _ in generator.dyadic() }
      for (index, special) in [(5, Float.nan), (77, .infinity), (700, -.infinity)] {
        values[index] = special
      }
      record(values, by: recorder)
      reference.record(values, firstSample: 0)
      #expect(reference.differencesOfSums(from: recorder.snapshot()) == [])
    }
  }

  @Test("All instruction sets give the same bits, sums that need rounding included.")
  func instructionSetsAgree() {
    var generator = SplitMix64(seed: 4)
    for (channels, positions) in [(1, 9001), (3, 4000), (24, 500), (64, 200), (300, 40)] {
      var values = (0..<3 * channels * positions).map { _ in Float(generator.normal()) }
      values[11] = .leastNonzeroMagnitude
      let all = InstructionSet.supported.map { set in
        let recorder = SiteRecorder(
          channels: channels, valuesPerSample: channels * positions, set: set)
        record(values, by: recorder)
        return recorder.snapshot()
      }
      #expect(all.allSatisfy { $0 == all[0] })
    }
  }

  @Test("Sums that need rounding are within their rounding error of the exact ones.")
  func roundedSums() throws {
    var generator = SplitMix64(seed: 5)
    let values = (0..<64 * 500).map { _ in Float(generator.normal()) }
    let moments = statistics(of: values, channels: 1, valuesPerSample: 500).moments
    var (sum, magnitudes, squares) = (ExactSum(), 0.0, ExactSum())
    for value in values {
      sum.add(Double(value))
      magnitudes += Double(value.magnitude)
      squares.add(Double(value) * Double(value))
    }
    // A lane adds 2,000 numbers: an error of at most 2,000 half units in the last place.
    let relative = 2_016 * 0x1p-53
    #expect((moments.sum.value - sum.value).magnitude <= relative * magnitudes)
    #expect((moments.sumOfSquares.value / squares.value - 1).magnitude <= relative)
  }

  @Test("The tables are emptied before they overflow, and nothing is lost.")
  func flush() {
    var generator = SplitMix64(seed: 6)
    let values = (0..<40_000).map { _ in generator.dyadic() }
    let often = SiteRecorder(
      channels: 8, valuesPerSample: 400, set: .best, flushInterval: 10_000)
    let never = SiteRecorder(channels: 8, valuesPerSample: 400)
    record(values, by: often)
    record(values, by: never)
    #expect(often.snapshot() == never.snapshot())
  }

  @Test("Recording with a rectifier sees the inputs, and leaves the activations.")
  func rectified() {
    var generator = SplitMix64(seed: 7)
    for rectifier in [Rectifier(), Rectifier(negativeSlope: 0.25), Rectifier(upperBound: 6)] {
      for set in InstructionSet.supported {
        for (channels, isPlain) in [(64, true), (64, false), (3, true), (300, true), (1, false)] {
          var values = (0..<4 * channels * 11).map { _ in generator.dyadic() }
          if !isPlain { values.replaceSubrange(5..<5 + specialValues.count, with: specialValues) }
          let recorder = SiteRecorder(
            channels: channels, valuesPerSample: channels * 11, set: set)
          let activations = record(values, by: recorder, rectifier: rectifier)
          #expect(patterns(activations) == patterns(values.map { rectifier($0) }))
          let untouched = SiteRecorder(channels: channels, valuesPerSample: channels * 11)
          #expect(patterns(record(values, by: untouched)) == patterns(values))
          #expect(recorder.snapshot() == untouched.snapshot())
        }
      }
    }
  }

  @Test("A sample without a finite value has an empty range, and no outliers.")
  func nothingFinite() {
    let seen = statistics(
      of: [.nan, .infinity, 1, 2], channels: 1, valuesPerSample: 2, firstSample: 40)
    #expect(seen.samples.indices == [40, 41])
    #expect(seen.samples.minima == [.infinity, 1])
    #expect(seen.samples.maxima == [-.infinity, 2])
    #expect(seen.highest.values.map(\.value) == [2, 1])
    #expect(seen.firstNonFinite == NonFiniteValue(sample: 40, offset: 0, kind: .nan))
    #expect(seen.count == 2)
  }
}
