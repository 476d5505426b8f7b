import HDF5Support
import RangeStatistics
import TestSupport
import Testing

@testable import ActivationProfiling

@Suite("Files of profiles")
struct ProfileFileTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  private func roundTrip(_ profile: Profile) throws -> Profile {
    try ProfileFile.read(scratch.file("p.h5", ProfileFile.bytes(of: profile)))
  }

  @Test("A run's profile reads back as it was, whole or in part.")
  func runs() throws {
    let profiler = try tinyProfiler(roughSamples)
    for blocks in [0..<5, 4..<5, 1..<3, 2..<2] {
      let profile = try profiler.run(blocks: blocks, threads: 1)
      #expect(try roundTrip(profile) == profile)
    }
    var parted = try profiler.run(blocks: 0..<1, threads: 1)
    try parted.merge(try profiler.run(blocks: 3..<5, threads: 1))
    #expect(try roundTrip(parted) == parted)
  }

  @Test("Sites of every kind read back as they were.", arguments: [1, 3, 17])
  func sites(channels: Int) throws {
    var generator = SplitMix64(seed: UInt64(channels))
    let (samples, shape) = (6, [2, 3, channels])
    let count = samples * 6 * channels
    let ordinary = generator.uniforms(count)
    var rough = ordinary
    rough[channels] = .nan
    rough[2 * channels] = -.infinity
    rough[count - 1] = .infinity
    var unusual = generator.dyadics(count)
    let small: [Float] = [
      0, -0.0, .leastNonzeroMagnitude, -.leastNonzeroMagnitude, .greatestFiniteMagnitude,
      -.greatestFiniteMagnitude,
    ]
    for (index, value) in small.enumerated() { unusual[index] = value }
    let profile = recordedProfile(
      [
        recordedSite("ordinary/relu", ordinary, shape: shape),
        recordedSite("rough/relu", rough, shape: shape),
        recordedSite("unusual/relu", unusual, shape: shape),
        recordedSite("nothing/relu", rough.map { _ in .nan }, shape: shape),
        recordedSite("infinite/relu", rough.map { _ in -.infinity }, shape: shape),
        recordedSite("constant/relu", rough.map { _ in 2.5 }, shape: shape),
      ], samples: samples, data: ["a.h5:/x", "b.npy"])
    let read = try roundTrip(profile)
    #expect(read == profile)
    #expect(read.sites[3].statistics.minimum == nil)
  }

  @Test("A profile without sites, and names in any script, read back as they were.")
  func unusual() throws {
    let empty = recordedProfile([], samples: 3, model: "")
    #expect(try roundTrip(empty) == empty)
    let named = recordedProfile(
      [recordedSite("层/α β", [1, 2], shape: [1])], samples: 2, model: "Größe \"1\"\n")
    #expect(try roundTrip(named) == named)
  }

  @Test("Counts beyond 32 bits read back as they were.")
  func largeCounts() throws {
    let (count, offsets) = (UInt64(1) << 33, 0..<ExtremeValues.capacity)
    var sum = ExactSum()
    sum.add(Double(count))
    let outliers = offsets.map { ExtremeValue(value: 1, sample: 0, offset: $0) }
    let statistics = try SiteStatistics(
      valuesPerSample: 1 << 33,
      channels: [
        ChannelStatistics(count: count, minimum: 1, maximum: 1, sum: sum, sumOfSquares: sum)
      ],
      histogram: BFloat16Histogram(edges: [1], counts: [count]), zeros: 0,
      nonFinite: NonFiniteCounts(), firstNonFinite: nil,
      highest: ExtremeValues(side: .highest, values: outliers),
      lowest: ExtremeValues(side: .lowest, values: outliers),
      samples: SampleExtremes(indices: [0], minima: [1], maxima: [1], seen: 1))
    let profile = recordedProfile(
      [
        Profile.Site(
          name: "a/relu", layer: "a", function: "relu", shape: [1 << 33, 1],
          statistics: statistics)
      ], samples: 1)
    #expect(try roundTrip(profile) == profile)
  }

  @Test("Of many samples some are kept, with gaps: their indices read back as they were.")
  func gaps() throws {
    let count = SampleExtremes.capacity + 1000
    let site = recordedSite("a/relu", (0..<count).map { Float($0 % 512) }, shape: [1])
    let indices = site.statistics.samples.indices
    #expect(indices.count == SampleExtremes.capacity && indices.last! >= indices.count)
    let profile = recordedProfile([site], samples: count)
    #expect(try roundTrip(profile) == profile)
  }

  @Test("A file of earlier builds, which kept more samples, reads as the profile of today.")
  func moreSamples() throws {
    let values = (0..<SampleExtremes.capacity + 1000).map { Float($0 % 509) }
    let profile = recordedProfile(
      [recordedSite("a/relu", values, shape: [1])], samples: values.count)
    func keeping(_ samples: Range<Int>) -> [String: ProfileCopy.Value] {
      let all = ProfileCopy.Value.floats(Array(values[samples]), shape: [1, samples.count])
      let bounds = [samples.lowerBound, samples.upperBound]
      return [
        "sample_ranges": .integers(bounds, shape: [1, 2]), "sample_min": all, "sample_max": all,
      ]
    }
    #expect(try refusal(keeping(0..<values.count), of: profile) == "no error")
    #expect(try ProfileFile.read(scratch.path("damaged.h5")) == profile)
    #expect(try refusal(keeping(1..<values.count), of: profile).contains("its list of samples"))
  }

  @Test("Many sites with long names fit into a file.")
  func manySites() throws {
    let site = recordedSite("", [1], shape: [1])
    let sites = (0..<300).map {
      Profile.Site(
        name: "\($0)" + String(repeating: "n", count: 300), layer: "l", function: "relu",
        shape: [1], statistics: site.statistics)
    }
    let profile = recordedProfile(sites, samples: 1)
    #expect(try roundTrip(profile).sites.map(\.name) == sites.map(\.name))
  }

  @Test("Writing the same profile again gives the same bytes, also after reading it.")
  func repeatedBytes() throws {
    let profile = try tinyProfiler(roughSamples).run(threads: 1)
    #expect(try ProfileFile.bytes(of: roundTrip(profile)) == ProfileFile.bytes(of: profile))
  }

  /// A site with all parts: two channels, a NaN, three samples.
  private var sample: Profile {
    recordedProfile(
      [recordedSite("a/relu", [1, 2, 3, -4, .nan, 6, 7, 0, 9, 10, 11, -12], shape: [2, 2])],
      samples: 3)
  }

  /// The message for a copy of the sample with changes.
  private func refusal(
    _ edits: [String: ProfileCopy.Value], of profile: Profile? = nil
  ) throws -> String {
    let whole = try scratch.file("whole.h5", ProfileFile.bytes(of: profile ?? sample))
    let damaged = scratch.path("damaged.h5")
    try ProfileCopy.make(of: whole, at: damaged, changing: edits)
    return message { _ = try ProfileFile.read(damaged) }
  }

  @Test("A copy without changes reads as the original.")
  func unchangedCopy() throws {
    #expect(try refusal([:]) == "no error")
    #expect(try ProfileFile.read(scratch.path("damaged.h5")) == sample)
  }

  @Test("What can be derived is not needed to read a profile.")
  func derived() throws {
    for name in ProfileCopy.derived { #expect(try refusal([name: .absent]) == "no error") }
  }

  @Test("A newer version is refused with both versions.")
  func newerVersion() throws {
    #expect(
      try refusal(["@format_version": .integers([3])]) == """
        '\(scratch.path("damaged.h5"))' has profile format 3; this Rangefinder reads up to 2.
          Use the version that wrote it, or a newer one.
        """)
  }

  @Test("An HDF5 file of another kind, and a file that is not HDF5, are named as such.")
  func otherFiles() throws {
    let path = scratch.path("other.h5")
    let file = try HDF5File(creating: path)
    try file.root.createDataset("x", [1.5])
    try file.flush()
    #expect(
      message { _ = try ProfileFile.read(path) } == """
        '\(path)' is an HDF5 file, but not a profile.
          Make one with:  rangefinder profile MODEL --data DATA -o P.profile.h5
        """)
    let foreign = try refusal(["@format": .text("something else")])
    #expect(foreign.contains("damaged.h5' is an HDF5 file, but not a profile."))
    let text = try scratch.file("text.h5", "no profile\n".utf8)
    #expect(message { _ = try ProfileFile.read(text) }.contains("text.h5' is not an HDF5 file"))
  }

  @Test("A profile without one of its parts is refused with the part's name and the file's.")
  func missingParts() throws {
    for name in ProfileCopy.whole.attributes.dropFirst() {
      #expect(
        try refusal(["@\(name)": .absent]) == """
          the profile '\(scratch.path("damaged.h5"))' lacks '\(name)'.
            It is damaged, or was changed by another program: make it again.
          """)
    }
    for name in ProfileCopy.whole.datasets where !ProfileCopy.derived.contains(name) {
      let text = try refusal([name: .absent])
      #expect(text.hasPrefix("'\(scratch.path("damaged.h5"))' has no '/\(name)'."), "\(text)")
    }
  }

  @Test("A part of another type is refused with its name and the file's.")
  func wrongTypes() throws {
    for (key, value) in [
      ("@format_version", ProfileCopy.Value.text("one")), ("@samples", .doubles([3.5])),
      ("blocks", .floats([0, 1])), ("zeros", .integers([-1])), ("layers", .counts([1])),
      ("bin_counts", .doubles([Double](repeating: 1, count: 11))),
    ] {
      let text = try refusal([key: value])
      let name = key.split { "@/".contains($0) }.last!
      #expect(text.contains("damaged.h5") && text.contains(name), "\(text)")
    }
  }

  @Test("A file's description that contradicts itself is refused.")
  func inconsistentFile() throws {
    let contradictions: [(String, [String: ProfileCopy.Value])] = [
      ("its description of the data", ["@data": .texts(["a", "b"])]),
      ("its description of the data", ["@dataset_samples": .integers([0])]),
      ("its description of the data", ["@block_size": .integers([-4])]),
      ("its description of the data", ["@dataset_samples": .integers([.max])]),
      ("its list of blocks", ["blocks": .integers([0])]),
      ("its list of blocks", ["blocks": .integers([1, 0])]),
      ("its list of blocks", ["blocks": .integers([0, 2])]),
      ("its list of blocks", ["blocks": .integers([-1, 1])]),
      ("its list of blocks", ["blocks": .integers([0, 1, 0, 1])]),
      ("its list of samples", ["@samples": .integers([4])]),
      ("its list of samples", ["sample_ranges": .integers([1, 4], shape: [1, 2])]),
      ("its list of samples", ["sample_ranges": .integers([0, 1, 1])]),
      ("its list of samples", ["sample_ranges": .integers([2, 1])]),
      ("its list of samples", ["sample_ranges": .integers([-1, 2])]),
      ("its list of samples", ["sample_ranges": .integers([0, 2, 1, 3], shape: [2, 2])]),
      ("its list of samples", ["sample_ranges": .integers([0, .max])]),
      ("its version", ["@format_version": .integers([0])]),
    ]
    for (what, edits) in contradictions {
      #expect(
        try refusal(edits) == """
          the profile '\(scratch.path("damaged.h5"))' contradicts itself in \(what).
            It is damaged, or was changed by another program: make it again.
          """)
    }
  }
}
