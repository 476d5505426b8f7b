import Glibc
import NetworkGraph

/// Exponentials of what each row sees, divided by their sum, and 0 for the rest; equal shares if it
/// sees nothing.
func maskedSoftmaxKernel(isCausal: Bool, _ context: KernelContext) -> Kernel {
  let shape = context.output
  let (rows, columns, count) = (shape.extents[shape.rank - 2], shape.channels, shape.count)
  let mask = context.inputs.dropFirst().first.map {
    (size: $0.count, places: stretching($0, to: shape))
  }
  return .showingLoop(
    { samples, inputs, output, show in
      for (index, sample) in samples.enumerated() {
        for offset in stride(from: 0, to: count, by: columns) {
          let logits = UnsafeMutablePointer(mutating: inputs[0]) + index * count + offset
          let shares = output + index * count + offset
          let end = isCausal ? min(offset / columns % rows + 1, columns) : columns
          shares.update(repeating: -.infinity, count: columns)
          var (start, seen) = (0, 0)
          // The place after the last one ends its run.
          for column in 0...end {
            let isSeen =
              column < end
              && mask.map { inputs[1][index * $0.size + $0.places[offset + column]] != 0 } ?? true
            if isSeen { continue }
            if start < column {
              let run = UnsafeMutableBufferPointer(start: logits + start, count: column - start)
              show(run, sample..<sample + 1, offset + start)
              (shares + start).update(from: logits + start, count: run.count)
              seen += run.count
            }
            start = column + 1
          }
          let row = UnsafeMutableBufferPointer(start: shares, count: columns)
          if seen > 0 { share(row) } else { row.update(repeating: 1 / Float(columns)) }
        }
      }
    }, site: context.sites.lowerBound)
}

/// Turns logits into shares of 1, in place. A NaN makes the whole row NaN.
private func share(_ row: UnsafeMutableBufferPointer<Float>) {
  let greatest = row.reduce(-.infinity) { $1 > $0 ? $1 : $0 }
  var sum = 0.0
  for column in row.indices {
    row[column] = expf(row[column] - greatest)
    sum += Double(row[column])
  }
  let factor = Float(1 / sum)
  for column in row.indices { row[column] *= factor }
}
