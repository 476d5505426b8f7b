import Foundation
import RangeStatistics
import TestSupport
import Testing

@testable import ActivationProfiling

@Suite("Profiles of version 1 of the format")
struct ProfileVersion1Tests {
  private let scratch: Scratch
  /// A file that the program wrote when it wrote version 1.
  private let kept = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures/version1.profile.h5").path

  init() throws { scratch = try Scratch() }

  @Test("A file of version 1 reads as the profile that it was, and writes as a fresh one.")
  func reads() throws {
    let profile = try ProfileFile.read(kept)
    #expect(profile == profileOfVersion1)
    #expect(try ProfileFile.bytes(of: profile) == ProfileFile.bytes(of: profileOfVersion1))
  }

  /// The message for a copy with changes.
  private func refusal(_ edits: [String: ProfileCopy.Value]) throws -> String {
    let damaged = scratch.path("damaged.h5")
    try ProfileCopy.make(of: kept, at: damaged, parts: ProfileCopy.version1, changing: edits)
    return message { _ = try ProfileFile.read(damaged) }
  }

  @Test("A copy without changes, and without what can be derived, reads as the original.")
  func copies() throws {
    #expect(try refusal([:]) == "no error")
    #expect(try ProfileFile.read(scratch.path("damaged.h5")) == profileOfVersion1)
    for name in ProfileCopy.derived {
      #expect(try refusal(["sites/0000@\(name)": .absent]) == "no error")
    }
  }

  @Test(
    "A site that contradicts itself is refused with the file, the site and what is wrong.",
    arguments: [
      ("its name", ["sites/0001@name": .text("b/relu")]),
      ("its shape [12, -1]", ["sites/0001@shape": .integers([12, -1])]),
      ("the lengths of its channel datasets", ["sites/0001/channel_min": .floats([1])]),
      ("the lengths of its channel datasets", ["sites/0001/channel_sum": .counts([1, 2])]),
      (
        "the lengths of its channel datasets",
        ["sites/0001/channel_sum_of_squares": .counts([UInt64](repeating: 0, count: 10))]
      ),
      ("its histogram", ["sites/0001/bin_edges": .floats([1])]),
      ("the lengths of its highest values", ["sites/0001/highest_values": .floats([11])]),
      ("the lengths of its lowest values", ["sites/0001/lowest_places": .integers([0])]),
      (
        "there are 8 samples, but 2 minima and 8 maxima",
        ["sites/0001/sample_min": .floats([1, 2])]
      ),
      ("its first non-finite value", ["sites/0001@first_non_finite": .integers([1])]),
      ("its first non-finite value", ["sites/0001@first_non_finite_kind": .text("large")]),
    ] as [(String, [String: ProfileCopy.Value])])
  func contradictions(what: String, edits: [String: ProfileCopy.Value]) throws {
    #expect(
      try refusal(edits) == """
        the profile '\(scratch.path("damaged.h5"))' contradicts itself in 'rough/leaky_relu': \(what).
          It is damaged, or was changed by another program: make it again.
        """)
  }

  @Test("A site without one of its parts is refused with the part's name and the file's.")
  func missingParts() throws {
    let site = ProfileCopy.version1[2]
    for name in site.attributes where !ProfileCopy.derived.contains(name) {
      let text = try refusal(["\(site.group)@\(name)": .absent])
      let isOptional = name == "first_non_finite"
      #expect(text.contains(isOptional ? "its NaN and Inf" : "lacks '\(name)'"), "\(text)")
    }
    for name in site.datasets {
      let text = try refusal(["\(site.group)/\(name)": .absent])
      #expect(text.contains("has no '/\(site.group)/\(name)'."), "\(text)")
    }
    let names = ["ordinary/relu", "rough/leaky_relu", "nothing/softmax", "more/relu"]
    #expect(try refusal(["site_names": .texts(names)]).contains("has no '/sites/0003'."))
  }
}
