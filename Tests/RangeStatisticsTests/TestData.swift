import Glibc

@testable import RangeStatistics

extension SplitMix64 {
  /// A number in (0, 1).
  mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// A number of the standard normal distribution, by Box and Muller's method.
  mutating func normal() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }

  /// A multiple of 2⁻⁸ between −16 and 16: sums of these and of their squares need no rounding.
  mutating func dyadic() -> Float { Float(Int(next() % 8193) - 4096) / 256 }
}

/// Values that a recorder may trip over.
let specialValues: [Float] = [
  .nan, -.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude,
  Float(bitPattern: 0xFFFF), Float(bitPattern: 0x10000), Float(bitPattern: 0x8000_FFFF),
  Float(bitPattern: 0x8001_0000), .leastNormalMagnitude.nextDown, .leastNormalMagnitude,
  -.leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
]

/// Records samples as one block by one call, and returns what the values became.
@discardableResult
func record(
  _ values: [Float], firstSample: Int = 0, by recorder: SiteRecorder, rectifier: Rectifier? = nil
) -> [Float] {
  var values = values
  let samples = values.count / recorder.valuesPerSample
  recorder.beginBlock(samples: firstSample..<firstSample + samples)
  values.withUnsafeMutableBufferPointer {
    recorder.record($0, firstSample: firstSample, samples: samples, rectifier: rectifier)
  }
  recorder.endBlock()
  return values
}

/// Returns what a site saw whose samples are the given values, one block.
func statistics(
  of values: [Float], channels: Int, valuesPerSample: Int, firstSample: Int = 0
) -> SiteStatistics {
  let recorder = SiteRecorder(channels: channels, valuesPerSample: valuesPerSample)
  record(values, firstSample: firstSample, by: recorder)
  return recorder.snapshot()
}

/// Returns the bit patterns, so that NaN equals NaN and −0 is not 0.
func patterns(_ values: [Float]) -> [UInt32] { values.map(\.bitPattern) }
