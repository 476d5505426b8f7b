import NetworkGraph

/// What a plan computes at a site in place of its function.
///
/// The graph stays as it is: the same sites are observed, whatever stands behind them.
public enum SiteReplacement: Sendable {
  /// A function of one number, applied to many, in place.
  public typealias Function = @Sendable (UnsafeMutableBufferPointer<Float>) -> Void

  /// Another function than the activation's; for an activation or a part of a recurrent cell.
  case function(Function)
  /// The mean of each window, for a max pooling.
  case averagePooling
  /// The greatest value of each window by (a + b + |a − b|)/2 of pairs, round by round, for a max
  /// pooling. The function stands for |x|.
  case pairwiseMaximum(absolute: Function)
}

extension SiteReplacement {
  /// The kernels of a node whose site this replaces.
  ///
  /// - Precondition: The operation is one that the replacement is for.
  func kernels(for operation: Operation, _ context: KernelContext) throws -> [Kernel] {
    switch (self, operation) {
    case (.function(let function), .activation): [functionKernel(function, context)]
    case (.averagePooling, .maxPooling(let window)): [try averagePoolingKernel(window, context)]
    case (.averagePooling, .globalMaxPooling):
      try Operation.globalAveragePooling(keepsAxes: true).kernels(context)
    case (.pairwiseMaximum(let absolute), .maxPooling(let window)):
      [pairwiseMaximumKernel(window, absolute, context)]
    case (.pairwiseMaximum(let absolute), .globalMaxPooling):
      [pairwiseMaximumKernel(context.overAllPlaces().window, absolute, context)]
    default: preconditionFailure("layer '\(context.layer)' cannot be replaced like this")
    }
  }

  /// The kernel of a cell's part, which works in place.
  ///
  /// - Precondition: It is a function.
  func partKernel(_ context: KernelContext) -> Kernel {
    guard case .function(let function) = self else {
      preconditionFailure("layer '\(context.layer)' cannot be replaced like this")
    }
    return functionKernel(function, context)
  }
}

private func functionKernel(
  _ function: @escaping SiteReplacement.Function, _ context: KernelContext
) -> Kernel {
  let count = context.batch * context.output.count
  return .loop { inputs, output in
    if inputs[0] != UnsafePointer(output) { output.update(from: inputs[0], count: count) }
    function(UnsafeMutableBufferPointer(start: output, count: count))
  }
}

/// A knock-out tournament in each window, all channels at once.
private func pairwiseMaximumKernel(
  _ window: Window, _ absolute: @escaping SiteReplacement.Function, _ context: KernelContext
) -> Kernel {
  let windows = sourcePlaces(window, context)
  let (channels, size) = (context.inputs[0].channels, context.inputs[0].count)
  let (batch, count) = (context.batch, context.output.count)
  let largest = windows.map(\.count).max() ?? 1
  return .loop { inputs, output in
    withUnsafeTemporaryAllocation(of: Float.self, capacity: (largest + 1) * channels) { room in
      let rows = room.baseAddress!
      let distance = UnsafeMutableBufferPointer(rebasing: room[(largest * channels)...])
      for sample in 0..<batch {
        for (index, places) in windows.enumerated() {
          for (row, place) in places.enumerated() {
            (rows + row * channels).update(
              from: inputs[0] + sample * size + place * channels, count: channels)
          }
          var left = places.count
          while left > 1 {
            for pair in 0..<left / 2 {
              let (a, b) = (rows + 2 * pair * channels, rows + (2 * pair + 1) * channels)
              for channel in 0..<channels { distance[channel] = a[channel] - b[channel] }
              absolute(distance)
              let winner = rows + pair * channels
              for channel in 0..<channels {
                winner[channel] = 0.5 * (a[channel] + b[channel] + distance[channel])
              }
            }
            if left % 2 == 1 {
              (rows + left / 2 * channels).update(
                from: rows + (left - 1) * channels, count: channels)
            }
            left = (left + 1) / 2
          }
          (output + sample * count + index * channels).update(from: rows, count: channels)
        }
      }
    }
  }
}

extension Window {
  /// The rounds of the tournament that finds the greatest of a window's values.
  public var tournamentRounds: Int {
    Int.bitWidth - (size.reduce(1, *) - 1).leadingZeroBitCount
  }
}
