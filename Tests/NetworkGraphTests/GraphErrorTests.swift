import NetworkGraph
import Testing

@Suite struct GraphErrorTests {
  private let window = Window(size: [3, 3], strides: [1, 1], padding: .valid)

  /// The message for an operation that found one thing and needs another.
  private func words(_ operation: String, found: String, needed: String) -> String {
    """
    layer 'it' (\(operation)) cannot take \(found).
      It needs \(needed). Check that the input has the size the network was trained on.
    """
  }

  @Test("A dense layer names the channels it needs, and a bias that does not belong to it.")
  func dense() throws {
    #expect(
      try message(.dense(kernel: zeros(4, 7), bias: nil), [2, 5])
        == words("dense", found: "2×5", needed: "4 channels"))
    #expect(
      try message(.dense(kernel: zeros(4, 7), bias: nil), [])
        == words("dense", found: "scalar", needed: "4 channels"))
    #expect(
      try message(.dense(kernel: zeros(4, 2), bias: [0]), [4])
        == words("dense", found: "4", needed: "a bias a unit"))
  }

  @Test("A convolution names channels, groups, bias, axes, or the size that do not fit.")
  func convolution() throws {
    func found(_ kernel: Tensor, groups: Int = 1, bias: [Float]? = nil, _ input: [Int]) throws
      -> String
    {
      try message(
        .convolution(window: window, groups: groups, kernel: kernel, bias: bias), input)
    }
    let kernel = zeros(3, 3, 2, 5)
    #expect(
      try found(kernel, [8, 8, 3])
        == words("convolution", found: "8×8×3", needed: "2 channels"))
    #expect(
      try found(kernel, groups: 2, [8, 8, 4])
        == words(
          "grouped convolution", found: "8×8×4", needed: "filters that 2 groups share evenly"))
    #expect(
      try found(kernel, bias: [0], [8, 8, 2])
        == words("convolution", found: "8×8×2", needed: "a bias a filter"))
    #expect(
      try found(kernel, [8, 2])
        == words("convolution", found: "8×2", needed: "2 spatial axes and the channels"))
    #expect(
      try found(kernel, [8, 2, 2])
        == words(
          "convolution", found: "8×2×2", needed: "at least the window [3, 3] along each axis"))
  }

  @Test("Pooling refuses other axes, a small input, and dilation.")
  func pooling() throws {
    #expect(
      try message(.maxPooling(window), [8, 3])
        == words("max pooling", found: "8×3", needed: "2 spatial axes and the channels"))
    #expect(
      try message(.averagePooling(window), [2, 8, 3])
        == words(
          "average pooling", found: "2×8×3", needed: "at least the window [3, 3] along each axis"))
    let dilated = Window(size: [2], strides: [1], dilations: [2], padding: .valid)
    #expect(
      try message(.maxPooling(dilated), [8, 3])
        == words("max pooling", found: "8×3", needed: "a window without dilation"))
    #expect(
      try message(.globalAveragePooling(keepsAxes: false), [3])
        == words("global average pooling", found: "3", needed: "spatial axes"))
    #expect(
      try message(.globalMaxPooling(keepsAxes: true), [3])
        == words("global max pooling", found: "3", needed: "spatial axes"))
  }

  @Test("Scales and slopes must belong to the channels.")
  func channels() throws {
    #expect(
      try message(.affine(scale: [1, 2], shift: [0, 0]), [4, 3])
        == words("affine", found: "4×3", needed: "2 channels"))
    #expect(
      try message(.affine(scale: [1, 2, 3], shift: [0]), [4, 3])
        == words("affine", found: "4×3", needed: "3 channels"))
    #expect(
      try message(.activation(.prelu(slopes: [1, 2])), [4, 3])
        == words("prelu", found: "4×3", needed: "2 channels or values"))
  }

  @Test("Operations with several inputs say how they must agree.")
  func several() throws {
    #expect(
      try message(.elementwise(.subtract), [4], [4], [4])
        == words("subtract", found: "4 and 4 and 4", needed: "exactly two inputs"))
    #expect(
      try message(.elementwise(.add), [4, 3], [3])
        == words("add", found: "4×3 and 3", needed: "inputs with as many axes each"))
    #expect(
      try message(.elementwise(.multiply), [4, 3], [2, 3])
        == words("multiply", found: "4×3 and 2×3", needed: "inputs of one shape"))
    #expect(
      try message(.concatenation(axis: 0), [4, 3], [3])
        == words("concatenation", found: "4×3 and 3", needed: "inputs with as many axes each"))
    #expect(
      try message(.concatenation(axis: 2), [4, 3], [4, 3])
        == words("concatenation", found: "4×3 and 4×3", needed: "inputs with as many axes each"))
    #expect(
      try message(.concatenation(axis: 1), [4, 3], [5, 3])
        == words(
          "concatenation", found: "4×3 and 5×3", needed: "inputs that agree in all axes but 1"))
  }

  @Test("Movements name what they need.")
  func movements() throws {
    let target = try #require(Shape([5, 2]))
    #expect(
      try message(.reshape(target), [4, 3])
        == words("reshape", found: "4×3", needed: "10 values, for 5×2"))
    #expect(
      try message(.permutation([1, 0]), [4, 3, 2])
        == words("permutation", found: "4×3×2", needed: "2 axes"))
    #expect(
      try message(.zeroPadding([(1, 1)]), [4, 3, 2])
        == words("zero padding", found: "4×3×2", needed: "1 spatial axes and the channels"))
    #expect(
      try message(.cropping([(1, 1)]), [4, 3, 2])
        == words("cropping", found: "4×3×2", needed: "1 spatial axes and the channels"))
    #expect(
      try message(.cropping([(2, 2)]), [4, 3])
        == words(
          "cropping", found: "4×3", needed: "an input that leaves a positive size, not [0, 3]"))
    #expect(
      try message(.nearestUpsampling([2]), [4, 3, 2])
        == words("nearest upsampling", found: "4×3×2", needed: "1 spatial axes and the channels"))
  }
}
