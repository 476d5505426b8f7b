/// The names that samples and labels go by in a file that holds several arrays.
enum SampleNames {
  /// The names of samples, in order of preference.
  static let samples = [
    "x", "x_test", "x_val", "x_train", "images", "image", "data", "inputs", "input", "features",
  ]

  /// The stems of sample names; what follows one is shared with the labels.
  private static let sampleStems = [
    "images", "image", "inputs", "input", "features", "data", "x", "X",
  ]

  /// The stems that labels go by, in order of preference.
  private static let labelStems = [
    "y", "Y", "labels", "label", "targets", "target", "classes", "class",
  ]

  /// Returns whether the last part of a path is a name of labels.
  static func isLabel(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return labelStems.contains { name == $0 || name.hasPrefix("\($0)_") }
  }

  /// Returns whether the name of a column is one of labels.
  static func isLabelColumn(_ name: String) -> Bool {
    labelStems.contains(name.lowercased())
  }

  /// Returns the paths where the labels of the samples at `path` may be, in order of preference:
  /// a stem of labels, then what follows the stem of samples.
  static func labels(beside path: String) -> [String] {
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    let (folder, name) = (path[..<start], path[start...])
    let stem = sampleStems.first { name.hasPrefix($0) }
    let suffix = stem.map { name.dropFirst($0.count) } ?? ""
    return labelStems.map { "\(folder)\($0)\(suffix)" }.filter { $0 != path }
  }

  /// Returns the classes of `count` samples from whole numbers or one-hot rows; nil from others.
  static func classes(_ values: [Double], of count: Int) -> [Int]? {
    let classCount = values.count / count
    if classCount == 1 {
      let labels = values.compactMap { Int(exactly: $0) }
      return labels.count == count ? labels : nil
    }
    let rows = stride(from: 0, to: values.count, by: classCount)
    let labels = rows.compactMap { start -> Int? in
      let row = values[start..<start + classCount]
      let isOneHot = row.allSatisfy { $0 == 0 || $0 == 1 } && row.reduce(0, +) == 1
      return isOneHot ? row.firstIndex(of: 1).map { $0 - start } : nil
    }
    return labels.count == count ? labels : nil
  }

  /// Returns the classes of samples that are labelled by words: whole numbers as they are, other
  /// words by their place among all, sorted by their bytes; nil if all are numbers and some not
  /// whole, or one is empty.
  static func classes(_ words: [String]) -> [Int]? {
    guard !words.contains("") else { return nil }
    let numbers = words.compactMap { Int($0) ?? Double($0).flatMap { Int(exactly: $0) } }
    if numbers.count == words.count { return numbers }
    if words.allSatisfy({ Double($0) != nil }) { return nil }
    let places = places(of: sorted(Set(words)))
    return words.compactMap { places[$0] }
  }

  /// Returns words in the order of their bytes, as Python sorts them.
  static func sorted(_ words: some Sequence<String>) -> [String] {
    words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// Returns the place of each word in a list.
  static func places(of words: [String]) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: words.enumerated().map { ($1, $0) })
  }
}
