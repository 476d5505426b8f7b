/// A sample as a small picture, where samples are pictures.
public struct Thumbnail: Hashable, Sendable {
  public let width: Int
  public let height: Int
  /// The picture as a PNG file, grey or coloured.
  public let png: [UInt8]

  /// Returns how samples of a shape are pictures: height × width of at least 8 × 8, with one or three
  /// channels or without that axis, or such a square row by row; nil if they are none.
  public static func layout(
    ofShape shape: [Int]
  ) -> (height: Int, width: Int, channels: Int)? {
    let layout: (height: Int, width: Int, channels: Int)
    switch shape.count {
    case 1:
      let side = Int(Double(shape[0]).squareRoot())
      guard side * side == shape[0] else { return nil }
      layout = (side, side, 1)
    case 2: layout = (shape[0], shape[1], 1)
    case 3: layout = (shape[0], shape[1], shape[2])
    default: return nil
    }
    guard min(layout.height, layout.width) >= 8, [1, 3].contains(layout.channels) else {
      return nil
    }
    return layout
  }

  /// Makes the picture, no side longer than `side`; nil if the sample is none.
  ///
  /// The least finite value is black and the greatest white, or full colour; values that are not
  /// finite are black. A larger sample is scaled down, each pixel the mean of those it stands for.
  ///
  /// - Precondition: The values are those of the shape, and `side` is positive.
  public init?(_ values: [Float], shape: [Int], side: Int = 48) {
    guard let layout = Self.layout(ofShape: shape) else { return nil }
    precondition(values.count == shape.reduce(1, *) && side > 0, "\(values.count) for \(shape)")
    let longest = max(layout.height, layout.width)
    let scaled = { (length: Int) in
      longest <= side ? length : max((length * side + longest / 2) / longest, 1)
    }
    (width, height) = (scaled(layout.width), scaled(layout.height))
    let finite = values.lazy.filter(\.isFinite)
    let (least, most) = (Double(finite.min() ?? 0), Double(finite.max() ?? 0))
    let range = most - least
    func source(_ place: Int, of count: Int, along length: Int) -> Range<Int> {
      place * length / count..<max((place + 1) * length / count, place * length / count + 1)
    }
    var pixels: [UInt8] = []
    for y in 0..<height {
      let rows = source(y, of: height, along: layout.height)
      for x in 0..<width {
        let columns = source(x, of: width, along: layout.width)
        for channel in 0..<layout.channels {
          var sum = 0.0
          for row in rows {
            for column in columns {
              let value = values[(row * layout.width + column) * layout.channels + channel]
              if value.isFinite { sum += Double(value) - least }
            }
          }
          let mean = sum / Double(rows.count * columns.count)
          pixels.append(range > 0 ? UInt8((255 * mean / range).rounded()) : 0)
        }
      }
    }
    guard
      let png = PNGEncoder.encode(
        pixels, width: width, height: height, channels: layout.channels)
    else { return nil }
    self.png = png
  }
}
