import NetworkGraph
import Testing

@Suite struct PoolingTests {
  @Test(
    "Maxima and means over windows; padding does not count.",
    arguments: [Padding.valid, .same], [1, 3, 5, 16, 17, 40])
  func windows(padding: Padding, channels: Int) throws {
    for (size, strides) in [
      ([2, 2], [2, 2]), ([3, 3], [1, 1]), ([3, 2], [2, 3]), ([1, 1], [2, 2]),
    ] {
      let window = Window(size: size, strides: strides, padding: padding)
      // All negative, so that a zero of the padding would win.
      try expectAgreement(graph(.maxPooling(window), [7, 8, channels]), in: -1 ... -0.5)
      try expectAgreement(graph(.averagePooling(window), [7, 8, channels]), in: -1 ... -0.5)
    }
  }

  @Test("One and three axes.", arguments: [Padding.valid, .same])
  func otherRanks(padding: Padding) throws {
    let line = Window(size: [3], strides: [2], padding: padding)
    try expectAgreement(graph(.maxPooling(line), [8, 5]))
    try expectAgreement(graph(.averagePooling(line), [8, 5]))
    let cube = Window(size: [2, 3, 2], strides: [2, 1, 2], padding: padding)
    try expectAgreement(graph(.maxPooling(cube), [5, 4, 5, 3]))
    try expectAgreement(graph(.averagePooling(cube), [5, 4, 5, 3]))
  }

  @Test(
    "Global pooling over one, two, and three axes.",
    arguments: [[9, 5], [4, 5, 3], [2, 3, 4, 17]])
  func global(extents: [Int]) throws {
    for keepsAxes in [true, false] {
      try expectAgreement(graph(.globalAveragePooling(keepsAxes: keepsAxes), extents))
      try expectAgreement(graph(.globalMaxPooling(keepsAxes: keepsAxes), extents))
    }
  }

  @Test("A NaN anywhere in a window is its maximum and its mean.", arguments: [1, 16, 17])
  func notANumber(channels: Int) throws {
    let window = Window(size: [2, 2], strides: [2, 2], padding: .valid)
    for place in 0..<4 {
      var input = [Float](repeating: 1, count: 4 * channels)
      input[place * channels] = .nan
      for operation in [
        Operation.maxPooling(window), .averagePooling(window), .globalMaxPooling(keepsAxes: false),
        .globalAveragePooling(keepsAxes: false),
      ] {
        let found = try output(operation, extents: [[2, 2, channels]], [input])
        #expect(found[0].isNaN)
        #expect(found.dropFirst().allSatisfy { $0 == 1 })
      }
    }
  }

  @Test("A NaN is found in every place and channel of a sample.")
  func everywhere() throws {
    for place in 0..<68 {
      var input = [Float](repeating: 1, count: 68)
      input[place] = .nan
      let found = try output(
        .globalMaxPooling(keepsAxes: false), extents: [[2, 2, 17]], [input])
      #expect(found.map(\.isNaN) == (0..<17).map { $0 == place % 17 })
    }
  }

  @Test("The maximum of infinities is infinite.")
  func infinities() throws {
    let input = [Float](repeating: -.infinity, count: 8) + [.infinity, 0]
    let window = Window(size: [2], strides: [2], padding: .valid)
    #expect(
      try output(.maxPooling(window), extents: [[5, 2]], [input]) == [
        -.infinity, -.infinity, -.infinity, -.infinity,
      ])
    #expect(
      try output(.globalMaxPooling(keepsAxes: false), extents: [[5, 2]], [input]) == [.infinity, 0])
  }
}
