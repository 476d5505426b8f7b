extension SiteStatistics {
  /// What a site saw whose channels are those of other sites, side by side, for the same samples.
  ///
  /// - Parameter parts: What the other sites saw, in the order of their channels.
  /// - Precondition: There is a part, and all saw the same samples at as many places.
  public init(sideBySide parts: [SiteStatistics]) {
    precondition(!parts.isEmpty, "a site has channels")
    let channels = parts.flatMap(\.channels)
    var histogram = BFloat16Histogram()
    var nonFinite = NonFiniteCounts()
    var firstNonFinite: NonFiniteValue?
    var (highest, lowest) = (ExtremeValues(side: .highest), ExtremeValues(side: .lowest))
    var samples = parts[0].samples
    var firstChannel = 0
    for (index, part) in parts.enumerated() {
      func place(_ offset: Int) -> Int {
        let (place, channel) = offset.quotientAndRemainder(dividingBy: part.channels.count)
        return place * channels.count + firstChannel + channel
      }
      func moved(_ value: ExtremeValue) -> ExtremeValue {
        ExtremeValue(value: value.value, sample: value.sample, offset: place(value.offset))
      }
      histogram.merge(part.histogram)
      nonFinite.merge(part.nonFinite)
      for value in part.highest.values { highest.insert(moved(value)) }
      for value in part.lowest.values { lowest.insert(moved(value)) }
      firstNonFinite = NonFiniteValue.earlier(
        firstNonFinite,
        part.firstNonFinite.map {
          NonFiniteValue(sample: $0.sample, offset: place($0.offset), kind: $0.kind)
        })
      if index > 0 { samples.widen(to: part.samples) }
      firstChannel += part.channels.count
    }
    do {
      try self.init(
        valuesPerSample: parts.reduce(0) { $0 + $1.valuesPerSample }, channels: channels,
        histogram: histogram, zeros: parts.reduce(0) { $0 + $1.zeros }, nonFinite: nonFinite,
        firstNonFinite: firstNonFinite, highest: highest, lowest: lowest, samples: samples)
    } catch {
      preconditionFailure("\(error)")
    }
  }
}
