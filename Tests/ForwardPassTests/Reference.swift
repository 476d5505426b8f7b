import NetworkGraph

/// A naive interpreter: nested loops in Double over one sample, written from the definitions.
struct Reference {
  /// The value of every node.
  private(set) var values: [[Double]] = []
  /// What enters the functions of each recurrent cell, by the cell's node.
  private var cells: [Int: [[Double]]] = [:]

  /// Runs one sample through the graph.
  init(_ graph: Graph, inputs: [[Float]]) {
    var pending = inputs[...]
    for node in graph.nodes {
      if case .input = node.operation {
        values.append(pending.removeFirst().map(Double.init))
      } else {
        let arguments = node.inputs.map { (graph.nodes[$0].shape, values[$0]) }
        if case .recurrence(let recurrence) = node.operation {
          cells[values.count] = Self.run(recurrence, arguments).parts
        }
        values.append(Self.apply(node.operation, arguments, output: node.shape))
      }
    }
  }

  /// What enters a site; NaN where a step is masked, or a logit is not seen.
  func preactivations(of index: Int, in graph: Graph) -> [Double] {
    let node = graph.sites[index].node
    if case .maskedSoftmax(let isCausal) = graph.nodes[node].operation {
      let inputs = graph.nodes[node].inputs.map { (graph.nodes[$0].shape, values[$0]) }
      return Self.seenLogits(isCausal: isCausal, inputs).map { $0 ?? .nan }
    }
    guard let cell = cells[node] else { return values[graph.nodes[node].inputs[0]] }
    return cell[index - graph.nodes[node].sites.lowerBound]
  }

