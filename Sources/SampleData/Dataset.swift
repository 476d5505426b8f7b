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
  /// - Throws: `SampleDataError` or `HDF5Error`, if the file cannot be read after all.
  func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws

  /// Returns the class of every sample, or nil if the file does not tell.
  ///
  /// - Throws: `SampleDataError` or `HDF5Error`, if labels are there and cannot be read.
  func labels() throws -> [Int]?
}

extension Dataset {
  /// The number of elements of one sample.
  public var sampleSize: Int { sampleShape.reduce(1, *) }

  /// Returns a fingerprint of the samples: 16 hexadecimal digits.
  ///
  /// It is the XXH64 hash of the number of axes, their lengths with the batch axis first (each as
  /// a 64-bit integer), and all elements as 32-bit floating-point numbers, everything
  /// little-endian. So the same samples have the same fingerprint in every format, number type,
  /// and compression.
  ///
  /// - Throws: As `read(samples:into:)`.
  public func digest() throws -> String {
    var hash = ContentHash()
    for number in [sampleShape.count + 1, sampleCount] + sampleShape {
      withUnsafeBytes(of: Int64(number).littleEndian) { hash.update($0) }
    }
    // About 4 MiB a block.
    let block = max(1, min(sampleCount, (1 << 20) / max(1, sampleSize)))
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: block * sampleSize)
    defer { buffer.deallocate() }
    for start in stride(from: 0, to: sampleCount, by: block) {
      let samples = start..<min(start + block, sampleCount)
      let part = UnsafeMutableBufferPointer(rebasing: buffer[..<(samples.count * sampleSize)])
      try read(samples: samples, into: part)
      hash.update(UnsafeRawBufferPointer(part))
    }
    let digits = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
