import NetworkGraph

/// A naive interpreter: nested loops in Double over one sample, written from the definitions.
struct Reference {
  /// The value of every node.
  private(set) var values: [[Double]] = []

  /// Runs one sample through the graph.
  init(_ graph: Graph, inputs: [[Float]]) {
    var pending = inputs[...]
    for node in graph.nodes {
      if case .input = node.operation {
        values.append(pending.removeFirst().map(Double.init))
      } else {
        let arguments = node.inputs.map { (graph.nodes[$0].shape, values[$0]) }
        values.append(Self.apply(node.operation, arguments, output: node.shape))
      }
    }
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
    case .affine(let scale, let shift):
      return x.enumerated().map { index, value in
        let channel = scale.count == 1 ? 0 : index % channels
        return value * Double(scale[channel]) + Double(shift[channel])
      }
    case .activation(.softmax):
      return x.indices.map { index in
        let row = x[(index / channels * channels)...].prefix(channels)
        let greatest = row.max()!
        return exponential(x[index] - greatest) / row.reduce(0) { $0 + exponential($1 - greatest) }
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
