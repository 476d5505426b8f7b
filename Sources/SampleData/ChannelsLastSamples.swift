/// Pictures that are stored channels first, with the channels brought last.
public struct ChannelsLastSamples: Dataset {
  /// The dataset as it is stored, one sample being channels × height × width.
  public let base: any Dataset

  /// Makes the dataset of pictures with their channels last.
  ///
  /// - Throws: `SampleDataError.layoutMismatch`, if samples do not have three axes.
  public init(_ base: any Dataset) throws {
    guard base.sampleShape.count == 3 else {
      throw SampleDataError.layoutMismatch(data: base.description, sampleShape: base.sampleShape)
    }
    self.base = base
  }

  public var description: String { base.description }

  public var sampleCount: Int { base.sampleCount }

  public var sampleShape: [Int] { [base.sampleShape[1], base.sampleShape[2], base.sampleShape[0]] }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(buffer.count == samples.count * sampleSize)
    let stored = UnsafeMutableBufferPointer<Float>.allocate(capacity: buffer.count)
    defer { stored.deallocate() }
    try base.read(samples: samples, into: stored)
    let channels = base.sampleShape[0]
    let pixels = sampleSize / channels
    for first in stride(from: 0, to: buffer.count, by: sampleSize) {
      for channel in 0..<channels {
        for pixel in 0..<pixels {
          buffer[first + pixel * channels + channel] = stored[first + channel * pixels + pixel]
        }
      }
    }
  }

  public func labels() throws -> [Int]? { try base.labels() }
}
