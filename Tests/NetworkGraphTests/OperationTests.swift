import NetworkGraph
import Testing

@Suite struct OperationTests {
  private let window = Window(size: [2], strides: [2], padding: .valid)

  @Test("Activations and maxima are sites.")
  func sites() {
    #expect(Operation.activation(.elu(alpha: 1)).siteFunctions.first?.name == "elu")
    #expect(Operation.activation(.elu(alpha: 1)).siteFunctions.first?.canonicalText == "elu(1)")
    #expect(Operation.maxPooling(window).siteFunctions.first?.name == "max")
    #expect(Operation.globalMaxPooling(keepsAxes: true).siteFunctions.first?.canonicalText == "max")
    #expect(Operation.maskedSoftmax(isCausal: true).siteFunctions.first?.canonicalText == "softmax")
  }

  @Test("Linear operations and those that move numbers are no sites.")
  func linear() {
    let others: [NetworkGraph.Operation] = [
      .input, .dense(kernel: zeros(1, 1), bias: nil), .affine(scale: [1], shift: [0]),
      .averagePooling(window), .globalAveragePooling(keepsAxes: false), .elementwise(.multiply),
      .localSquareSum(radius: 1, bias: 1, alpha: 1), .concatenation(axis: 0), .permutation([0]),
      .zeroPadding([]), .cropping([]), .nearestUpsampling([]),
      .convolution(window: window, groups: 1, kernel: zeros(2, 1, 1), bias: nil),
    ]
    #expect(others.allSatisfy { $0.siteFunctions.isEmpty })
  }

  @Test("Trained parameters are kernels, biases, scales, shifts, and PReLU's slopes.")
  func parameters() {
    #expect(Operation.dense(kernel: zeros(4, 3), bias: [0, 0, 0]).parameterCount == 15)
    #expect(Operation.dense(kernel: zeros(4, 3), bias: nil).parameterCount == 12)
    let convolution = Operation.convolution(
      window: window, groups: 1, kernel: zeros(2, 3, 5), bias: [0, 0, 0, 0, 0])
    #expect(convolution.parameterCount == 35)
    #expect(Operation.affine(scale: [1, 2], shift: [3, 4]).parameterCount == 4)
    #expect(Operation.activation(.prelu(slopes: [1, 2, 3])).parameterCount == 3)
    #expect(Operation.maxPooling(window).parameterCount == 0)
  }
}
