import ActivationProfiling
import HDF5Support
import ModelImport
import RangeStatistics
import TestSupport
import Testing

@testable import IsolatedReading

@Suite("Children that wait")
struct WaitingChildrenTests {
  /// The children that wait, which then wait no more.
  private func all(_ children: WaitingChildren) -> [ReaderChild] {
    Array(sequence(state: children) { $0.next() })
  }

  @Test("Two at most are started ahead, and none twice.", arguments: [(0, 0), (1, 1), (3, 2)])
  func ahead(files: Int, children: Int) {
    let reader = IsolatedReader.script("exec sleep 1000")
    reader.prepare(files: files)
    reader.prepare(files: files)
    #expect(all(reader.waiting).count == children)
  }

  @Test("One that was started ahead reads a network, and then waits no more.")
  func network() throws {
    let reader = IsolatedReader.built()
    reader.prepare(files: 2)
    let model = try KerasModel(try reader.model(Sound.model))
    #expect(try model.digest == KerasModel(reading: Sound.model).digest)
    #expect(all(reader.waiting).count == 1)
  }

  @Test("Limits hold for one that was started ahead.")
  func limits() throws {
    let scratch = try Scratch()
    let path = scratch.path("large.h5")
    do {
      let root = try HDF5File(creating: path).root
      for name in ["x", "y"] {
        try root.createDataset(
          name, [UInt8](repeating: 0, count: 64 << 20), compression: .deflate(level: 1))
      }
    }
    var limits = ReaderLimits()
    limits.memory = 320 << 20
    let reader = IsolatedReader.built(limits)
    reader.prepare(files: 1)
    let samples = try reader.samples(file: path)
    #expect(message { _ = try samples.labels() }.contains("more than there is memory for"))
  }

  private func emptyProfile(sites: Int) -> Profile {
    let statistics = SiteStatistics(channels: 40, valuesPerSample: 40)
    return Profile(
      provenance: Provenance(
        model: "m", modelDigest: "d", data: ["x"], dataDigests: ["e"], preprocessing: "",
        datasetSamples: 3), blocks: BlockSet([])!,
      sites: (0..<sites).map {
        Profile.Site(
          name: "\($0)/relu", layer: "\($0)", function: "relu", shape: [40],
          statistics: statistics)
      })
  }

  @Test("One child reads profile after profile, the larger and the smaller, and nothing else.")
  func profiles() throws {
    let scratch = try Scratch()
    let reader = IsolatedReader.built()
    for sites in [1, 200, 3, 300] {
      let profile = emptyProfile(sites: sites)
      let path = try scratch.file("\(sites).h5", ProfileFile.bytes(of: profile))
      #expect(try reader.profile(path) == profile)
    }
    _ = try reader.model(Sound.model)
    #expect(all(reader.profileReaders).count == 1 && all(reader.waiting).isEmpty)
  }

  @Test("A profile is read by a new child where one that read another ends at it.")
  func worn() throws {
    let scratch = try Scratch()
    let profile = emptyProfile(sites: 2)
    let bytes = try ProfileFile.bytes(of: profile)
    let path = try scratch.file("p.h5", bytes)
    var answer = MessageWriter()
    answer.add(0)
    answer.add(bytes.count)
    let length = [UInt8(answer.bytes.count), 0, 0, 0]
    let answerPath = try scratch.file("answer", length + answer.bytes)
    // Takes a request, answers it, takes another one, and ends.
    let take = "head -c \(4 + Request.profile(path: path).message.count) <&3 >/dev/null"
    let reader = IsolatedReader.script(
      "\(take); cat '\(path)' >&4; cat '\(answerPath)' >&3; \(take); exit 7")
    for _ in 0..<3 { #expect(try reader.profile(path) == profile) }
  }

  @Test("One that refused a profile, or crashed, is not given another.")
  func refusal() throws {
    let reader = IsolatedReader.built()
    #expect(message { _ = try reader.profile(Sound.model) }.contains("not a profile"))
    #expect(all(reader.profileReaders).isEmpty)
    let crashing = IsolatedReader.script("kill -SEGV $$")
    #expect(message { _ = try crashing.profile("x.h5") }.contains("crashed the HDF5 library"))
    #expect(all(crashing.profileReaders).isEmpty)
  }
}
