import RangeStatistics

/// A histogram as it is drawn.
struct HistogramDocument: Encodable {
  /// `linear` or `symlog`.
  let axis: String
  /// The constant c of the axis: stretches have equal lengths in sign(x)·log(1 + |x|/c).
  let constant: Double?
  /// One more than there are counts, ascending.
  let edges: [Double]
  /// A bin of the profile that spans several stretches is divided among them by length.
  let counts: [Double]

  init(_ density: Density) {
    let scale = density.scale
    if case .symlog(let constant) = scale.kind {
      (axis, self.constant) = ("symlog", constant)
    } else {
      (axis, constant) = ("linear", nil)
    }
    let inner = density.counts.indices.dropFirst().map { scale.value(at: density.places($0).0) }
    edges = [scale.domain.lowerBound] + inner + [scale.domain.upperBound]
    counts = density.counts
  }
}

/// What the charts of a polynomial show beside the polynomial itself.
struct ApproximationDocument: Encodable {
  struct Taylor: Encodable {
    let degree: Int
    /// On the interval.
    let supremumError: Double?
  }

  /// The polynomial's error where its curve bends, from left to right, also beyond the interval.
  struct Curve: Encodable {
    let x: [Double]
    let error: [Double]
  }

  /// Nil where the function has none.
  let taylor: Taylor?
  let errorCurve: Curve

  init(_ approximation: Approximation, _ chart: ErrorChart) {
    taylor = approximation.taylor.map {
      Taylor(degree: $0.degree, supremumError: $0.supremumError.finite)
    }
    errorCurve = Curve(x: chart.curve.map(\.x), error: chart.curve.map(\.error))
  }
}

/// How far single inputs go, as seen and as the tail's model has it.
struct ReturnLevelsDocument: Encodable {
  /// The level that one input in so many goes beyond.
  struct Level: Encodable {
    let oneIn: Double
    let seen: Double?
    let model: Double?
    let lower: Double?
    let upper: Double?

    init(_ level: ReturnLevels.Level) {
      (oneIn, seen, model) = (level.period, level.seen, level.estimate?.finite)
      (lower, upper) = ((level.limits?.lowerBound)?.finite, (level.limits?.upperBound)?.finite)
    }
  }

  /// The generalised Pareto distribution beyond a threshold; below, that of the values' negatives.
  struct Tail: Encodable {
    let threshold: Double
    let shape: Double
    let scale: Double
  }

  /// The model with its band along the curve.
  struct Curve: Encodable {
    let oneIn: [Double]
    let model: [Double?]
    let lower: [Double?]
    let upper: [Double?]

    init(_ curve: [ReturnLevels.Level]) {
      let levels = curve.map { Level($0) }
      (oneIn, model) = (levels.map(\.oneIn), levels.map(\.model))
      (lower, upper) = (levels.map(\.lower), levels.map(\.upper))
    }
  }

  /// The extremes of inputs, the farthest first.
  struct Dots: Encodable {
    let oneIn: [Double]
    let value: [Double]
  }

  struct Side: Encodable {
    /// `above` or `below`.
    let side: String
    let tail: Tail?
    /// Why there is no model.
    let refusal: String?
    /// At powers of ten.
    let levels: [Level]
    let curve: Curve?
    /// The inputs that are drawn.
    let dots: Dots
  }

  let inputs: Int
  /// That of the band.
  let confidence: Double
  let sides: [Side]

  init(_ chart: ReturnLevelChart) {
    inputs = chart.levels.inputs
    confidence = ReturnLevels.confidence
    sides = chart.sides.map { side in
      let tail = try? side.levels.tail.get()
      let refusal: String? =
        if case .failure(let error) = side.levels.tail { "\(error)" } else { nil }
      return Side(
        side: side.levels.name,
        tail: tail.map {
          Tail(
            threshold: $0.threshold, shape: $0.distribution.shape, scale: $0.distribution.scale)
        }, refusal: refusal,
        levels: chart.levels.periods.map { Level(side.levels.level(period: $0)) },
        curve: side.curve.isEmpty ? nil : Curve(side.curve),
        dots: Dots(oneIn: side.dots.map(\.period), value: side.dots.map(\.value)))
    }
  }
}

/// The ranges of channels.
struct ChannelsDocument: Encodable {
  struct Channel: Encodable {
    let channel: Int
    let lower: Float
    let upper: Float
    let mean: Double?
    let standardDeviation: Double?
  }

  /// The least value of each channel in their order, as 32-bit numbers; null where none was seen.
  let lower: [Float?]
  let upper: [Float?]
  let farthest: [Channel]

  init(_ chart: ChannelChart) {
    let channels = chart.site.statistics.channels
    lower = channels.map { $0.count > 0 ? $0.minimum : nil }
    upper = channels.map { $0.count > 0 ? $0.maximum : nil }
    farthest = chart.farthest.map { entry in
      let channel = channels[entry.index]
      return Channel(
        channel: entry.index, lower: channel.minimum, upper: channel.maximum,
        mean: channel.moments.mean?.finite,
        standardDeviation: channel.moments.standardDeviation?.finite)
    }
  }
}
