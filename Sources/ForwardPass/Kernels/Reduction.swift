import NetworkGraph

/// The mean over some axes, which keep the extent 1, summed in Double.
func meanKernel(axes: [Int], _ context: KernelContext) -> Kernel {
  let (input, count, batch) = (context.inputs[0], context.output.count, context.batch)
  let factor = Double(count) / Double(input.count)
  // What goes into one mean lies side by side along the last axes, where these are averaged.
  let trailing = input.extents.indices.reversed().prefix(while: axes.contains).count
  let run = input.extents.suffix(trailing).reduce(1, *)
  let heads = input.extents.dropLast(trailing) + [Int](repeating: 1, count: trailing)
  let targets = stretching(context.output, to: Shape(Array(heads))!)
  return .loop { inputs, output in
    withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { sums in
      for sample in 0..<batch {
        sums.update(repeating: 0)
        var source = inputs[0] + sample * input.count
        for target in targets {
          sums[target] += run == 1 ? Double(source[0]) : sum(source, count: run)
          source += run
        }
        for place in 0..<count { output[sample * count + place] = Float(sums[place] * factor) }
      }
    }
  }
}

/// The sum of neighbours, eight at a time.
private func sum(_ values: UnsafePointer<Float>, count: Int) -> Double {
  let whole = count / 8 * 8
  var lanes = SIMD8<Double>()
  for start in stride(from: 0, to: whole, by: 8) {
    let line = UnsafeRawPointer(values + start).loadUnaligned(as: SIMD8<Float>.self)
    lanes += SIMD8<Double>(line)
  }
  return (whole..<count).reduce(lanes.sum()) { $0 + Double(values[$1]) }
}
