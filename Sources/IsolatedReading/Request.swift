/// What the parent asks of the child; the answer is one message.
enum Request: Hashable {
  /// Reads an architecture, for the network that comes next.
  case architecture(path: String)

  /// All of a network: `ModelFileContents`, the weights in shared memory.
  case model(path: String)

  /// A profile, written anew into shared memory.
  case profile(path: String)

  /// Opens samples: `SamplesDescription`. Rows and labels are those of what was opened last.
  case samples(file: String, dataset: String?)

  /// Samples, in shared memory.
  case rows(Range<Int>)

  /// The classes of all samples: a list of one list, or of none.
  case labels

  /// The request as a message.
  var message: [UInt8] {
    var writer = MessageWriter()
    switch self {
    case .model(let path):
      writer.add(0)
      writer.add(path)
    case .profile(let path):
      writer.add(1)
      writer.add(path)
    case .samples(let file, let dataset):
      writer.add(2)
      writer.add(file)
      writer.add(dataset)
    case .rows(let rows):
      writer.add(3)
      writer.add(rows.lowerBound)
      writer.add(rows.upperBound)
    case .labels:
      writer.add(4)
    case .architecture(let path):
      writer.add(5)
      writer.add(path)
    }
    return writer.bytes
  }

  /// Reads a message.
  ///
  /// - Throws: `MessageFault`.
  init(message: [UInt8]) throws {
    var reader = MessageReader(message)
    switch try reader.number() {
    case 0: self = .model(path: try reader.text())
    case 1: self = .profile(path: try reader.text())
    case 2: self = .samples(file: try reader.text(), dataset: try reader.optionalText())
    case 3:
      let (lower, upper) = (try reader.number(), try reader.number())
      guard 0 <= lower, lower <= upper else { throw MessageFault(what: "no range") }
      self = .rows(lower..<upper)
    case 4: self = .labels
    case 5: self = .architecture(path: try reader.text())
    case let kind: throw MessageFault(what: "request \(kind)")
    }
    try reader.finish()
  }
}
