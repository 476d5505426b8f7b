import RangeStatistics
import TestSupport
import Testing

@testable import ActivationProfiling

@Suite("Damaged sites in a profile's file")
struct StoredSiteTests {
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  /// The message for a copy of a profile with changes: one site, three samples of 2 × 2 values, one of
  /// them NaN, one zero.
  private func refusal(_ edits: [String: ProfileCopy.Value]) throws -> String {
    let values: [Float] = [1, 2, 3, -4, .nan, 6, 7, 0, 9, 10, 11, -12]
    let profile = recordedProfile([recordedSite("a/relu", values, shape: [2, 2])], samples: 3)
    let whole = try scratch.file("whole.h5", ProfileFile.bytes(of: profile))
    let damaged = scratch.path("damaged.h5")
    try ProfileCopy.make(of: whole, at: damaged, changing: edits)
    return message { _ = try ProfileFile.read(damaged) }
  }

  private func words(_ what: String) -> String {
    """
    the profile '\(scratch.path("damaged.h5"))' contradicts itself in \(what).
      It is damaged, or was changed by another program: make it again.
    """
  }

  @Test(
    "A site that contradicts itself is refused with the file, the site and what is wrong.",
    arguments: [
      ("its shape [2, -2]", ["shapes": .integers([2, -2])]),
      ("its shape [4611686018427387904, 2]", ["shapes": .integers([1 << 62, 2])]),
      (
        "the number of its channels",
        ["shapes": .integers([4]), "shape_offsets": .integers([0, 1])]
      ),
      ("the number of its values", ["shapes": .integers([1, 2])]),
      ("the number of its values", ["nan": .counts([2])]),
      ("the number of its values", ["positive_infinity": .counts([.max])]),
      ("the number of its values", ["channel_values": .counts([.max, .max])]),
      ("the range of a channel", ["channel_min": .floats([.nan, -12])]),
      ("the range of a channel", ["channel_max": .floats([-5, 10])]),
      ("the range of a channel", ["channel_max": .floats([.infinity, 10])]),
      ("the range of a sample", ["sample_min": .floats([-4, .nan, -12], shape: [1, 3])]),
      ("the range of a sample", ["sample_min": .floats([2.5, 0, -13], shape: [1, 3])]),
      ("the range of a sample", ["sample_max": .floats([-5, 7, 11], shape: [1, 3])]),
      ("its histogram", ["bin_counts": .counts([UInt64](repeating: .max, count: 11))]),
      (
        "bin 3 of the histogram is empty, has an edge that is none, or is out of order",
        ["bin_counts": .counts([1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1])]
      ),
      (
        "bin 2 of the histogram is empty, has an edge that is none, or is out of order",
        ["bin_edges": .floats([-12, -4, -5, 1, 2, 3, 6, 7, 9, 10, 11])]
      ),
      (
        "the channels count 11 values, but the histogram 12",
        ["bin_counts": .counts([2] + [UInt64](repeating: 1, count: 10))]
      ),
      ("there are 2 zeros, but their bin holds 1 values", ["zeros": .counts([2])]),
      (
        "outlier 1 is not less extreme than the one before it",
        ["highest_values": .floats([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])]
      ),
      ("its outliers", ["highest_values": .floats([12, 10, 9, 7, 6, 3, 2, 1, 0, -4, -12])]),
      ("the place of a value", ["lowest_places": places(3, 0)]),
      ("the place of a value", ["lowest_places": places(2, 4)]),
      ("the place of a value", ["lowest_places": places(2, -1)]),
      ("the place of a value", ["first_non_finite": .integers([9, 0], shape: [1, 2])]),
      ("its NaN and Inf", ["first_non_finite_kind": .texts([""])]),
      ("its NaN and Inf", ["nan": .counts([0])]),
    ] as [(String, [String: ProfileCopy.Value])])
  func contradictions(what: String, edits: [String: ProfileCopy.Value]) throws {
    #expect(try refusal(edits) == words("'a/relu': \(what)"))
  }

  /// The places of eleven outliers, of which one is given.
  private static func places(_ sample: Int, _ offset: Int) -> ProfileCopy.Value {
    .integers([sample, offset] + [Int](repeating: 0, count: 20), shape: [11, 2])
  }

  @Test(
    "A table that contradicts another one is refused with its name.",
    arguments: [
      ("bin_offsets", .integers([0, -1])), ("bin_offsets", .integers([1, 11])),
      ("bin_offsets", .integers([0])), ("bin_offsets", .integers([0, 5, 11])),
      ("channel_offsets", .integers([2, 0])), ("outlier_offsets", .integers([.min, .max])),
      ("shape_offsets", .integers([-2, 0])),
      ("channel_sum", .counts([1, 2])), ("channel_sum", .counts([], shape: [2, 0])),
      ("channel_sum", .counts([UInt64](repeating: 0, count: 22), shape: [2, 11])),
      ("channel_sum_of_squares", .counts([1], shape: [1, 1])),
      ("sample_min", .floats([-4, 0, -12])), ("sample_max", .floats([3, 7], shape: [1, 2])),
      ("highest_places", .integers([Int](repeating: 0, count: 22))),
      ("first_non_finite", .integers([1, 0])), ("first_non_finite_kind", .texts(["large"])),
      ("layers", .texts(["a", "b"])), ("zeros", .counts([])),
    ] as [(String, ProfileCopy.Value)])
  func tables(name: String, value: ProfileCopy.Value) throws {
    #expect(try refusal([name: value]) == words("'\(name)'"))
  }

  @Test(
    "A table is never longer than its dataset, whatever offsets say.", arguments: [10, 12, .max])
  func offsets(end: Int) throws {
    for (offsets, table) in [
      ("bin_offsets", "bin_edges"), ("channel_offsets", "channel_values"),
      ("outlier_offsets", "highest_values"), ("shape_offsets", "shapes"),
    ] {
      #expect(try refusal([offsets: .integers([0, end])]) == words("'\(table)'"))
    }
  }

  @Test(
    "Sums whose lowest bit is worth something else than a word's are refused.",
    arguments: [-297, -362, 342, .min, .max])
  func exponents(exponent: Int) throws {
    for name in ["channel_sum", "channel_sum_of_squares"] {
      #expect(try refusal(["@\(name)_exponent": .integers([exponent])]) == words("'\(name)'"))
    }
  }

  @Test("Without a site that is named, or with one more, no table fits.")
  func names() throws {
    #expect(try refusal(["site_names": .texts([])]) == words("'layers'"))
    #expect(try refusal(["site_names": .texts(["a/relu", "b/relu"])]) == words("'layers'"))
  }
}
