/// Samples for a network: all of one shape, read a block at a time.
///
/// Memory does not grow with the number of samples.
public protocol Dataset: Sendable, CustomStringConvertible {
  /// The name of the file, and of the array in it; no folder, so that reports are repeatable.
  var description: String { get }

  /// The number of samples; at least one.
  var sampleCount: Int { get }

  /// The lengths of one sample's axes, without the batch axis; none if a sample is one number.
  var sampleShape: [Int] { get }

  /// Reads samples, converted to `Float`, one after the other, the last axis running fastest.
  ///
  /// Several threads may read at a time.
  ///
  /// - Precondition: `samples` lies in the dataset, and `buffer` has exactly the room.
  /// - Throws: `SampleDataError`, `FileError`, or `HDF5Error`, if the file cannot be read after all.
  func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws

  /// Returns the class of every sample, or nil if the file does not tell.
  ///
  /// - Throws: `SampleDataError`, `FileError`, or `HDF5Error`, if labels are there and cannot be
  ///   read.
  func labels() throws -> [Int]?

  /// Returns a fingerprint of some samples: 16 hexadecimal digits.
  ///
  /// Unless a kind of dataset says otherwise, it is the XXH64 hash of the number of axes, their
  /// lengths with the batch axis first (each as a 64-bit integer), and all elements as 32-bit
  /// floating-point numbers, everything little-endian. So the same samples have the same
  /// fingerprint in every format, number type, and compression. Images are the exception.
  ///
  /// - Precondition: `samples` lies in the dataset.
  /// - Throws: As `read(samples:into:)`.
  func digest(of samples: Range<Int>) throws -> String
}

extension Dataset {
  /// The number of elements of one sample.
  public var sampleSize: Int { sampleShape.reduce(1, *) }

  /// Returns the fingerprint of all samples.
  ///
  /// - Throws: As `read(samples:into:)`.
  public func digest() throws -> String { try digest(of: 0..<sampleCount) }

  public func digest(of samples: Range<Int>) throws -> String {
    var hash = ContentHash(shape: [samples.count] + sampleShape)
    // About 4 MiB a block.
    let block = max(1, min(samples.count, (1 << 20) / max(1, sampleSize)))
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: block * sampleSize)
    defer { buffer.deallocate() }
    for start in stride(from: samples.lowerBound, to: samples.upperBound, by: block) {
      let part = start..<min(start + block, samples.upperBound)
      let values = UnsafeMutableBufferPointer(rebasing: buffer[..<(part.count * sampleSize)])
      try read(samples: part, into: values)
      hash.update(UnsafeRawBufferPointer(values))
    }
    return hash.digits
  }
}
