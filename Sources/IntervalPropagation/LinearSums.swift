/// Sums of products with fixed weights, by centre, radius and magnitude.
///
/// With x in [c − r, c + r], Σ w·x is in Σ w·c ± Σ |w|·r, and no term exceeds |w|·(|c| + r), which is
/// what the rounding errors are measured by.
struct LinearSums {
  private(set) var centres: [Double]
  private(set) var radii: [Double]
  private(set) var magnitudes: [Double]

  /// Creates sums of nothing.
  init(count: Int) {
    centres = [Double](repeating: 0, count: count)
    radii = centres
    magnitudes = centres
  }

  /// Adds `weights[i] · x` to the sum `start + i`, for each weight.
  @inline(__always)
  mutating func add(
    _ weights: UnsafeBufferPointer<Float>, times x: (lower: Double, upper: Double), at start: Int
  ) {
    let centre = x.lower / 2 + x.upper / 2
    // Rounded up, so that the ends are within.
    let radius = max(x.upper - centre, centre - x.lower) * (1 + 0x1p-50)
    let magnitude = centre.magnitude + radius
    centres.withUnsafeMutableBufferPointer { centres in
      radii.withUnsafeMutableBufferPointer { radii in
        magnitudes.withUnsafeMutableBufferPointer { magnitudes in
          for index in weights.indices {
            let weight = Double(weights[index])
            centres[start + index] += weight * centre
            radii[start + index] += weight.magnitude * radius
            magnitudes[start + index] += weight.magnitude * magnitude
          }
        }
      }
    }
  }

  /// The bounds of all sums with a bias a channel added, of at most `terms` products each.
  func bounds(terms: Int, bias: [Float]?) -> Bounds {
    var bounds = Bounds(zeros: centres.count)
    bounds.update { index, _ in
      let offset = bias.map { Double($0[index % $0.count]) } ?? 0
      let (centre, radius) = (centres[index] + offset, radii[index])
      // Not finite where an input was not.
      guard centre.isFinite && radius.isFinite else { return .unknown }
      let magnitude = magnitudes[index] + offset.magnitude
      return (centre - radius...centre + radius)
        .widened(by: Rounding.error(terms: terms, magnitude: magnitude))
    }
    return bounds
  }
}
