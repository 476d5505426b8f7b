import RangeStatistics

/// The range of every channel, the farthest first, inside the site's interval.
struct ChannelChart {
  let site: Report.Site
  /// The channels that saw a value, the farthest first.
  let channels: [Channel]

  /// Steps that are drawn, each of which stands for several channels where there are more
  /// (heuristic).
  private static let steps = 200
  /// Channels that are listed (heuristic).
  private static let listed = 5

  /// A channel that saw a value.
  struct Channel {
    let index: Int
    let range: ClosedRange<Double>
    var reach: Double { max(abs(range.lowerBound), abs(range.upperBound)) }
  }

  init(site: Report.Site) {
    self.site = site
    channels = site.statistics.channels.enumerated().compactMap { index, channel in
      channel.count > 0
        ? Channel(index: index, range: Double(channel.minimum)...Double(channel.maximum)) : nil
    }.sorted { $0.reach == $1.reach ? $0.index < $1.index : $0.reach > $1.reach }
  }

  /// The picture; nil where there are no two channels to compare.
  var picture: String? {
    guard channels.count > 1, let observed = site.observed else { return nil }
    let (width, height) = (FunctionChart.width, FunctionChart.height)
    let ranges = [observed] + (site.interval.map { [$0] } ?? [])
    let axes = Axes(
      x: Scale(domain: 0...Double(channels.count), extent: (58, width - 12)),
      y: Scale(
        domain: ranges.map(\.lowerBound).min()!...ranges.map(\.upperBound).max()!,
        extent: (height - 44, 26)))
    let title = "Ranges of \(channels.count.text) channels, the farthest first"
    return SVG.picture(width: width, height: height, title: title) { svg in
      axes.draw(
        into: &svg, xTitle: "channels, the farthest first", yTitle: "least to greatest value")
      svg.path(outline(channels, axes), class: "bars")
      let ends = site.chosen.map { [$0.lower, $0.upper] } ?? []
      svg.path(
        Path(
          lines: ends.map {
            (Point(x: axes.left, y: axes.y($0)), Point(x: axes.right, y: axes.y($0)))
          }), class: "mark")
    }
  }

  /// The greatest values from left to right and the least back again, as steps; where there are many
  /// channels, of some neighbours together.
  private func outline(_ channels: [Channel], _ axes: Axes) -> Path {
    let steps = min(channels.count, Self.steps)
    let groups = (0..<steps).map {
      channels[channels.count * $0 / steps..<channels.count * ($0 + 1) / steps]
    }
    func side(_ value: (ArraySlice<Channel>) -> Double) -> [Point] {
      groups.flatMap { group in
        [group.startIndex, group.endIndex].map {
          Point(x: axes.x(Double($0)), y: axes.y(value(group)))
        }
      }
    }
    return Path(
      side { $0.map(\.range.upperBound).max()! }
        + side { $0.map(\.range.lowerBound).min()! }.reversed(), tolerance: 0, limit: 4 * steps)
  }

  /// What to look for.
  var prose: String {
    guard let first = channels.first else { return "" }
    let median = channels[channels.count / 2].reach
    let start =
      "Channel \(first.index.text) reaches farthest, \(first.range.text)"
    guard median > 0 else { return "\(start); most channels are zero." }
    return
      "\(start), \((first.reach / median).text) × as far as the median one. Where a few channels "
      + "stand out, an interval for each channel would serve the others better."
  }

  /// The channels that are listed.
  var farthest: ArraySlice<Channel> { channels.prefix(Self.listed) }

  /// The channels that reach farthest.
  var table: TableView {
    let seen = site.statistics.channels
    return TableView(
      "Channels that reach farthest, of \(seen.count.text)",
      columns: ["channel", "min", "max", "mean", "deviation"],
      rows: farthest.map { channel in
        let moments = seen[channel.index].moments
        return [
          channel.index.text, channel.range.lowerBound.text, channel.range.upperBound.text,
          moments.mean.text, moments.standardDeviation.text,
        ]
      })
  }
}
