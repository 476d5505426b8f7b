/// What is done to samples before the network sees them, in 32-bit floating point.
///
/// In this order: the colour order is reversed, the elements are scaled, the mean is subtracted,
/// the result is divided by the standard deviation. Channels are the last axis. Mean and standard
/// deviation are in the order of channels after the reversal, and have one value for all channels,
/// or one for each; none leaves the step out.
public struct Preprocessing: Hashable, Sendable {
  /// The order of a picture's channels that the network expects, of samples that are RGB.
  public enum ColorOrder: String, Codable, Hashable, Sendable {
    case rgb, bgr
  }

  /// The order of colours after the first step.
  public let colorOrder: ColorOrder

  /// The factor of every element.
  public let scale: Scale

  /// What is subtracted, by channel.
  public let mean: [Float]

  /// What is divided by, by channel.
  public let standardDeviation: [Float]

  /// Creates the preprocessing; without arguments it leaves samples as they are.
  ///
  /// - Precondition: Numbers are finite, and standard deviations positive.
  public init(
    colorOrder: ColorOrder = .rgb, scale: Scale = .one, mean: [Float] = [],
    standardDeviation: [Float] = []
  ) {
    precondition(mean.allSatisfy(\.isFinite), "not finite: \(mean)")
    precondition(
      standardDeviation.allSatisfy { $0.isFinite && $0 > 0 }, "not positive: \(standardDeviation)")
    self.colorOrder = colorOrder
    self.scale = scale
    self.mean = mean
    self.standardDeviation = standardDeviation
  }

  /// Checks that samples of a shape have the channels that this preprocessing is for.
  ///
  /// - Throws: `SampleDataError.channelMismatch`.
  public func validate(sampleShape: [Int]) throws {
    let channels = sampleShape.last ?? 1
    for (option, values) in [("--mean", mean), ("--std", standardDeviation)]
    where values.count > 1 && values.count != channels {
      throw SampleDataError.channelMismatch(
        option: option, values: values.count, sampleShape: sampleShape)
    }
    if colorOrder == .bgr, channels != 3 {
      throw SampleDataError.channelMismatch(
        option: "--color bgr", values: 3, sampleShape: sampleShape)
    }
  }

  /// Prepares a block of samples in place.
  ///
  /// - Precondition: `validate(sampleShape:)` accepts the shape, and `block` holds whole samples.
  public func apply(to block: UnsafeMutableBufferPointer<Float>, sampleShape: [Int]) {
    let channels = sampleShape.last ?? 1
    precondition(channels > 0 && block.count.isMultiple(of: channels))
    if colorOrder == .bgr {
      for first in stride(from: 0, to: block.count, by: channels) {
        block.swapAt(first, first + channels - 1)
      }
    }
    if scale != .one {
      let (numerator, denominator) = (scale.numerator, scale.denominator)
      for index in block.indices { block[index] = block[index] * numerator / denominator }
    }
    combine(block, with: mean, channels: channels, by: -)
    combine(block, with: standardDeviation, channels: channels, by: /)
  }

  private func combine(
    _ block: UnsafeMutableBufferPointer<Float>, with values: [Float], channels: Int,
    by operation: (Float, Float) -> Float
  ) {
    if values.count == 1 {
      for index in block.indices { block[index] = operation(block[index], values[0]) }
    } else if !values.isEmpty {
      precondition(values.count == channels)
      for first in stride(from: 0, to: block.count, by: channels) {
        for channel in 0..<channels {
          block[first + channel] = operation(block[first + channel], values[channel])
        }
      }
    }
  }
}
