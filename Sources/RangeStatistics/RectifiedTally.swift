import CRecording

/// What a recorder notes so that the statistics of ReLU's output follow from those of its input.
///
/// The histogram, the ranges and most outliers of max(x, 0) follow from those of x. What does not
/// follow is noted here: the sums, where the first zeros are, and what −∞ becomes.
struct RectifiedTally {
  /// The sums of the block, one a lane.
  let lanes: rf_rectified_sums
  private let memory: Memory
  private let width: Int
  private(set) var sums: [ExactSum]
  private(set) var sumsOfSquares: [ExactSum]
  /// The zeros with the lowest samples and offsets.
  private(set) var firstZeros = ExtremeValues(side: .lowest)
  /// The values −∞ of each channel, which become zeros.
  private(set) var negativeInfinities: [UInt64]
  /// The samples that had a value −∞.
  private(set) var infiniteSamples: Set<Int> = []
  /// The first value that ReLU leaves NaN or infinite.
  private(set) var firstNonFinite: NonFiniteValue?

  init(channels: Int, width: Int) {
    self.width = width
    memory = Memory(count: 2 * width)
    lanes = rf_rectified_sums(sum: memory.start, sum_of_squares: memory.start + width)
    sums = Array(repeating: ExactSum(), count: channels)
    sumsOfSquares = sums
    negativeInfinities = Array(repeating: 0, count: channels)
  }

  /// Adds a finite value that is recorded by itself.
  mutating func add(_ value: Float, lane: Int) {
    let rectified = Double(max(value, 0))
    lanes.sum[lane] += rectified
    lanes.sum_of_squares[lane] += rectified * rectified
  }

  /// Notes a value that is not finite.
  mutating func note(_ value: NonFiniteValue, channel: Int) {
    if value.kind == .negativeInfinity {
      negativeInfinities[channel] += 1
      infiniteSamples.insert(value.sample)
    } else {
      firstNonFinite = NonFiniteValue.earlier(firstNonFinite, value)
    }
  }

  /// Notes the zeros that ReLU makes of one sample's values; value `i` is at `offset + i` in it.
  mutating func noteZeros(
    among values: UnsafeMutablePointer<Float>, _ range: Range<Int>, sample: Int, offset: Int
  ) {
    for index in range {
      guard firstZeros.threshold(sample: sample, offset: offset + index) >= 0 else { return }
      if values[index] <= 0 {
        firstZeros.insert(ExtremeValue(value: 0, sample: sample, offset: offset + index))
      }
    }
  }

  mutating func endBlock() {
    ExactSum.add(lanes.sum, width: width, to: &sums)
    ExactSum.add(lanes.sum_of_squares, width: width, to: &sumsOfSquares)
    lanes.sum.update(repeating: 0, count: 2 * width)
  }

  private final class Memory {
    let start: UnsafeMutablePointer<Double>

    init(count: Int) {
      start = .allocate(capacity: count)
      start.initialize(repeating: 0, count: count)
    }

    deinit { start.deallocate() }
  }
}

extension SiteRecorder {
  /// Returns what a site would have seen that was given ReLU of the values that this one was given.
  ///
  /// - Parameter seen: This recorder's snapshot.
  /// - Precondition: The recorder tracks ReLU.
  public func rectified(_ seen: SiteStatistics) -> SiteStatistics {
    guard let rectified else { preconditionFailure("the recorder does not track ReLU") }
    let infinite = rectified.negativeInfinities.reduce(0, +)
    var below = seen.histogram.bins.lazy.filter { $0.key >= 0x8000 }.reduce(0) { $0 + $1.count }
    below += infinite
    let histogram = seen.histogram.rectified(zeros: infinite)
    var samples = seen.samples
    samples.rectify(withInfinities: rectified.infiniteSamples)
    do {
      return try SiteStatistics(
        valuesPerSample: valuesPerSample,
        channels: seen.channels.indices.map { rectified.statistics(of: $0, in: seen) },
        histogram: histogram, zeros: seen.zeros + below,
        nonFinite: NonFiniteCounts(
          nan: seen.nonFinite.nan, positiveInfinity: seen.nonFinite.positiveInfinity),
        firstNonFinite: rectified.firstNonFinite,
        highest: rectified.extremes(.highest, from: seen.highest),
        lowest: rectified.extremes(.lowest, from: seen.lowest), samples: samples)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}

extension RectifiedTally {
  fileprivate func statistics(of channel: Int, in seen: SiteStatistics) -> ChannelStatistics {
    let (own, infinite) = (seen.channels[channel], negativeInfinities[channel])
    let count = own.count + infinite
    return ChannelStatistics(
      count: count, minimum: infinite > 0 ? 0 : max(own.minimum, 0),
      maximum: count == 0 ? own.maximum : max(own.maximum, 0), sum: sums[channel],
      sumOfSquares: sumsOfSquares[channel])
  }

  /// The positive values of a list, and the first zeros.
  ///
  /// That is enough: if the list has fewer positive values than it could, there are no others, or
  /// the values before them are all zeros now.
  fileprivate func extremes(
    _ side: ExtremeValues.Side, from list: ExtremeValues
  ) -> ExtremeValues {
    var result = ExtremeValues(side: side)
    for value in list.values where value.value > 0 { result.insert(value) }
    for zero in firstZeros.values { result.insert(zero) }
    return result
  }
}
