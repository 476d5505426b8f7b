import NetworkGraph

/// Why data cannot be run through a network.
public enum ProfilingError: Error, Hashable, Sendable, CustomStringConvertible {
  case inputCount(network: Int, data: Int)
  case shapeMismatch(data: String, found: [Int], expected: [Int])
  case sampleCounts([Int])
  case noSamples

  public var description: String {
    switch self {
    case .inputCount(let network, let data):
      """
      the network has \(network) input\(network == 1 ? "" : "s"), but \(data) dataset\
      \(data == 1 ? " was" : "s were") given.
        Give one --data for each input, in the network's order (rangefinder inspect lists them).
      """
    case .shapeMismatch(let data, let found, let expected):
      """
      the samples of '\(data)' have shape \(Self.text(found)), but the network takes \
      \(Self.text(expected)).
        \(Self.remedy(found, expected))
      """
    case .sampleCounts(let counts):
      """
      the datasets hold different numbers of samples: \
      \(counts.map(String.init).joined(separator: ", ")).
        Every input needs the same samples in the same order.
      """
    case .noSamples:
      "the data holds no samples. Check --data, --samples and --shard."
    }
  }

  private static func text(_ extents: [Int]) -> String {
    extents.isEmpty ? "of a single number" : extents.map(String.init).joined(separator: "×")
  }

  private static func remedy(_ found: [Int], _ expected: [Int]) -> String {
    if found.count == 3, expected.count == 3, [found[1], found[2], found[0]] == expected {
      return "The data is channels first: add --layout nchw."
    }
    if found.count == expected.count, found.last == expected.last {
      return
        "Resize images with --resize and --crop, or choose other data with --data file.h5:/path."
    }
    return "Choose other data with --data file.h5:/path/to/dataset, or reshape it."
  }
}

extension Shape {
  /// Whether samples of these extents hold the numbers of this shape in this order.
  ///
  /// Axes of extent 1 do not matter, and a vector takes samples of any shape, row by row.
  func admits(_ extents: [Int]) -> Bool {
    guard extents.reduce(1, *) == count else { return false }
    return rank == 1 || extents.filter { $0 != 1 } == self.extents.filter { $0 != 1 }
  }
}
