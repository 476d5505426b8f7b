import CKernels
import COneDNN
import Glibc
import NetworkGraph

/// A nonlinearity other than a rectifier, by oneDNN where it has the function.
func activationKernel(
  _ function: ActivationFunction, _ context: KernelContext
) throws -> Kernel {
  let count = context.batch * context.output.count
  switch function {
  case .softmax: return try softmaxKernel(context)
  case .logSoftmax: return logSoftmaxKernel(context)
  case _ where function.quarters != nil:
    let quarters = function.quarters!
    return .loop { inputs, output in rf_root(inputs[0], nil, output, count, quarters) }
  case .prelu(let slopes):
    return .loop { inputs, output in
      for start in stride(from: 0, to: count, by: slopes.count) {
        for place in slopes.indices {
          let x = inputs[0][start + place]
          output[start + place] = x < 0 ? slopes[place] * x : x
        }
      }
    }
  default:
    guard let (algorithm, alpha, beta) = function.oneDNNAlgorithm else {
      return .loop { inputs, output in
        for index in 0..<count { output[index] = function(inputs[0][index]) }
      }
    }
    let layout = Layout.flat(count)
    var data = layout
    var descriptor = dnnl_eltwise_desc_t()
    try oneDNN.eltwise_forward_desc_init(
      &descriptor, dnnl_forward_inference, algorithm, &data, alpha, beta
    ).check(layer: context.layer, function.name)
    return .primitive(
      PrimitiveKernel(
        primitive: try Primitive(descriptor, layer: context.layer, operation: function.name),
        sources: [(DNNL_ARG_SRC, layout)], target: (DNNL_ARG_DST, layout), weights: []))
  }
}

extension ActivationFunction {
  /// Four times the exponent of a power that has a kernel of its own, many times faster than powf.
  var quarters: Int32? {
    guard case .power(let exponent) = self, [0.5, 0.75].contains(abs(exponent)) else { return nil }
    return Int32(4 * exponent)
  }

  /// oneDNN's name for the function with its two parameters, if it has it and does it well.
  ///
  /// Each of these is within 1e-6 · max(1, |f|) of the function and keeps NaN. oneDNN's exponential
  /// makes NaN infinite, and its softplus and log-sigmoid are off by 2e-6.
  fileprivate var oneDNNAlgorithm: (dnnl_alg_kind_t, alpha: Float, beta: Float)? {
    switch self {
    case .elu(let alpha): (dnnl_eltwise_elu, alpha, 0)
    case .sigmoid: (dnnl_eltwise_logistic, 0, 0)
    case .tanh: (dnnl_eltwise_tanh, 0, 0)
    case .silu: (dnnl_eltwise_swish, 1, 0)
    case .gelu(approximate: false): (dnnl_eltwise_gelu_erf, 0, 0)
    case .gelu(approximate: true): (dnnl_eltwise_gelu_tanh, 0, 0)
    case .mish: (dnnl_eltwise_mish, 0, 0)
    case .power(let exponent): (dnnl_eltwise_pow, 1, exponent)
    default: nil
    }
  }
}

/// Exponentials over the last axis, divided by their sum.
///
/// oneDNN leaves a NaN in its place, and gives 0 to the others of its row.
private func softmaxKernel(_ context: KernelContext) throws -> Kernel {
  let channels = context.output.channels
  let layout = Layout.rows(context.batch * context.output.count / channels, channels)
  var data = layout
  var descriptor = dnnl_softmax_desc_t()
  try oneDNN.softmax_forward_desc_init(&descriptor, dnnl_forward_inference, &data, 1)
    .check(layer: context.layer, "softmax")
  return .primitive(
    PrimitiveKernel(
      primitive: try Primitive(descriptor, layer: context.layer, operation: "softmax"),
      sources: [(DNNL_ARG_SRC, layout)], target: (DNNL_ARG_DST, layout), weights: []))
}

/// The logarithm of a softmax; oneDNN's is off by 1.4e-6. A NaN makes its whole row NaN.
private func logSoftmaxKernel(_ context: KernelContext) -> Kernel {
  let channels = context.output.channels
  let rows = context.batch * context.output.count / channels
  return .loop { inputs, output in
    for row in 0..<rows {
      let source = UnsafeBufferPointer(start: inputs[0] + row * channels, count: channels)
      let greatest = source.reduce(-.infinity) { $1 > $0 ? $1 : $0 }
      let logarithm = logf(source.reduce(0) { $0 + expf($1 - greatest) })
      for channel in 0..<channels {
        output[row * channels + channel] = source[channel] - greatest - logarithm
      }
    }
  }
}