  private static func apply(
    _ operation: NetworkGraph.Operation, _ inputs: [(shape: Shape, values: [Double])],
    output: Shape
  ) -> [Double] {
    let (shape, x) = inputs[0]
    let channels = shape.channels
    switch operation {
    case .input, .reshape: return x
    case .dense(let kernel, let bias):
      let (ins, units) = (kernel.extents[0], kernel.extents[1])
      return output.places.map { at in
        let row = shape.offset(at.dropLast() + [0])
        return (0..<ins).reduce(Double(bias?[at.last!] ?? 0)) {
          $0 + x[row + $1] * Double(kernel.values[$1 * units + at.last!])
        }
      }
    case .convolution(let window, let groups, let kernel, let bias):
      let (ins, filters) = (channels / groups, kernel.extents.last!)
      return output.places.map { at in
        let filter = at.last!
        let first = filter / (filters / groups) * ins
        var sum = Double(bias?[filter] ?? 0)
        for (tap, place) in covered(window, at, shape) {
          let source = shape.offset(place + [first])
          for channel in 0..<ins {
            let weight = kernel.values[(tap * ins + channel) * filters + filter]
            sum += x[source + channel] * Double(weight)
          }
        }
        return sum
      }
    case .transposedConvolution(let window, _, let kernel, let bias):
      // What the correlation reads at a place, its transpose writes there.
      let filters = output.channels
      var y = output.places.map { Double(bias?[$0.last!] ?? 0) }
      for at in shape.places {
        for (tap, place) in covered(window, at, output) {
          for filter in 0..<filters {
            let weight = kernel.values[(tap * filters + filter) * channels + at.last!]
            y[output.offset(place + [filter])] += x[shape.offset(at)] * Double(weight)
          }
        }
      }
      return y
    case .matrixProduct(let transposed):
      let (second, z) = inputs[1]
      return output.places.map { at in
        (0..<channels).reduce(0) { sum, inner in
          let (row, column) = (Array(at.dropLast()) + [inner], Array(at.dropLast(2)))
          let other = column + (transposed ? [at.last!, inner] : [inner, at.last!])
          return sum + x[shape.offset(row)] * z[second.offset(other)]
        }
      }
    case .mean(let axes):
      return output.places.map { at in
        mean(
          shape.places.filter { place in
            place.indices.allSatisfy { axes.contains($0) || place[$0] == at[$0] }
          }.map { x[shape.offset($0)] })
      }
    case .affine(let scale, let shift):
      return x.enumerated().map { index, value in
        let channel = index % scale.count
        return value * Double(scale[channel]) + Double(shift[channel])
      }
    case .activation(.softmax):
      return x.indices.map { index in
        let row = x[(index / channels * channels)...].prefix(channels)
        let greatest = row.max()!
        return exponential(x[index] - greatest) / row.reduce(0) { $0 + exponential($1 - greatest) }
      }
    case .maskedSoftmax(let isCausal):
      let logits = seenLogits(isCausal: isCausal, inputs)
      return logits.indices.map { index in
        let row = logits[(index / channels * channels)...].prefix(channels).compactMap { $0 }
        guard let greatest = row.max() else { return 1 / Double(channels) }
        let sum = row.reduce(0) { $0 + exponential($1 - greatest) }
        return logits[index].map { exponential($0 - greatest) / sum } ?? 0
      }
    case .activation(.logSoftmax):
      return x.indices.map { index in
        let row = x[(index / channels * channels)...].prefix(channels)
        let greatest = row.max()!
        return x[index] - greatest
          - logarithm(row.reduce(0) { $0 + exponential($1 - greatest) })
      }
    case .activation(.prelu(let slopes)):
      return x.enumerated().map { $1 < 0 ? Double(slopes[$0 % slopes.count]) * $1 : $1 }
    case .activation(let function): return x.map { activation(function, $0) }
    case .maxPooling(let window):
      return output.places.map { at in
        covered(window, at, shape).map { x[shape.offset($0.place + [at.last!])] }.max()!
      }
    case .averagePooling(let window):
      return output.places.map { at in
        mean(covered(window, at, shape).map { x[shape.offset($0.place + [at.last!])] })
      }
    case .globalMaxPooling:
      return (0..<channels).map { c in x.indices.filter { $0 % channels == c }.map { x[$0] }.max()!
      }
    case .embedding(let table):
      return x.flatMap { id in
        (0..<table.extents[1]).map { Double(table.values[Int(id) * table.extents[1] + $0]) }
      }
    case .mask(let value):
      return output.places.map { at in
        (0..<channels).contains { x[shape.offset(at + [$0])] != Double(value) } ? 1 : 0
      }
    case .recurrence(let recurrence): return run(recurrence, inputs).output
    case .globalAveragePooling where inputs.count == 2:
      let mask = inputs[1].values
      return (0..<channels).map { c in
        mean(mask.indices.filter { mask[$0] != 0 }.map { x[$0 * channels + c] })
      }
    case .globalAveragePooling:
      return (0..<channels).map { c in mean(x.indices.filter { $0 % channels == c }.map { x[$0] }) }
    case .localSquareSum(let radius, let bias, let alpha):
      return x.indices.map { index in
        let near = x.indices.filter {
          $0 / channels == index / channels && abs($0 - index) <= radius
        }
        return Double(bias) + Double(alpha) * near.reduce(0) { $0 + x[$1] * x[$1] }
      }
    case .elementwise(let combination):
      return output.places.map { at in
        let terms = inputs.map { shape, values in
          values[shape.offset(zip(at, shape.extents).map { $1 == 1 ? 0 : $0 })]
        }
        return combine(combination, terms)
      }
    case .concatenation(let axis):
      return output.places.map { at in
        var at = at
        for (shape, values) in inputs {
          if at[axis] < shape.extents[axis] { return values[shape.offset(at)] }
          at[axis] -= shape.extents[axis]
        }
        fatalError("beyond the last input")
      }
    case .permutation(let order):
      return output.places.map { at in
        var source = at
        for (axis, from) in order.enumerated() { source[from] = at[axis] }
        return x[shape.offset(source)]
      }
    case .zeroPadding(let amounts):
      return output.places.map { at in
        let source = zip(at, amounts).map { $0 - $1.before } + [at.last!]
        return zip(source, shape.extents).allSatisfy { $0 >= 0 && $0 < $1 }
          ? x[shape.offset(source)] : 0
      }
    case .cropping(let amounts):
      return output.places.map { at in
        x[shape.offset(zip(at, amounts).map { $0 + $1.before } + [at.last!])]
      }
    case .nearestUpsampling(let factors):
      return output.places.map { at in x[shape.offset(zip(at, factors).map(/) + [at.last!])] }
    case .resizing(_, .nearest):
      return output.places.map { at in
        let source = at.dropLast().indices.map { axis in
          (2 * at[axis] + 1) * shape.extents[axis] / (2 * output.extents[axis])
        }
        return x[shape.offset(Array(source) + [at.last!])]
      }
    case .resizing(_, .linear):
      return output.places.map { at in
        // The weight of each place of the input is a product of tents around the point.
        shape.places.filter { $0.last == at.last }.reduce(0) { sum, place in
          sum
            + x[shape.offset(place)]
            * place.dropLast().indices.reduce(1) { weight, axis in
              let ratio = Double(shape.extents[axis]) / Double(output.extents[axis])
              let point = (Double(at[axis]) + 0.5) * ratio - 0.5
              let inside = min(max(point, 0), Double(shape.extents[axis] - 1))
              return weight * max(0, 1 - abs(inside - Double(place[axis])))
            }
        }
      }
    }
  }

