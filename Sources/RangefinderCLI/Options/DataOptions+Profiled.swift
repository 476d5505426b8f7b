import ActivationProfiling
import ArgumentParser
import SampleData

extension DataOptions {
  /// Opens the samples that a profile ran, read as it recorded where no option says otherwise.
  ///
  /// They may be given in any order, and not all of them.
  ///
  /// - Throws: `InputError.otherData` if samples have another fingerprint; what opening throws.
  func open(
    for provenance: Provenance, _ reading: ReadingOptions
  ) throws -> [any Dataset] {
    // The inputs of a network share their options.
    let steps = provenance.preprocessing.split(separator: ";").first ?? ""
    let recorded = try? DataOptions.parse(steps.split(separator: " ").map(String.init))
    var options = self
    options.resize = resize ?? recorded?.resize
    options.crop = crop ?? recorded?.crop
    if layout == .nhwc, let recorded { options.layout = recorded.layout }
    return try data.map { specification in
      // The fingerprint tells the input, not a name before the file.
      let file = Self.named(specification)?.file ?? specification
      let found = try [3, 1].map { channels in
        let dataset = try reading.samples(file, options.sampleOptions(channels: channels))
        let profiled = SampleSubset(dataset, first: samples ?? provenance.datasetSamples)
        return (profiled, digest: try profiled.digest())
      }
      guard let (dataset, _) = found.first(where: { provenance.dataDigests.contains($0.digest) })
      else {
        throw InputError.otherData(
          path: file, digest: found[0].digest, profiled: provenance.dataDigests)
      }
      return dataset
    }
  }
}
