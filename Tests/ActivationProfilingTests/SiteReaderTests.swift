import RangeStatistics
import TestSupport
import Testing

@testable import ActivationProfiling

@Suite("Damaged sites in a profile's file")
struct SiteReaderTests {
  /// Three samples of 2 × 2 values: one NaN, one zero.
  private static let values: [Float] = [1, 2, 3, -4, .nan, 6, 7, 0, 9, 10, 11, -12]

  private static let ten = [UInt64](repeating: 0, count: 10)

  @Test(
    "A site that contradicts itself is refused with the file, the site and what is wrong.",
    arguments: [
      ("its name", ["@name": .text("b/relu")]),
      ("its shape [2, -2]", ["@shape": .integers([2, -2])]),
      ("its shape [4611686018427387904, 2]", ["@shape": .integers([1 << 62, 2])]),
      ("the number of its channels", ["@shape": .integers([4])]),
      ("the number of its values", ["@shape": .integers([1, 2])]),
      ("the number of its values", ["@nan": .counts([2])]),
      ("the number of its values", ["@positive_infinity": .counts([.max])]),
      ("the number of its values", ["/channel_values": .counts([.max, .max])]),
      ("the lengths of its channel datasets", ["/channel_min": .floats([1])]),
      ("the lengths of its channel datasets", ["/channel_max": .floats([1, 2, 3])]),
      ("the lengths of its channel datasets", ["/channel_sum": .counts(ten)]),
      ("the lengths of its channel datasets", ["/channel_sum_of_squares": .counts([])]),
      ("the range of a channel", ["/channel_min": .floats([.nan, -12])]),
      ("the range of a channel", ["/channel_max": .floats([-5, 10])]),
      ("the range of a channel", ["/channel_max": .floats([.infinity, 10])]),
      ("the range of a sample", ["/sample_min": .floats([-4, .nan, -12])]),
      ("the range of a sample", ["/sample_min": .floats([2.5, 0, -13])]),
      ("the range of a sample", ["/sample_max": .floats([-5, 7, 11])]),
      ("there are 3 samples, but 2 minima and 3 maxima", ["/sample_min": .floats([-4, 0])]),
      ("its histogram", ["/bin_edges": .floats([1])]),
      ("its histogram", ["/bin_counts": .counts([UInt64](repeating: .max, count: 11))]),
      (
        "the channels count 11 values, but the histogram 10",
        ["/bin_counts": .counts([0] + [UInt64](repeating: 1, count: 10))]
      ),
      ("there are 2 zeros, but their bin holds 1 values", ["@zeros": .counts([2])]),
      ("the lengths of its highest values", ["/highest_values": .floats([11])]),
      ("the lengths of its lowest values", ["/lowest_places": .integers([0])]),
      (
        "outlier 1 is not less extreme than the one before it",
        ["/highest_values": .floats([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])]
      ),
      (
        "its outliers", ["/highest_values": .floats([12, 10, 9, 7, 6, 3, 2, 1, 0, -4, -12])]
      ),
      (
        "the place of a value",
        ["/lowest_places": .integers([3] + [Int](repeating: 0, count: 21))]
      ),
      (
        "the place of a value",
        ["/lowest_places": .integers([2, 4] + [Int](repeating: 0, count: 20))]
      ),
      (
        "the place of a value",
        ["/lowest_places": .integers([2, -1] + [Int](repeating: 0, count: 20))]
      ),
      ("the place of a value", ["@first_non_finite": .integers([9, 0])]),
      ("its first non-finite value", ["@first_non_finite": .integers([1])]),
      ("its first non-finite value", ["@first_non_finite_kind": .text("large")]),
      ("its NaN and Inf", ["@first_non_finite": .absent]),
    ] as [(String, [String: ProfileCopy.Value])])
  func contradictions(what: String, edits: [String: ProfileCopy.Value]) throws {
    let scratch = try Scratch()
    let damaged = scratch.path("damaged.h5")
    let profile = recordedProfile(
      [recordedSite("a/relu", Self.values, shape: [2, 2])], samples: 3)
    let whole = try scratch.file("whole.h5", ProfileFile.bytes(of: profile))
    let places = edits.map { (ProfileCopy.site + $0.key, $0.value) }
    try ProfileCopy.make(
      of: whole, at: damaged, changing: Dictionary(uniqueKeysWithValues: places))
    #expect(
      message { _ = try ProfileFile.read(damaged) } == """
        the profile '\(damaged)' contradicts itself in 'a/relu': \(what).
          It is damaged, or was changed by another program: make it again.
        """)
  }
}
