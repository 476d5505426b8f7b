import FileSupport

/// The files of images that are the samples, and their classes.
///
/// The names are all that memory holds of each.
struct ImageList: Sendable {
  /// The paths of the files.
  var paths: [String]

  /// The class of each, if known.
  var classes: [Int]?

  /// The largest list that is read, in bytes.
  private static let largestList = 1 << 30

  /// Lists one image, without a class.
  init(image path: String) {
    paths = [path]
    classes = nil
  }

  /// Reads a list: a path a line, from the list's folder on, and a label after a tab, or a whole
  /// number after a space.
  ///
  /// The labels are the classes if every line has one: whole numbers as they are, words by their
  /// place among all, sorted.
  ///
  /// - Throws: `SampleDataError.noImages`, `FileError.cannotRead`.
  init(list path: String) throws {
    let file = try RandomAccessFile(path)
    guard file.byteCount <= Self.largestList else {
      throw FileError.cannotRead(file: path, reason: "A list of \(file.byteCount) bytes")
    }
    let folder = path.dropLast(SampleFile.name(of: path).utf8.count)
    var labels: [String] = []
    paths = []
    let bytes = try file.bytes(at: 0, count: file.byteCount)
    for line in bytes.split(separator: 0x0A) {
      let text = String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
      if text.allSatisfy({ $0 == " " || $0 == "\t" }) { continue }
      let (name, label) = Self.split(text)
      paths.append(name.hasPrefix("/") ? name : folder + name)
      labels.append(label)
    }
    guard !paths.isEmpty else { throw SampleDataError.noImages(file: path) }
    classes = SampleNames.classes(labels)
  }

  private static func split(_ line: String) -> (name: String, label: String) {
    if let tab = line.lastIndex(of: "\t") {
      return (String(line[..<tab]), String(line[line.index(after: tab)...]))
    }
    if let space = line.lastIndex(of: " "), space > line.startIndex {
      let label = line[line.index(after: space)...]
      if Int(label) != nil { return (String(line[..<space]), String(label)) }
    }
    return (line, "")
  }
}
