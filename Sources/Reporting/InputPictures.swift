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
    let detail = Detail(sites: report.sites.count)
    let labels = try dataset.labels()
    var (pictures, room) = ([Int: Picture](), Self.room)
    for input in report.extremeInputs(detail.pictures) {
      var values = [Float](repeating: 0, count: dataset.sampleSize)
      try values.withUnsafeMutableBufferPointer {
        try dataset.read(samples: input..<input + 1, into: $0)
      }
      guard let thumbnail = Thumbnail(values, shape: dataset.sampleShape, side: detail.pictureSide)
      else { continue }
      room -= thumbnail.png.count
      if room < 0 { break }
      pictures[input] = Picture(thumbnail: thumbnail, label: labels?[input])
    }
    self.pictures = pictures
  }

  /// The bytes of all pictures of a page (heuristic: a third more in it, a fifth of its 2 MB).
  private static let room = 300_000
}

extension Report {
  /// The inputs behind the `count` most extreme values on both sides of every site, once each: first
  /// those of the most extreme values, by site as the page lists them, then those of the next.
  fileprivate func extremeInputs(_ count: Int) -> [Int] {
    var (inputs, known) = ([Int](), Set<Int>())
    let sites = sitesWorstFirst
    for rank in 0..<count {
      for site in sites {
        for list in [site.statistics.highest.values, site.statistics.lowest.values]
        where rank < list.count {
          if known.insert(list[rank].sample).inserted { inputs.append(list[rank].sample) }
        }
      }
    }
    return inputs
  }
}
