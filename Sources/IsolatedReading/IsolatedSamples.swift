import SampleData

/// The samples of an HDF5 file that a child reads.
///
/// Several threads may read at a time; the child serves one after the other.
public final class IsolatedSamples: Dataset {
  public let description: String
  public let sampleCount: Int
  public let sampleShape: [Int]

  private let process: ReaderProcess

  /// The bytes that the child reads for one answer: enough to make the question cheap.
  private static let bytesPerRequest = 16 << 20

  /// Has the child open samples.
  init(_ process: ReaderProcess, file: String, dataset: String?) throws {
    let (description, shape) = try process.ask(.samples(file: file, dataset: dataset), bytes: 0) {
      let (description, (shape, count)) = (try $0.text(), try $0.shape())
      guard count > 0, !shape.isEmpty else {
        throw MessageFault(what: "samples of shape \(shape)")
      }
      return (description, shape)
    }
    self.description = description
    sampleCount = shape[0]
    sampleShape = Array(shape.dropFirst())
    self.process = process
  }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(samples.lowerBound >= 0 && samples.upperBound <= sampleCount)
    precondition(buffer.count == samples.count * sampleSize)
    let size = sampleSize * MemoryLayout<Float>.stride
    let step = max(1, Self.bytesPerRequest / size)
    var rest = UnsafeMutableRawBufferPointer(buffer)
    for start in stride(from: samples.lowerBound, to: samples.upperBound, by: step) {
      let rows = start..<min(start + step, samples.upperBound)
      let part = UnsafeMutableRawBufferPointer(rebasing: rest[..<(rows.count * size)])
      try process.ask(.rows(rows), bytes: part.count) { _ in
        try process.memory.copy(from: 0, to: part)
      }
      rest = UnsafeMutableRawBufferPointer(rebasing: rest[part.count...])
    }
  }

  public func labels() throws -> [Int]? {
    try process.ask(.labels, bytes: 0) { reader in
      let labels = try reader.list { try $0.list { try $0.number() } }
      guard labels.count <= 1, labels.allSatisfy({ $0.count == sampleCount }) else {
        throw MessageFault(what: "not one label a sample")
      }
      return labels.first
    }
  }
}
