import RangeStatistics
import SampleData

/// The inputs that made the extremes, as small pictures.
public struct InputPictures: Sendable {
  struct Picture: Sendable {
    let thumbnail: Thumbnail
    /// The input's class, where the data tells.
    let label: Int?
  }

  /// By the input's place in the dataset.
  let pictures: [Int: Picture]

  /// Draws the inputs behind a report's extremes from the data that was profiled, a dataset for each
  /// input of the network; nil if no samples are pictures.
  ///
  /// The inputs of the most extreme values of every site come first; those that a page has no room
  /// for are left out.
  ///
  /// - Throws: What the data throws.
  /// - Precondition: The datasets have the samples that the profile names.
  public init?(of report: Report, from datasets: [any Dataset]) throws {
    guard
      let dataset = datasets.first(where: { Thumbnail.layout(ofShape: $0.sampleShape) != nil })
    else { return nil }
    let labels = try dataset.labels()
    var (pictures, room) = ([Int: Picture](), report.isBrief ? Self.room / 5 : Self.room)
    for input in report.extremeInputs {
      var values = [Float](repeating: 0, count: dataset.sampleSize)
      try values.withUnsafeMutableBufferPointer {
        try dataset.read(samples: input..<input + 1, into: $0)
      }
      guard
        let thumbnail = Thumbnail(
          values, shape: dataset.sampleShape, side: report.isBrief ? 32 : 48)
      else { continue }
      room -= thumbnail.png.count
      if room < 0 { break }
      pictures[input] = Picture(thumbnail: thumbnail, label: labels?[input])
    }
    self.pictures = pictures
  }

  /// The bytes of all pictures (heuristic: a third more in the page, a fifth of its 2 MB), a fifth
  /// of it where there are many sites.
  private static let room = 300_000
}

extension Report {
  /// The inputs behind the extreme values that the page shows on both sides of every site, once each:
  /// first those of the most extreme values, by the sites' importance, then those of the next.
  fileprivate var extremeInputs: [Int] {
    let details = details
    let lists = sitesByImportance.flatMap { site in
      [site.statistics.lowest, site.statistics.highest].map {
        $0.values(ofInputs: details[site.number - 1].pictures).map(\.sample)
      }
    }
    var known: Set<Int> = []
    return (0..<Detail.full.pictures).flatMap { rank in
      lists.compactMap { $0.count > rank ? $0[rank] : nil }
    }.filter { known.insert($0).inserted }
  }
}

extension ExtremeValues {
  /// The most extreme value of each of at most `count` inputs, most extreme first.
  func values(ofInputs count: Int) -> [ExtremeValue] {
    var known: Set<Int> = []
    return Array(values.filter { known.insert($0.sample).inserted }.prefix(count))
  }
}
