import ActivationProfiling
import Glibc
import RangeStatistics

extension SplitMix64 {
  /// A number in (0, 1).
  mutating func unit() -> Double { (Double(next() >> 11) + 0.5) * 0x1p-53 }

  /// A number of the standard normal distribution, by Box and Muller's method.
  mutating func normal() -> Double { (-2 * log(unit())).squareRoot() * cos(2 * .pi * unit()) }

  /// Multiples of 1/256 between −8 and 8: they can be scaled and shifted without rounding.
  mutating func dyadic() -> Float { Float(Int(next() % 4097) - 2048) / 256 }
}

/// A site that saw one list of values for each input, all of one length.
func recordedSite(
  _ inputs: [[Float]], _ function: String = "relu", name: String? = nil
) -> Profile.Site {
  let each = inputs.first?.count ?? 1
  let recorder = SiteRecorder(channels: 1, valuesPerSample: each)
  var values = inputs.flatMap(\.self)
  recorder.beginBlock(samples: 0..<inputs.count)
  values.withUnsafeMutableBufferPointer {
    recorder.record($0, firstSample: 0, samples: inputs.count)
  }
  recorder.endBlock()
  return Profile.Site(
    name: name ?? "layer/\(function)", layer: "layer", function: function, shape: [each, 1],
    statistics: recorder.snapshot())
}

/// A profile of sites that saw the same inputs.
func recordedProfile(_ sites: [Profile.Site]) -> Profile {
  let inputs = max(sites.first?.statistics.samples.seen ?? 1, 1)
  return Profile(
    provenance: Provenance(
      model: "model", modelDigest: "0123", data: ["x.h5:/x"], dataDigests: ["4567"],
      preprocessing: "", datasetSamples: inputs, blockSize: inputs),
    blocks: BlockSet(0..<1), sites: sites)
}

/// A site of normally distributed values, `each` for each of `inputs` inputs.
func normalSite(
  _ function: String, inputs: Int = 60, each: Int = 20, mean: Double = 0, deviation: Double = 1.5,
  seed: UInt64 = 1, name: String? = nil
) -> Profile.Site {
  var generator = SplitMix64(seed: seed)
  let values = (0..<inputs).map { _ in
    (0..<each).map { _ in Float(mean + deviation * generator.normal()) }
  }
  return recordedSite(values, function, name: name)
}

/// A site of which each input gives the two ends of its range.
func rangeSite(_ ranges: [ClosedRange<Float>], name: String = "layer/relu") -> Profile.Site {
  recordedSite(ranges.map { [$0.lowerBound, $0.upperBound] }, name: name)
}

/// Ranges with random ends that are multiples of 1/256.
func randomRanges(_ count: Int, _ generator: inout SplitMix64) -> [ClosedRange<Float>] {
  (0..<count).map { _ in
    let (one, other) = (generator.dyadic(), generator.dyadic())
    return min(one, other)...max(one, other)
  }
}
