extension Profiler.Input {
  /// For each number of a prepared sample, its least and its greatest value over all samples.
  ///
  /// - Throws: What the data throws.
  public func box() throws -> [ClosedRange<Float>] {
    let size = dataset.sampleSize
    var lower = [Float](repeating: .infinity, count: size)
    var upper = [Float](repeating: -.infinity, count: size)
    // About 4 MiB at a time.
    let step = max(1, (1 << 20) / max(size, 1))
    for start in stride(from: 0, to: dataset.sampleCount, by: step) {
      let samples = start..<min(start + step, dataset.sampleCount)
      let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: samples.count * size)
      defer { values.deallocate() }
      try dataset.read(samples: samples, into: values)
      preprocessing.apply(to: values, sampleShape: dataset.sampleShape)
      for (index, value) in values.enumerated() where value.isFinite {
        lower[index % size] = min(lower[index % size], value)
        upper[index % size] = max(upper[index % size], value)
      }
    }
    return zip(lower, upper).map { $0 <= $1 ? $0...$1 : 0...0 }
  }
}
