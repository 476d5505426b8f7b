import Testing

@testable import SampleData

@Suite struct ContentHashTests {
  /// The reference implementation's hashes of the bytes 0, 1, …, 250, 0, 1, … .
  private static let known: [(count: Int, hash: UInt64)] = [
    (0, 0xef46_db37_51d8_e999), (1, 0xe934_a84a_db05_2768), (3, 0xe5c7_bb45_33bc_65dd),
    (4, 0xffce_d860_4453_cc1e), (8, 0x884a_1736_14b8_1b8d), (31, 0xc346_d2b5_9b4d_8ee1),
    (32, 0xcbf5_9c51_16ff_32b4), (33, 0x0c53_5d1a_cafb_8ead), (63, 0xe26a_a9e2_a95f_8e4f),
    (100, 0x6ac1_e580_3216_6597), (1000, 0xf306_f04a_a88b_54d3),
  ]

  @Test(
    "The hash equals the reference implementation's, however the stream is cut.",
    arguments: [
      1, 5, 31, 32, 47, 1000,
    ])
  func knownHashes(piece: Int) {
    for (count, expected) in Self.known {
      let stream = (0..<count).map { UInt8($0 % 251) }
      var hash = ContentHash()
      for start in stride(from: 0, to: count, by: piece) {
        Array(stream[start..<min(start + piece, count)]).withUnsafeBytes { hash.update($0) }
      }
      #expect(hash.value == expected, "\(count) bytes")
    }
  }
}
