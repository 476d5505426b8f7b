import RangeStatistics
import SampleData
import Synchronization

/// Samples in memory.
struct ArrayDataset: Dataset {
  var description = "array.h5:/x"
  let sampleShape: [Int]
  let values: [Float]

  var sampleCount: Int { values.count / sampleSize }

  init(_ values: [Float], sampleShape: [Int]) {
    self.values = values
    self.sampleShape = sampleShape
  }

  func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(buffer.count == samples.count * sampleSize)
    for (place, index) in (samples.lowerBound * sampleSize..<samples.upperBound * sampleSize)
      .enumerated()
    {
      buffer[place] = values[index]
    }
  }

  func labels() -> [Int]? { nil }

  /// The values of one sample.
  func sample(_ index: Int) -> [Float] {
    Array(values[index * sampleSize..<(index + 1) * sampleSize])
  }
}

/// Samples of which one cannot be read, except when all are read at once, as for the fingerprint.
final class BrokenDataset: Dataset {
  struct Fault: Error, Equatable { let sample: Int }

  let base: ArrayDataset
  let broken: Int
  private let samplesRead = Mutex<[Int]>([])

  init(_ base: ArrayDataset, broken: Int) {
    self.base = base
    self.broken = broken
  }

  var description: String { base.description }
  var sampleCount: Int { base.sampleCount }
  var sampleShape: [Int] { base.sampleShape }
  var firstSamples: [Int] { samplesRead.withLock { $0 } }

  func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    if samples.count < sampleCount {
      samplesRead.withLock { $0.append(samples.lowerBound) }
      if samples.contains(broken) { throw Fault(sample: broken) }
    }
    try base.read(samples: samples, into: buffer)
  }

  func labels() -> [Int]? { nil }
}

extension SplitMix64 {
  /// Multiples of 1/16 between −2 and 2: sums of their products need no rounding in Float32.
  mutating func dyadics(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float(Int(next() % 65) - 32) / 16 }
  }

  /// Numbers between −3 and 3 with all 24 bits.
  mutating func uniforms(_ count: Int) -> [Float] {
    (0..<count).map { _ in Float.random(in: -3...3, using: &self) }
  }
}
