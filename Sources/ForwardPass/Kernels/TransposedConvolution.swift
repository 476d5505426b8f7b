import COneDNN
import NetworkGraph

/// The transpose of a correlation over one, two or three spatial axes.
///
/// Our kernels are `[window…, filters, channels]`; oneDNN's logical axes are (filters, channels,
/// window…). Its padding is that of the correlation, whose input is our output.
func transposedConvolutionKernel(
  _ window: Window, _ extents: [Int], _ kernel: Tensor, _ bias: [Float]?, _ context: KernelContext
) throws -> Kernel {
  let rank = window.size.count
  let (filters, channels) = (kernel.extents[rank], kernel.extents[rank + 1])
  var windowStrides: [Int] = []
  var stride = filters * channels
  for size in window.size.reversed() {
    windowStrides.insert(stride, at: 0)
    stride *= size
  }
  let logical = [filters, channels] + window.size

  let (source, target) = context.slidingLayouts()
  var (sourceLayout, targetLayout) = (source, target)
  var weights = Layout(chosenFor: logical)
  var offset = Layout.flat(filters)
  var descriptor = dnnl_deconvolution_desc_t()
  let geometry = SlidingGeometry(window, input: context.output)
  try oneDNN.dilated_deconvolution_forward_desc_init(
    &descriptor, dnnl_forward_inference, dnnl_deconvolution_direct, &sourceLayout, &weights,
    &offset, &targetLayout, geometry.strides, geometry.dilations, geometry.before, geometry.after
  ).check(layer: context.layer, "transposed convolution")
  let primitive = try Primitive(
    descriptor, layer: context.layer, operation: "transposed convolution")
  return .primitive(
    PrimitiveKernel(
      primitive: primitive, sources: [(DNNL_ARG_SRC, source)], target: (DNNL_ARG_DST, target),
      weights: try linearWeights(
        kernel, layout: Layout(logical, strides: [channels, 1] + windowStrides), bias: bias,
        count: filters, of: primitive)))
}
