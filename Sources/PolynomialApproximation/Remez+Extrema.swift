extension Remez {
  /// A point and the error of a polynomial there.
  struct Extremum {
    var point: Double
    var error: Double
  }

  /// The samples between neighbouring references (heuristic: they usually hold one extremum), and
  /// the least number of samples altogether.
  private static let samplesPerGap = 6
  private static let leastSamples = 64

  /// Peaks of the samples below this part of the highest one nearby are not refined (heuristic).
  private static let refinedPart = 0.8

  /// Returns the largest error, in absolute value, of every stretch where the error has one sign.
  func extrema(of error: (Double) -> Double, references: [Double]) -> [Extremum] {
    let points = samplePoints(references)
    let samples = points.map { Extremum(point: $0, error: error($0)) }

    var result: [Extremum] = []
    var start = 0
    while start < samples.count {
      let sign = samples[start].error
      guard sign != 0 else {
        start += 1
        continue
      }
      var end = start + 1
      while end < samples.count, samples[end].error * sign > 0 { end += 1 }
      result.append(highest(in: start..<end, of: samples, error: error))
      start = end
    }
    return result
  }

  /// Returns the ends of the pieces, the references, the landmarks, and between them points that
  /// crowd towards them, in ascending order.
  private func samplePoints(_ references: [Double]) -> [Double] {
    let steps = 1 + max(Remez.samplesPerGap, Remez.leastSamples / references.count)
    let fractions = (1..<steps).map { index in
      let root = sine(index, of: 2 * steps)
      return root * root
    }
    var points: [Double] = []
    for piece in target.pieces {
      let inner = (references + target.landmarks).filter(piece.contains)
      let marks = ([piece.lowerBound, piece.upperBound] + inner).sorted()
      points.append(piece.lowerBound)
      for (left, right) in zip(marks, marks.dropFirst()) where left < right {
        for fraction in fractions { points.append(left + (right - left) * fraction) }
        points.append(right)
      }
    }
    return points
  }

  /// Returns the sample beside another one, or that one itself at the end of a piece.
  private func neighbour(
    _ offset: Int, of index: Int, in samples: [Extremum]
  ) -> Int {
    let other = index + offset
    guard samples.indices.contains(other) else { return index }
    let ends = target.pieces.contains {
      offset > 0 ? $0.upperBound == samples[index].point : $0.lowerBound == samples[index].point
    }
    return ends ? index : other
  }

  /// Returns the largest error near the samples of one sign.
  private func highest(
    in run: Range<Int>, of samples: [Extremum], error: (Double) -> Double
  ) -> Extremum {
    let sign: Double = samples[run.lowerBound].error > 0 ? 1 : -1
    var best = samples[run].max { sign * $0.error < sign * $1.error }!
    let threshold = Remez.refinedPart * sign * best.error
    for index in run where sign * samples[index].error >= threshold {
      let left = neighbour(-1, of: index, in: samples)
      let right = neighbour(1, of: index, in: samples)
      guard sign * samples[index].error >= sign * samples[left].error,
        sign * samples[index].error >= sign * samples[right].error
      else { continue }
      let middle = samples[index].point
      let brackets =
        target.landmarks.contains(middle)
        ? [(samples[left].point, middle), (middle, samples[right].point)]
        : [(samples[left].point, samples[right].point)]
      for (lower, upper) in brackets where lower < upper {
        let point = maximum(
          of: { sign * error($0) }, from: lower, near: middle, to: upper, precision: precision)
        let value = error(point)
        if sign * value > sign * best.error { best = Extremum(point: point, error: value) }
      }
    }
    return best
  }

  /// Returns `count` of the extrema, which alternate in sign and include the largest one, or nil
  /// when there are fewer.
  func exchange(_ extrema: [Extremum], count: Int) -> [Double]? {
    var kept = extrema
    while kept.count > count {
      let size = { index in abs(kept[index].error) }
      let last = kept.count - 1
      if kept.count == count + 1 {
        kept.remove(at: size(0) < size(last) ? 0 : last)
        continue
      }
      let least = kept.indices.min { size($0) < size($1) }!
      if least == 0 || least == last {
        kept.remove(at: least)
      } else {
        let neighbour = size(least - 1) < size(least + 1) ? least - 1 : least
        kept.removeSubrange(neighbour...neighbour + 1)
      }
    }
    return kept.count == count ? kept.map(\.point) : nil
  }
}
