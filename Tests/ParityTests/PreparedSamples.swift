import SampleData

/// Samples in memory, with the operations that a reference applied, in its order, in float32.
struct PreparedSamples: Dataset {
  let description: String
  let sampleCount: Int
  private(set) var sampleShape: [Int]
  private var values: [Float]

  /// An operation that is not known.
  struct UnknownOperation: Error, CustomStringConvertible {
    let description: String
  }

  /// Reads the samples and applies each operation: a name, and its argument if it has one.
  init(_ base: some Dataset, rows: Range<Int>, operations: [[Any]]) throws {
    description = base.description
    sampleCount = rows.count
    sampleShape = base.sampleShape
    values = [Float](repeating: 0, count: rows.count * base.sampleSize)
    try values.withUnsafeMutableBufferPointer { try base.read(samples: rows, into: $0) }
    for operation in operations {
      let numbers = (operation.last as? [Double] ?? [operation.last as? Double].compactMap { $0 })
        .map(Float.init)
      switch operation.first as? String {
      case "reshape": sampleShape = numbers.map { Int($0) }
      case "reverse_channels": reverseChannels()
      case "resize_bilinear": resize(height: Int(numbers[0]), width: Int(numbers[1]))
      case "div": apply(numbers) { $0 / $1 }
      case "mul": apply(numbers) { $0 * $1 }
      case "sub": apply(numbers) { $0 - $1 }
      default: throw UnknownOperation(description: "\(operation)")
      }
    }
  }

  /// The same samples in another shape of as many elements.
  init(_ base: some Dataset, shape: [Int]) throws {
    precondition(base.sampleSize == shape.reduce(1, *))
    description = base.description
    sampleCount = base.sampleCount
    sampleShape = shape
    values = try base.allValues()
  }

  func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) {
    let span = samples.lowerBound * sampleSize..<samples.upperBound * sampleSize
    _ = buffer.update(fromContentsOf: values[span])
  }

  func labels() -> [Int]? { nil }

  func digest(of samples: Range<Int>) -> String { "\(description) \(samples)" }

  /// One number for all elements, or one a channel.
  private mutating func apply(_ numbers: [Float], _ operation: (Float, Float) -> Float) {
    values.withUnsafeMutableBufferPointer { values in
      for (channel, number) in numbers.enumerated() {
        for index in stride(from: channel, to: values.count, by: numbers.count) {
          values[index] = operation(values[index], number)
        }
      }
    }
  }

  private mutating func reverseChannels() {
    let channels = sampleShape[sampleShape.count - 1]
    values.withUnsafeMutableBufferPointer { values in
      for pixel in stride(from: 0, to: values.count, by: channels) {
        for channel in 0..<channels / 2 {
          values.swapAt(pixel + channel, pixel + channels - 1 - channel)
        }
      }
    }
  }

  /// Bilinear with half-pixel centres and no antialiasing, as TensorFlow's `tf.image.resize`.
  private mutating func resize(height: Int, width: Int) {
    let (oldHeight, oldWidth, channels) = (sampleShape[0], sampleShape[1], sampleShape[2])
    func taps(_ pixel: Int, _ old: Int, _ new: Int) -> (lower: Int, upper: Int, fraction: Float) {
      let position = (Float(pixel) + 0.5) * (Float(old) / Float(new)) - 0.5
      let floor = position.rounded(.down)
      return (
        min(max(Int(floor), 0), old - 1), min(max(Int(floor) + 1, 0), old - 1), position - floor
      )
    }
    var resized: [Float] = []
    resized.reserveCapacity(sampleCount * height * width * channels)
    for sample in 0..<sampleCount {
      let first = sample * oldHeight * oldWidth
      for row in 0..<height {
        let (top, bottom, down) = taps(row, oldHeight, height)
        for column in 0..<width {
          let (left, right, across) = taps(column, oldWidth, width)
          for channel in 0..<channels {
            func value(_ row: Int, _ column: Int) -> Float {
              values[(first + row * oldWidth + column) * channels + channel]
            }
            func mix(_ row: Int) -> Float {
              value(row, left) + (value(row, right) - value(row, left)) * across
            }
            resized.append(mix(top) + (mix(bottom) - mix(top)) * down)
          }
        }
      }
    }
    values = resized
    sampleShape = [height, width, channels]
  }
}
