import FileSupport
import SampleData

/// The samples of an HDF5 file that a child reads.
///
/// Where the child says that they stand in the file as they are, they are read here, without the
/// library: nothing but numbers can come of that. Otherwise several threads may read at a time, and
/// the child serves one after the other.
public final class IsolatedSamples: Dataset {
  public let description: String
  public let sampleCount: Int
  public let sampleShape: [Int]

  private let process: ReaderProcess
  /// The file, and where in it the samples begin.
  private let place: (file: RandomAccessFile, offset: Int)?

  /// The bytes that the child reads for one answer: enough to make the question cheap.
  private static let bytesPerRequest = 16 << 20

  /// Has the child open samples.
  init(_ process: ReaderProcess, file: String, dataset: String?) throws {
    let stored = try? RandomAccessFile(file)
    let (description, shape, offset) = try process.ask(
      .samples(file: file, dataset: dataset), bytes: 0
    ) {
      let (description, (shape, count)) = (try $0.text(), try $0.shape())
      guard count > 0, !shape.isEmpty else {
        throw MessageFault(what: "samples of shape \(shape)")
      }
      return (description, shape, try $0.place(of: count, in: stored))
    }
    place = offset.flatMap { offset in stored.map { ($0, offset) } }
    self.description = description
    sampleCount = shape[0]
    sampleShape = Array(shape.dropFirst())
    self.process = process
  }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(samples.lowerBound >= 0 && samples.upperBound <= sampleCount)
    precondition(buffer.count == samples.count * sampleSize)
    let size = sampleSize * MemoryLayout<Float>.stride
    if let place {
      return try place.file.read(floats: buffer, at: place.offset + samples.lowerBound * size)
    }
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
