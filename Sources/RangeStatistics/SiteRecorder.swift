import CRecording

/// Records what enters one site, on one thread, block by block.
///
/// Every value is looked at while it is in the cache: first its piece's range, then its histogram
/// bin and its channel's sums, and then the activation is applied in place. A recorder belongs to
/// one worker; what several of them saw is put together by merging their snapshots. The snapshots
/// do not depend on who recorded which block, as long as a block is recorded by the same calls.
public final class SiteRecorder {
  /// The number of channels, the last axis.
  public let channels: Int

  /// The number of values that one sample gives.
  public let valuesPerSample: Int

  let set: InstructionSet

  /// The number of accumulators that one row of values goes to; lane `i` holds values of channel
  /// `i % channels`. Narrow sites take several positions a row, so that rows fill whole vectors.
  let width: Int

  /// The number of values that are worked on while they are in the cache.
  private let pieceLength: Int

  /// The number of values after which the 32-bit tables are emptied.
  private let flushInterval: UInt64

  let lanes: rf_lanes
  let tables: UnsafeMutablePointer<UInt32>
  private let memory = CounterTables()
  private var countedInTables: UInt64 = 0
  private var flushed: [UInt64] = []

  /// The number of values seen of each channel, finite or not.
  var seenPerChannel: UInt64 = 0
  var nonFinitePerChannel: [UInt64]
  var nonFinite = NonFiniteCounts()
  var firstNonFinite: NonFiniteValue?
  /// Values in the bins of zero that are not zero, which the tables do not count.
  var tinyPositives: UInt64 = 0
  var tinyNegatives: UInt64 = 0

  /// The keys of the least and of the greatest magnitude in the tables, zeros aside.
  var leastMagnitude = Int.max
  var greatestMagnitude = 0

  /// What ReLU makes of the values, if someone wants to know.
  var rectified: RectifiedTally?

  var highest = ExtremeValues(side: .highest)
  var lowest = ExtremeValues(side: .lowest)

  private var block: Range<Int>?
  private var hashLimit = UInt64.max
  /// The least and the greatest finite value of each sample of the block.
  var blockRanges: [(minimum: Float, maximum: Float)] = []
  private var kept = KeptExtremes()
  private var sums: [ExactSum]
  private var sumsOfSquares: [ExactSum]

  /// Creates a recorder that has seen nothing.
  ///
  /// - Parameter tracksReLU: Whether `rectified(_:)` will be asked for.
  /// - Precondition: Both numbers are positive, and `channels` divides `valuesPerSample`.
  public convenience init(channels: Int, valuesPerSample: Int, tracksReLU: Bool = false) {
    self.init(
      channels: channels, valuesPerSample: valuesPerSample, tracksReLU: tracksReLU, set: .best)
  }

  init(
    channels: Int, valuesPerSample: Int, tracksReLU: Bool = false, set: InstructionSet,
    flushInterval: UInt64 = UInt64(UInt32.max)
  ) {
    precondition(channels > 0 && valuesPerSample > 0, "a site has values")
    precondition(valuesPerSample % channels == 0, "every channel has as many values")
    self.channels = channels
    self.valuesPerSample = valuesPerSample
    self.set = set
    self.flushInterval = flushInterval
    width = Self.width(ofChannels: channels)
    // A heuristic: a piece and the next one stay in the second-level cache beside the tables, and
    // 16 rows pay for loading and storing the accumulators. With AVX2 8,192 take 1 to 4 % longer, and
    // 65,536 of a large map 7 %.
    pieceLength = max(16, 16_384 / width) * width
    lanes = rf_lanes(
      minimum: .allocate(capacity: width), maximum: .allocate(capacity: width),
      sum: .allocate(capacity: width), sum_of_squares: .allocate(capacity: width))
    lanes.minimum.initialize(repeating: .infinity, count: width)
    lanes.maximum.initialize(repeating: -.infinity, count: width)
    lanes.sum.initialize(repeating: 0, count: width)
    lanes.sum_of_squares.initialize(repeating: 0, count: width)
    tables = memory.start
    nonFinitePerChannel = Array(repeating: 0, count: channels)
    sums = Array(repeating: ExactSum(), count: channels)
    sumsOfSquares = sums
    rectified = tracksReLU ? RectifiedTally(channels: channels, width: width) : nil
  }

  deinit {
    lanes.minimum.deallocate()
    lanes.maximum.deallocate()
    lanes.sum.deallocate()
    lanes.sum_of_squares.deallocate()
  }

  /// Returns the least multiple of the channels that fills whole vectors of 16, or the channels
  /// themselves if there are so many that an unfilled vector does not matter.
  private static func width(ofChannels channels: Int) -> Int {
    if channels >= 256 { return channels }
    let commonPowerOfTwo = min(channels & -channels, 16)
    return channels * (16 / commonPowerOfTwo)
  }

  /// Begins a block, the samples with the given indices in the dataset.
  ///
  /// - Parameter hashLimit: That of all samples begun by now, by any of the recorders that share the
  ///   work.
  /// - Precondition: The last block was ended, and no block had these samples before.
  public func beginBlock(samples: Range<Int>, hashLimit: UInt64 = .max) {
    precondition(block == nil, "the last block was not ended")
    precondition(samples.lowerBound >= 0, "indices count from 0")
    block = samples
    self.hashLimit = hashLimit
    blockRanges = Array(repeating: (.infinity, -.infinity), count: samples.count)
  }

