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
        == words("affine", found: "4×3", needed: "2 channels or values"))
    #expect(
      try message(.affine(scale: [1, 2, 3], shift: [0]), [4, 3])
        == words("affine", found: "4×3", needed: "3 channels or values"))
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

  @Test("A transposed convolution names channels, bias, axes, or an output that it cannot have.")
  func transposedConvolution() throws {
    func found(_ extents: [Int], bias: [Float]? = nil, _ input: [Int]) throws -> String {
      try message(
        .transposedConvolution(
          window: Window(size: [3], strides: [2], padding: .valid), extents: extents,
          kernel: zeros(3, 5, 2), bias: bias), input)
    }
    func words(_ found: String, _ needed: String) -> String {
      self.words("transposed convolution", found: found, needed: needed)
    }
    #expect(try found([9], [4, 3]) == words("4×3", "2 channels"))
    #expect(try found([9], [4, 3, 2]) == words("4×3×2", "1 spatial axes and the channels"))
    #expect(try found([9], bias: [1], [4, 2]) == words("4×2", "a bias a filter"))
    #expect(try found([11], [4, 2]) == words("4×2", "what its window makes of [11]"))
  }

  @Test("A matrix product names the inputs that it needs.")
  func matrixProduct() throws {
    func words(_ found: String, _ needed: String) -> String {
      self.words("matrix product", found: found, needed: needed)
    }
    let (plain, transposed) = (
      Operation.matrixProduct(transposed: false), Operation.matrixProduct(transposed: true)
    )
    #expect(try message(plain, [3, 4]) == words("3×4", "two inputs of two axes or more"))
    #expect(try message(plain, [4], [4]) == words("4 and 4", "two inputs of two axes or more"))
    #expect(
      try message(plain, [2, 3, 4], [3, 4, 5])
        == words("2×3×4 and 3×4×5", "inputs that agree in all axes but the last two"))
    #expect(
      try message(plain, [3, 4], [5, 4])
        == words("3×4 and 5×4", "a second input with 4 along axis 0"))
    #expect(
      try message(transposed, [3, 4], [4, 5])
        == words("3×4 and 4×5", "a second input with 4 along axis 1"))
  }

  @Test("Numbers that no sample can have are refused, and overflow nothing.")
  func overflow() throws {
    func tooMany(_ operation: String, _ found: String, _ extents: [Int]) -> String {
      words(
        operation, found: found,
        needed: "an input that leaves at most 2147483647 values, not \(extents)")
    }
    let great = Int(Int32.max)
    for factor in [great, .max] {
      #expect(
        try message(.nearestUpsampling([factor]), [4, 3])
          == tooMany("nearest upsampling", "4×3", [4 * great, 3]))
      #expect(
        try message(.zeroPadding([(factor, factor)]), [4, 3])
          == tooMany("zero padding", "4×3", [4 + 2 * great, 3]))
      #expect(try message(.cropping([(factor, factor)]), [4, 3]).contains("a positive size"))
      #expect(
        try message(.resizing(to: [factor], .linear), [4, 3])
          == tooMany("linear resizing", "4×3", [factor, 3]))
    }
    let wide = Window(size: [.max], strides: [.max], dilations: [.max], padding: .same)
    #expect(
      try message(
        .convolution(window: wide, groups: 1, kernel: zeros(1, 3, 2), bias: nil), [4, 3]
      ).contains("at least the window"))
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
    #expect(
      try message(.resizing(to: [2], .nearest), [4, 3, 2])
        == words("nearest resizing", found: "4×3×2", needed: "1 spatial axes and the channels"))
    #expect(
      try message(.mean(axes: [1, 2]), [4, 3])
        == words("mean", found: "4×3", needed: "the axes [1, 2]"))
  }
}
