import CRecording

extension SiteRecorder {
  /// Neighbouring values of one call that fit the cache; they may belong to several samples.
  struct Piece {
    /// All values of the call.
    var values: UnsafeMutablePointer<Float>
    /// The values of this piece.
    var range: Range<Int>
    /// The number of values of each sample in the call.
    var sampleLength: Int
    /// The place in the block of the call's first sample.
    var firstSampleInBlock: Int
    /// The index in the dataset of the block's first sample.
    var blockStart: Int
    /// The place in its sample of a sample's first value in the call.
    var offset: Int
  }

  /// Notes the range and the outliers of each sample in a piece.
  ///
  /// - Returns: Whether all values may be tallied fast: they are finite, and zero or at least 2⁻¹³³
  ///   in magnitude.
  func noteRanges(of piece: Piece) -> Bool {
    var isPlain = true
    var (floor, ceiling) = (lowest.bound, highest.bound)
    let code = set.code
    // One access to the ranges for all samples: a piece of a narrow site holds many.
    blockRanges.withUnsafeMutableBufferPointer { ranges in
      var sample = piece.range.lowerBound / piece.sampleLength
      var start = piece.range.lowerBound
      while start < piece.range.upperBound {
        let sampleStart = sample * piece.sampleLength
        let end = min(sampleStart + piece.sampleLength, piece.range.upperBound)
        var range = rf_find_range(code, piece.values + start, end - start)
        if range.needs_care != 0 {
          isPlain = false
          (range.minimum, range.maximum) = Self.finiteRange(of: piece.values, start..<end)
        } else if range.greatest_key > 0 {
          noteMagnitudes(from: Int(range.least_key), to: Int(range.greatest_key))
        }
        let place = piece.firstSampleInBlock + sample
        let before = ranges[place]
        ranges[place] = (
          min(before.minimum, range.minimum + 0), max(before.maximum, range.maximum + 0)
        )
        if range.maximum >= ceiling || range.minimum <= floor {
          noteOutliers(
            among: piece.values, start..<end, range, sample: piece.blockStart + place,
            offset: piece.offset - sampleStart)
          (floor, ceiling) = (lowest.bound, highest.bound)
        }
        if range.minimum <= 0 || range.needs_care != 0 {
          rectified?.noteZeros(
            among: piece.values, start..<end, sample: piece.blockStart + place,
            offset: piece.offset - sampleStart)
        }
        start = end
        sample += 1
      }
    }
    return isPlain
  }

  /// Lists the outliers among the values of one sample; value `i` is at `offset + i` in it.
  private func noteOutliers(
    among values: UnsafeMutablePointer<Float>, _ range: Range<Int>, _ bounds: rf_range, sample: Int,
    offset: Int
  ) {
    var index = range.lowerBound
    // Values that tie with the last outlier, but are seen after it, are not searched for.
    if bounds.maximum < highest.threshold(sample: sample, offset: offset + index)
      && bounds.minimum > lowest.threshold(sample: sample, offset: offset + index)
    {
      return
    }
    while true {
      let upper = highest.threshold(sample: sample, offset: offset + index)
      let lower = lowest.threshold(sample: sample, offset: offset + index)
      index = rf_find_outside(set.code, values, index, range.upperBound, lower, upper)
      if index == range.upperBound { return }
      if values[index].isFinite {
        let value = ExtremeValue(value: values[index], sample: sample, offset: offset + index)
        if value.value >= upper { highest.insert(value) }
        if value.value <= lower { lowest.insert(value) }
      }
      index += 1
    }
  }

  /// Adds a piece without a value that needs care, and rectifies it.
  func tally(_ piece: Piece, _ rectifier: Rectifier?) {
    let start = piece.values + piece.range.lowerBound
    let (rows, rest) = piece.range.count.quotientAndRemainder(dividingBy: width)
    let restStart = start + rows * width
    withUnsafePointer(to: rectified?.lanes) { sums in
      withUnsafePointer(to: rectifier?.parameters) { parameters in
        sums.withMemoryRebound(to: rf_rectified_sums.self, capacity: 1) { sums in
          parameters.withMemoryRebound(to: rf_rectifier.self, capacity: 1) { parameters in
            let sums = rectified == nil ? nil : sums
            let parameters = rectifier == nil ? nil : parameters
            if rows > 0 { rf_record(set.code, start, rows, width, lanes, tables, sums, parameters) }
            if rest > 0 { rf_record(set.code, restStart, 1, rest, lanes, tables, sums, parameters) }
          }
        }
      }
    }
  }

  /// Adds a piece value by value, leaving out what is not finite, in the same order of additions.
  func tallyCarefully(_ piece: Piece) {
    for index in piece.range {
      let value = piece.values[index]
      let lane = (index - piece.range.lowerBound) % width
      if let kind = NonFiniteValue.Kind(of: value) {
        note(kind, of: piece, at: index, channel: lane % channels)
        continue
      }
      rectified?.add(value, lane: lane)
      lanes.minimum[lane] = min(lanes.minimum[lane], value)
      lanes.maximum[lane] = max(lanes.maximum[lane], value)
      lanes.sum[lane] += Double(value)
      lanes.sum_of_squares[lane] += Double(value) * Double(value)
      let key = BFloat16Histogram.key(of: value)
      if value == 0 || key & 0x7FFF != 0 {
        tables[key * Int(rf_table_count)] += 1
        if value != 0 { noteMagnitudes(from: key & 0x7FFF, to: key & 0x7FFF) }
      } else if value > 0 {
        tinyPositives += 1
      } else {
        tinyNegatives += 1
      }
    }
  }

  private func note(_ kind: NonFiniteValue.Kind, of piece: Piece, at index: Int, channel: Int) {
    nonFinite.add(kind)
    nonFinitePerChannel[channel] += 1
    let (sample, place) = index.quotientAndRemainder(dividingBy: piece.sampleLength)
    let found = NonFiniteValue(
      sample: piece.blockStart + piece.firstSampleInBlock + sample, offset: piece.offset + place,
      kind: kind)
    firstNonFinite = NonFiniteValue.earlier(firstNonFinite, found)
    rectified?.note(found, channel: channel)
  }

  private func noteMagnitudes(from least: Int, to greatest: Int) {
    leastMagnitude = min(leastMagnitude, least)
    greatestMagnitude = max(greatestMagnitude, greatest)
  }

  private static func finiteRange(
    of values: UnsafeMutablePointer<Float>, _ range: Range<Int>
  ) -> (Float, Float) {
    var (minimum, maximum) = (Float.infinity, -Float.infinity)
    for index in range where values[index].isFinite {
      minimum = min(minimum, values[index])
      maximum = max(maximum, values[index])
    }
    return (minimum, maximum)
  }
}
