import NetworkGraph
import Testing

@Suite struct OperationShapeTests {
  private let square = Window(size: [3, 3], strides: [2, 2], padding: .same)

  @Test("A dense layer replaces the last axis, whatever comes before it.")
  func dense() throws {
    let dense = Operation.dense(kernel: zeros(4, 7), bias: nil)
    #expect(try outputExtents(dense, [4]) == [7])
    #expect(try outputExtents(dense, [5, 4]) == [5, 7])
    #expect(try outputExtents(dense, [2, 3, 4]) == [2, 3, 7])
  }

  @Test("A convolution slides over one, two, or three axes and makes filters of channels.")
  func convolution() throws {
    func convolution(_ window: Window, _ kernel: Tensor, groups: Int = 1) -> NetworkGraph.Operation
    {
      .convolution(window: window, groups: groups, kernel: kernel, bias: nil)
    }
    let causal = Window(size: [3], strides: [1], dilations: [2], padding: .causal)
    #expect(try outputExtents(convolution(causal, zeros(3, 2, 5)), [9, 2]) == [9, 5])
    #expect(try outputExtents(convolution(square, zeros(3, 3, 2, 5)), [7, 8, 2]) == [4, 4, 5])
    let dilated = Window(size: [3, 3], strides: [1, 1], dilations: [3, 1], padding: .valid)
    #expect(try outputExtents(convolution(dilated, zeros(3, 3, 2, 5)), [9, 8, 2]) == [3, 6, 5])
    let cube = Window(size: [2, 2, 2], strides: [1, 2, 3], padding: .valid)
    #expect(
      try outputExtents(convolution(cube, zeros(2, 2, 2, 1, 4)), [5, 6, 7, 1]) == [4, 3, 2, 4])
    #expect(
      try outputExtents(convolution(square, zeros(3, 3, 2, 9), groups: 3), [4, 4, 6]) == [2, 2, 9])
    #expect(
      try outputExtents(convolution(square, zeros(3, 3, 1, 8), groups: 4), [4, 4, 4]) == [2, 2, 8])
  }

  @Test("Pooling keeps the channels; global pooling leaves them alone or with axes of 1.")
  func pooling() throws {
    #expect(try outputExtents(.maxPooling(square), [7, 8, 5]) == [4, 4, 5])
    #expect(try outputExtents(.averagePooling(square), [7, 8, 5]) == [4, 4, 5])
    #expect(try outputExtents(.globalAveragePooling(keepsAxes: false), [7, 8, 5]) == [5])
    #expect(try outputExtents(.globalAveragePooling(keepsAxes: true), [7, 8, 5]) == [1, 1, 5])
    #expect(try outputExtents(.globalMaxPooling(keepsAxes: false), [7, 5]) == [5])
    #expect(try outputExtents(.globalMaxPooling(keepsAxes: true), [7, 5]) == [1, 5])
  }

  @Test("Operations number by number keep the shape.")
  func unchanged() throws {
    #expect(try outputExtents(.affine(scale: [2], shift: [0]), [4, 3]) == [4, 3])
    #expect(try outputExtents(.affine(scale: [2, 2, 2], shift: [0, 0, 0]), [4, 3]) == [4, 3])
    #expect(try outputExtents(.activation(.softmax), [4, 3]) == [4, 3])
    #expect(try outputExtents(.activation(.prelu(slopes: [1, 1, 1])), [2, 3]) == [2, 3])
    let perPlace = [Float](repeating: 1, count: 6)
    #expect(try outputExtents(.activation(.prelu(slopes: perPlace)), [2, 3]) == [2, 3])
    #expect(try outputExtents(.localSquareSum(radius: 2, bias: 1, alpha: 1), [4, 3]) == [4, 3])
  }

  @Test("A masked softmax keeps the shape; its mask stretches, and has no rows of its own.")
  func maskedSoftmax() throws {
    let softmax = Operation.maskedSoftmax(isCausal: true)
    #expect(try outputExtents(softmax, [4, 3]) == [4, 3])
    #expect(try outputExtents(softmax, [2, 4, 3], [1, 1, 3]) == [2, 4, 3])
    #expect(
      try message(softmax, [4, 3], [2, 3]).contains("a mask that stretches over the first input"))
    #expect(try message(softmax, [3]).contains("rows and columns"))
  }

  @Test("Elementwise operations stretch axes of extent 1.")
  func elementwise() throws {
    #expect(try outputExtents(.elementwise(.add), [4, 3], [4, 3], [4, 3]) == [4, 3])
    #expect(try outputExtents(.elementwise(.multiply), [4, 5, 3], [1, 1, 3]) == [4, 5, 3])
    #expect(try outputExtents(.elementwise(.subtract), [1, 3], [4, 1]) == [4, 3])
  }

  @Test("Concatenation adds up one axis.")
  func concatenation() throws {
    #expect(try outputExtents(.concatenation(axis: 2), [4, 5, 3], [4, 5, 2]) == [4, 5, 5])
    #expect(try outputExtents(.concatenation(axis: 0), [4, 3], [1, 3], [2, 3]) == [7, 3])
  }

  @Test("Movements change extents as they say.")
  func movements() throws {
    let target = try #require(Shape([6, 2]))
    #expect(try outputExtents(.reshape(target), [4, 3]) == [6, 2])
    #expect(try outputExtents(.permutation([2, 0, 1]), [4, 5, 3]) == [3, 4, 5])
    #expect(try outputExtents(.zeroPadding([(1, 2), (0, 3)]), [4, 5, 3]) == [7, 8, 3])
    #expect(try outputExtents(.cropping([(1, 2), (0, 3)]), [4, 5, 3]) == [1, 2, 3])
    #expect(try outputExtents(.nearestUpsampling([2, 3]), [4, 5, 3]) == [8, 15, 3])
  }

  @Test("A label names the operation, a grouped convolution as such.")
  func labels() {
    func convolution(groups: Int) -> NetworkGraph.Operation {
      .convolution(window: square, groups: groups, kernel: zeros(3, 3, 1, 2), bias: nil)
    }
    #expect(convolution(groups: 1).label == "convolution")
    #expect(convolution(groups: 2).label == "grouped convolution")
    #expect(Operation.elementwise(.average).label == "average")
    #expect(Operation.activation(.elu(alpha: 0.5)).label == "elu(0.5)")
    #expect(Operation.input.label == "input")
  }

  @Test("A transposed convolution gives the extents that its convolution takes.")
  func transposedConvolution() throws {
    for extents in [[9, 10], [10, 10]] {
      let operation = NetworkGraph.Operation.transposedConvolution(
        window: Window(size: [3, 3], strides: [2, 3], padding: .valid), extents: extents,
        kernel: zeros(3, 3, 5, 2), bias: nil)
      #expect(try outputExtents(operation, [4, 3, 2]) == extents + [5])
      #expect(operation.parameterCount == 90)
    }
  }

  @Test("A matrix product joins the outer axes, a mean keeps axes of 1, a resizing the channels.")
  func products() throws {
    #expect(
      try outputExtents(.matrixProduct(transposed: false), [2, 3, 4], [2, 4, 5]) == [2, 3, 5])
    #expect(
      try outputExtents(.matrixProduct(transposed: true), [2, 3, 4], [2, 5, 4]) == [2, 3, 5])
    #expect(try outputExtents(.mean(axes: [0, 2]), [2, 3, 4]) == [1, 3, 1])
    #expect(try outputExtents(.resizing(to: [5, 6], .linear), [2, 3, 4]) == [5, 6, 4])
  }
}
