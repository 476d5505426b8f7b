import NetworkGraph

/// Functions of two tensors, or of a tensor and numbers.
enum Arithmetic: Sendable {
  case add, subtract, multiply, divide, maximum, minimum

  init?(_ name: String) {
    switch name {
    case "Add": self = .add
    case "Subtract": self = .subtract
    case "Multiply": self = .multiply
    case "Divide", "TrueDivide": self = .divide
    case "Maximum": self = .maximum
    case "Minimum": self = .minimum
    default: return nil
    }
  }

  fileprivate var summary: String {
    switch self {
    case .add: "the sum of two tensors, or of a tensor and numbers"
    case .subtract: "a difference, also with numbers"
    case .multiply: "a product, also with numbers"
    case .divide: "a quotient; the inverse of a tensor is a nonlinearity"
    case .maximum: "the greater of two tensors, or a rectifier"
    case .minimum: "the lesser of two tensors"
    }
  }
}

extension KerasLayer {
  static func arithmetic(
    _ name: String, _ arithmetic: Arithmetic, _ parameters: [String]
  ) -> KerasLayer {
    function(name, parameters, arithmetic.summary) { layer, graph in
      switch layer.inputs.count {
      case 2: return try layer.combine(arithmetic, in: &graph)
      case 1:
        let isSecond = layer.parameters[0] == parameters[1]
        let numbers = try layer.settings.row(
          parameters[isSecond ? 0 : 1], channels: graph.nodes[layer.inputs[0]].shape.channels)
        return try layer.combine(arithmetic, numbers, comesFirst: isSecond, in: &graph)
      default:
        throw ModelImportError.wrongInputCount(
          layer: layer.settings.layer, className: name, found: layer.inputs.count,
          expected: "one or two")
      }
    }
  }
}

extension LayerSettings {
  /// A number, or one for each channel: a list along the last axis alone.
  fileprivate func row(_ name: String, channels: Int) throws -> [Float] {
    try read([name], default: nil, expected: "a number, or one for each of \(channels) channels") {
      var value = $0
      while let list = value.array, list.count == 1 { value = list[0] }
      let row = value.array ?? [value]
      let numbers = row.compactMap(\.number).map { Float($0) }
      return numbers.count == row.count && [1, channels].contains(row.count) ? numbers : nil
    }
  }
}

extension LayerUse {
  /// Adds a function of both inputs, which have as many axes.
  fileprivate func combine(_ arithmetic: Arithmetic, in graph: inout Graph) throws -> Int {
    func add(_ combination: Combination, _ inputs: [Int]) throws -> Int {
      try graph.add(.elementwise(combination), layer: settings.layer, inputs: inputs)
    }
    switch arithmetic {
    case .add: return try add(.add, inputs)
    case .subtract: return try add(.subtract, inputs)
    case .multiply: return try add(.multiply, inputs)
    case .maximum: return try add(.maximum, inputs)
    case .minimum: return try add(.minimum, inputs)
    case .divide:
      let inverse = try self.add(.activation(.power(-1)), after: inputs[1], to: &graph)
      return try add(.multiply, [inputs[0], inverse])
    }
  }

  /// Adds a function of the only input and numbers.
  fileprivate func combine(
    _ arithmetic: Arithmetic, _ numbers: [Float], comesFirst: Bool, in graph: inout Graph
  ) throws -> Int {
    let input = inputs[0]
    func affine(_ scale: [Float], _ shift: [Float]) throws -> Int {
      let count = max(scale.count, shift.count)
      func stretch(_ list: [Float]) -> [Float] {
        list.count == count ? list : [Float](repeating: list[0], count: count)
      }
      return try add(
        .affine(scale: stretch(scale), shift: stretch(shift)), after: input, to: &graph)
    }
    switch (arithmetic, comesFirst) {
    case (.add, _): return try affine([1], numbers)
    case (.subtract, false): return try affine([1], numbers.map { -$0 })
    case (.subtract, true): return try affine([-1], numbers)
    case (.multiply, _): return try affine(numbers, [0])
    case (.divide, false): return try affine(numbers.map { 1 / $0 }, [0])
    case (.divide, true):
      let inverse = try add(.activation(.power(-1)), after: input, to: &graph)
      let scale = numbers.count == 1 && numbers[0] == 1 ? nil : numbers
      return try scale.map {
        try add(
          .affine(scale: $0, shift: $0.map { _ in 0 }), after: inverse, to: &graph)
      } ?? inverse
    case (.maximum, _) where numbers == [0]:
      return try add(.activation(.relu), after: input, to: &graph)
    case (.maximum, _), (.minimum, _):
      throw settings.unsupported(
        "a bound", numbers.map { "\($0)" }.joined(separator: ", "), supported: "tensors, max with 0"
      )
    }
  }
}
