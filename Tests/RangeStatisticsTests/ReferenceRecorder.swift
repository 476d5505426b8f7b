@testable import RangeStatistics

/// What a recorder must see, found value by value in the plainest way.
struct ReferenceRecorder {
  let channels: Int
  let valuesPerSample: Int
  var counts = Array(repeating: UInt64(0), count: BFloat16Histogram.binCount)
  var zeros: UInt64 = 0
  var subnormals: UInt64 = 0
  var nonFinite = NonFiniteCounts()
  var firstNonFinite: NonFiniteValue?
  var channelCounts: [UInt64]
  var channelMinima: [Float]
  var channelMaxima: [Float]
  var channelSums: [ExactSum]
  var channelSumsOfSquares: [ExactSum]
  var finite: [ExtremeValue] = []
  var samples: [Int: (minimum: Float, maximum: Float)] = [:]

  init(channels: Int, valuesPerSample: Int) {
    self.channels = channels
    self.valuesPerSample = valuesPerSample
    channelCounts = Array(repeating: 0, count: channels)
    channelMinima = Array(repeating: .infinity, count: channels)
    channelMaxima = Array(repeating: -.infinity, count: channels)
    channelSums = Array(repeating: ExactSum(), count: channels)
    channelSumsOfSquares = channelSums
  }

  mutating func record(_ values: [Float], firstSample: Int) {
    for (index, value) in values.enumerated() {
      let (sample, offset) = index.quotientAndRemainder(dividingBy: valuesPerSample)
      record(value, sample: firstSample + sample, offset: offset)
    }
  }

  private mutating func record(_ value: Float, sample: Int, offset: Int) {
    var extremes = samples[sample] ?? (.infinity, -.infinity)
    defer { samples[sample] = extremes }
    if let kind = NonFiniteValue.Kind(of: value) {
      nonFinite.add(kind)
      let place = NonFiniteValue(sample: sample, offset: offset, kind: kind)
      if firstNonFinite == nil { firstNonFinite = place }
      return
    }
    let channel = offset % channels
    extremes = (min(extremes.minimum, value + 0), max(extremes.maximum, value + 0))
    counts[Int((value == 0 ? 0 : value.bitPattern) >> 16)] += 1
    if value == 0 { zeros += 1 }
    if value.isSubnormal { subnormals += 1 }
    channelCounts[channel] += 1
    channelMinima[channel] = min(channelMinima[channel], value + 0)
    channelMaxima[channel] = max(channelMaxima[channel], value + 0)
    channelSums[channel].add(Double(value))
    channelSumsOfSquares[channel].add(Double(value) * Double(value))
    finite.append(ExtremeValue(value: value, sample: sample, offset: offset))
  }

  var highest: [ExtremeValue] {
    let sorted = finite.sorted {
      $0.value != $1.value
        ? $0.value > $1.value : ($0.sample, $0.offset) < ($1.sample, $1.offset)
    }
    return Array(sorted.prefix(ExtremeValues.capacity))
  }

  var lowest: [ExtremeValue] {
    let sorted = finite.sorted {
      $0.value != $1.value
        ? $0.value < $1.value : ($0.sample, $0.offset) < ($1.sample, $1.offset)
    }
    return Array(sorted.prefix(ExtremeValues.capacity))
  }

  /// Returns the names of the records that differ from the given statistics; sums apart.
  func differences(from statistics: SiteStatistics) -> [String] {
    let order = samples.keys.sorted()
    let checks: [(String, Bool)] = [
      ("histogram", counts == statistics.histogram.counts),
      ("zeros", zeros == statistics.zeros),
      ("subnormals", subnormals == statistics.subnormals),
      ("nonFinite", nonFinite == statistics.nonFinite),
      ("firstNonFinite", firstNonFinite == statistics.firstNonFinite),
      ("channel counts", channelCounts == statistics.channels.map(\.count)),
      ("channel minima", channelMinima == statistics.channels.map(\.minimum)),
      ("channel maxima", channelMaxima == statistics.channels.map(\.maximum)),
      ("highest", highest == statistics.highest.values),
      ("lowest", lowest == statistics.lowest.values),
      ("samples", order == statistics.samples.indices),
      ("sample minima", order.map { samples[$0]!.minimum } == statistics.samples.minima),
      ("sample maxima", order.map { samples[$0]!.maximum } == statistics.samples.maxima),
    ]
    return checks.filter { !$0.1 }.map(\.0)
  }

  /// Returns the names of the sums that differ in any bit; for data whose sums Double holds.
  func differencesOfSums(from statistics: SiteStatistics) -> [String] {
    let sums = channelSums == statistics.channels.map(\.sum)
    let squares = channelSumsOfSquares == statistics.channels.map(\.sumOfSquares)
    return (sums ? [] : ["sums"]) + (squares ? [] : ["sums of squares"])
  }
}
