import COneDNN
import NetworkGraph

/// The products of the first input's matrices with those of the second, over the last two axes.
func matrixProductKernel(transposed: Bool, _ context: KernelContext) throws -> Kernel {
  let first = context.inputs[0]
  let (rows, inner) = (first.extents[first.rank - 2], first.channels)
  let columns = context.output.channels
  let matrices = context.batch * first.count / (rows * inner)
  let left = Layout([matrices, rows, inner], strides: [rows * inner, inner, 1])
  let right = Layout(
    [matrices, inner, columns],
    strides: [inner * columns] + (transposed ? [1, inner] : [columns, 1]))
  let target = Layout([matrices, rows, columns], strides: [rows * columns, columns, 1])
  var (leftLayout, rightLayout, targetLayout) = (left, right, target)
  var descriptor = dnnl_matmul_desc_t()
  try oneDNN.matmul_desc_init(&descriptor, &leftLayout, &rightLayout, nil, &targetLayout)
    .check(layer: context.layer, "matrix product")
  return .primitive(
    PrimitiveKernel(
      primitive: try Primitive(
        descriptor, layer: context.layer, operation: "matrix product"),
      sources: [(DNNL_ARG_SRC, left), (DNNL_ARG_WEIGHTS, right)],
      target: (DNNL_ARG_DST, target), weights: []))
}
