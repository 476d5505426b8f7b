import NetworkGraph
import Testing

@testable import ActivationProfiling

@Suite("Why data cannot be run through a network")
struct ProfilingErrorTests {
  @Test("A wrong number of datasets is said with both numbers.")
  func inputCount() {
    let advice = """

        Give one --data for each input, in the network's order (rangefinder inspect lists them).
      """
    #expect(
      "\(ProfilingError.inputCount(network: 2, data: 1))"
        == "the network has 2 inputs, but 1 dataset was given.\(advice)")
    #expect(
      "\(ProfilingError.inputCount(network: 1, data: 3))"
        == "the network has 1 input, but 3 datasets were given.\(advice)")
  }

  @Test(
    "A wrong shape is said with both shapes and what would mend it.",
    arguments: [
      (
        [3, 32, 30], [32, 30, 3], "3×32×30", "32×30×3",
        "The data is channels first: add --layout nchw."
      ),
      (
        [28, 28, 1], [32, 32, 1], "28×28×1", "32×32×1",
        "Resize images with --resize and --crop, or choose other data with --data file.h5:/path."
      ),
      (
        [7], [32, 32, 3], "7", "32×32×3",
        "Choose other data with --data file.h5:/path/to/dataset, or reshape it."
      ),
      (
        [], [4], "of a single number", "4",
        "Choose other data with --data file.h5:/path/to/dataset, or reshape it."
      ),
    ])
  func shape(found: [Int], expected: [Int], one: String, other: String, remedy: String) {
    #expect(
      "\(ProfilingError.shapeMismatch(data: "d.h5:/x", found: found, expected: expected))"
        == "the samples of 'd.h5:/x' have shape \(one), but the network takes \(other).\n  \(remedy)"
    )
  }

  @Test("Datasets of different lengths are said with all lengths.")
  func sampleCounts() {
    #expect(
      "\(ProfilingError.sampleCounts([10, 12]))" == """
        the datasets hold different numbers of samples: 10, 12.
          Every input needs the same samples in the same order.
        """)
  }

  @Test("Data without samples names the options to look at.")
  func noSamples() {
    #expect(
      "\(ProfilingError.noSamples)"
        == "the data holds no samples. Check --data, --samples and --shard.")
  }

  @Test("A shape admits samples of the same numbers in the same order, and no others.")
  func admission() {
    let picture = Shape([28, 28, 1])!
    #expect(picture.admits([28, 28, 1]))
    #expect(picture.admits([28, 28]))
    #expect(picture.admits([1, 28, 28]))
    #expect(!picture.admits([784]))
    #expect(!picture.admits([14, 56]))
    #expect(Shape([784])!.admits([28, 28]))
    #expect(!Shape([784])!.admits([28, 29]))
    #expect(!Shape([4, 6, 3])!.admits([6, 4, 3]))
  }
}
