import NetworkGraph

/// For each id the row of a table.
///
/// An id is rounded towards zero, as Keras does; one without a row ends the run with an error.
func embeddingKernel(_ table: Tensor, _ context: KernelContext) -> Kernel {
  let (rows, channels) = (table.extents[0], table.extents[1])
  let (places, layer) = (context.inputs[0].count, context.layer)
  return .checkedLoop { samples, inputs, output in
    try table.values.withUnsafeBufferPointer { values in
      for index in 0..<samples.count * places {
        let id = inputs[0][index]
        guard let row = Int(exactly: id.rounded(.towardZero)), (0..<rows).contains(row) else {
          throw ForwardPassError.idOutOfRange(
            layer: layer, sample: samples.lowerBound + index / places, place: index % places,
            id: id, rows: rows)
        }
        (output + index * channels).update(
          from: values.baseAddress! + row * channels, count: channels)
      }
    }
  }
}

/// 1 for each place with a channel that is not `value`, else 0.
func maskKernel(unless value: Float, _ context: KernelContext) -> Kernel {
  let channels = context.inputs[0].channels
  let places = context.batch * context.output.count
  return .loop { inputs, output in
    for place in 0..<places {
      let source = inputs[0] + place * channels
      output[place] = (0..<channels).contains { source[$0] != value } ? 1 : 0
    }
  }
}