  /// The logits of a masked softmax, `nil` where they are not seen.
  private static func seenLogits(
    isCausal: Bool, _ inputs: [(shape: Shape, values: [Double])]
  ) -> [Double?] {
    let (shape, x) = inputs[0]
    return shape.places.map { at in
      let isLater = isCausal && at[at.count - 1] > at[at.count - 2]
      let isMasked = inputs.dropFirst().contains { mask, values in
        values[mask.offset(zip(at, mask.extents).map { $1 == 1 ? 0 : $0 })] == 0
      }
      return isLater || isMasked ? nil : x[shape.offset(at)]
    }
  }

  /// The places of the input that a window covers, each with the number of its tap.
  private static func covered(
    _ window: Window, _ at: [Int], _ input: Shape
  ) -> [(tap: Int, place: [Int])] {
    var covered: [(tap: Int, place: [Int])] = []
    for (tap, taps) in Shape(window.size)!.places.enumerated() {
      let place = taps.indices.map { axis in
        let (extent, stride) = (input.extents[axis], window.strides[axis])
        let span = (window.size[axis] - 1) * window.dilations[axis] + 1
        let before =
          switch window.padding {
          case .valid: 0
          case .causal: span - 1
          case .same: max(0, ((extent + stride - 1) / stride - 1) * stride + span - extent) / 2
          }
        return at[axis] * stride + taps[axis] * window.dilations[axis] - before
      }
      if zip(place, input.extents).allSatisfy({ $0 >= 0 && $0 < $1 }) {
        covered.append((tap, place))
      }
    }
    return covered
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  private static func combine(_ combination: Combination, _ terms: [Double]) -> Double {
    switch combination {
    case .add: terms.reduce(0, +)
    case .subtract: terms[0] - terms[1]
    case .multiply: terms.reduce(1, *)
    case .average: mean(terms)
    case .maximum: terms.max()!
    case .minimum: terms.min()!
    }
  }
}

extension Shape {
  /// The coordinates of every place, last axis fastest.
  fileprivate var places: [[Int]] {
    extents.reduce([[]]) { outer, extent in outer.flatMap { at in (0..<extent).map { at + [$0] } } }
  }

  /// The place in row-major order.
  fileprivate func offset(_ at: [Int]) -> Int {
    zip(at, extents).reduce(0) { $0 * $1.1 + $1.0 }
  }
}
