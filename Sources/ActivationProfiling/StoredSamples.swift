import RangeStatistics

/// What a profile's file says of the samples that all of its sites saw.
struct StoredSamples {
  let file: String
  /// The indices of the samples whose extremes are kept, and the number of samples run.
  let kept: [Int]
  let seen: Int
  /// The number of samples in the dataset.
  let inDataset: Int
  /// Where the kept samples are among the file's, if it has more.
  private let places: [Int]?
  private let countInFile: Int

  /// The most samples that a file has: earlier builds kept twice as many.
  static let greatestCount = 2 * SampleExtremes.capacity

  /// - Parameter indices: Those in the file.
  /// - Returns: `nil` if there are more samples than are kept, and not as earlier builds kept them.
  init?(file: String, indices: [Int], seen: Int, inDataset: Int) {
    if indices.count > SampleExtremes.capacity {
      let ascend = indices[0] >= 0 && zip(indices, indices.dropFirst()).allSatisfy { $0 < $1 }
      guard indices.count == min(seen, Self.greatestCount), ascend else { return nil }
    }
    let places = SampleExtremes.places(keptOf: indices)
    (self.file, self.seen, self.inDataset) = (file, seen, inDataset)
    (self.places, countInFile) = (places, indices.count)
    kept = places?.map { indices[$0] } ?? indices
  }

  /// The numbers of the kept samples among a site's numbers, one for each sample in the file; all if
  /// they are not as many, which is for the caller to find.
  func kept(of numbers: [Float]) -> [Float] {
    guard let places, numbers.count == countInFile else { return numbers }
    return places.map { numbers[$0] }
  }
}
