import RangeStatistics

@testable import ActivationProfiling

/// A site that saw the given values, sample by sample, as one block from sample `first` on.
func recordedSite(
  _ name: String, _ values: [Float], shape: [Int], first: Int = 0
) -> Profile.Site {
  var values = values
  let each = shape.reduce(1, *)
  let samples = first..<first + values.count / each
  let recorder = SiteRecorder(channels: shape.last ?? 1, valuesPerSample: each)
  recorder.beginBlock(samples: samples)
  values.withUnsafeMutableBufferPointer {
    recorder.record($0, firstSample: first, samples: samples.count)
  }
  recorder.endBlock()
  return Profile.Site(
    name: name, layer: "layer of \(name)", function: "relu", shape: shape,
    statistics: recorder.snapshot())
}

/// A profile of all samples of a dataset, as one block.
func recordedProfile(
  _ sites: [Profile.Site], samples: Int, data: [String] = ["x.h5:/x"], model: String = "model"
) -> Profile {
  Profile(
    provenance: Provenance(
      model: model, modelDigest: "0123", data: data, dataDigests: data.map { "of \($0)" },
      preprocessing: "--scale 1/255", datasetSamples: samples, blockSize: samples),
    blocks: BlockSet(0..<1), sites: sites)
}