  /// Records values, and then applies the rectifier to them in place, if there is one.
  ///
  /// - Parameters:
  ///   - values: The values of whole positions, sample by sample, channels last; as many for each
  ///     sample.
  ///   - firstSample: The index in the dataset of the first sample; the others follow it.
  ///   - samples: The number of samples.
  ///   - offset: Where in a sample these values begin, for a site that sees a sample in several
  ///     calls.
  ///   - rectifier: The activation.
  /// - Precondition: The samples are in the block, and the values in the samples.
  public func record(
    _ values: UnsafeMutableBufferPointer<Float>, firstSample: Int, samples: Int, offset: Int = 0,
    rectifier: Rectifier? = nil
  ) {
    guard let block else { preconditionFailure("no block was begun") }
    precondition(
      samples >= 0 && block.lowerBound <= firstSample && firstSample + samples <= block.upperBound,
      "samples outside the block \(block)")
    guard let address = values.baseAddress, samples > 0 else { return }
    let length = values.count / samples
    precondition(
      values.count == length * samples && length % channels == 0 && offset % channels == 0,
      "\(values.count) values of \(samples) samples are not whole positions")
    precondition(offset >= 0 && offset + length <= valuesPerSample, "values outside the sample")

    seenPerChannel += UInt64(values.count / channels)
    var start = 0
    while start < values.count {
      let end = min(start + pieceLength, values.count)
      let piece = Piece(
        values: address, range: start..<end, sampleLength: length,
        firstSampleInBlock: firstSample - block.lowerBound, blockStart: block.lowerBound,
        offset: offset)
      countedInTables += UInt64(end - start)
      if countedInTables > flushInterval { flush(keeping: UInt64(end - start)) }
      if noteRanges(of: piece) {
        tally(piece, rectifier)
      } else {
        tallyCarefully(piece)
        rectifier?.apply(to: .init(rebasing: values[start..<end]), with: set)
      }
      start = end
    }
  }

  /// Ends the block.
  ///
  /// - Precondition: A block was begun.
  public func endBlock() {
    guard let block else { preconditionFailure("no block was begun") }
    ExactSum.add(lanes.sum, width: width, to: &sums)
    ExactSum.add(lanes.sum_of_squares, width: width, to: &sumsOfSquares)
    lanes.sum.update(repeating: 0, count: width)
    lanes.sum_of_squares.update(repeating: 0, count: width)
    rectified?.endBlock()
    kept.append(blockRanges, from: block.lowerBound, hashLimit: hashLimit)
    self.block = nil
  }

  /// The samples whose extremes are held now.
  var samplesNow: Int { kept.count }

  /// Makes room for the extremes of so many samples; memory is taken only as it is filled.
  public func reserve(samples: Int) { kept.reserve(samples) }

  /// The samples whose extremes are kept, ascending.
  ///
  /// - Precondition: The last block was ended.
  public func samples() -> [Int] {
    precondition(block == nil, "the last block was not ended")
    return kept.ascendingIndices()
  }

  /// Returns what was seen so far.
  ///
  /// - Parameters:
  ///   - samples: What `samples` gives here, or for a recorder that was given the same blocks in the
  ///     same order, so that all share one list.
  ///   - isLast: Whether nothing will be asked of this recorder any more: then the extremes of samples
  ///     are handed over, and are not there twice when others are merged.
  /// - Precondition: The last block was ended.
  public func snapshot(of samples: [Int]? = nil, isLast: Bool = false) -> SiteStatistics {
    precondition(block == nil, "the last block was not ended")
    defer { if isLast { kept = KeptExtremes() } }
    let zeros = counted(inBin: 0) + counted(inBin: 0x8000)
    // Most of the tables was never touched, and to read that costs a page fault every 4 KiB: a third of
    // all that GoogLeNet's profile took.
    let magnitudes = min(leastMagnitude, greatestMagnitude)..<greatestMagnitude + 1
    let histogram = BFloat16Histogram(magnitudes: magnitudes) { key in
      switch key {
      case 0: zeros + tinyPositives
      case 0x8000: tinyNegatives
      default: counted(inBin: key)
      }
    }
    do {
      return try SiteStatistics(
        valuesPerSample: valuesPerSample,
        channels: (0..<channels).map { statistics(ofChannel: $0) },
        histogram: histogram, zeros: zeros, nonFinite: nonFinite,
        firstNonFinite: firstNonFinite, highest: highest, lowest: lowest,
        samples: kept.extremes(of: samples))
    } catch {
      preconditionFailure("\(error)")
    }
  }

  private func statistics(ofChannel channel: Int) -> ChannelStatistics {
    let own = stride(from: channel, to: width, by: channels)
    return ChannelStatistics(
      count: seenPerChannel - nonFinitePerChannel[channel],
      minimum: own.reduce(.infinity) { min($0, lanes.minimum[$1] + 0) },
      maximum: own.reduce(-.infinity) { max($0, lanes.maximum[$1] + 0) }, sum: sums[channel],
      sumOfSquares: sumsOfSquares[channel])
  }

  /// The values in a bin, where −0 has a bin of its own.
  private func counted(inBin key: Int) -> UInt64 {
    let tableCount = Int(rf_table_count)
    var count = flushed.isEmpty ? 0 : flushed[key]
    for table in 0..<tableCount { count += UInt64(tables[key * tableCount + table]) }
    return count
  }

  /// Empties the 32-bit tables, which are about to be given `count` values.
  private func flush(keeping count: UInt64) {
    flushed = (0..<BFloat16Histogram.binCount).map { counted(inBin: $0) }
    memory.clear()
    countedInTables = count
  }
}
