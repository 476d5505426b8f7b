extension SiteRecorder {
  /// The samples whose extremes are held before those that are not kept are dropped: a heuristic, an
  /// eighth more than are kept.
  static let samplesHeld = SampleExtremes.capacity + SampleExtremes.capacity / 8

  /// The bytes that a recorder takes at most.
  ///
  /// - Parameters:
  ///   - samples: The samples of the run; with `nil`, any number of them.
  ///   - tracksReLU: As in the recorder's initializer.
  public static func greatestByteCount(
    channels: Int, samples: Int? = nil, tracksReLU: Bool = false
  ) -> Int {
    let tables = 2 * BFloat16Histogram.byteCount
    // Sums of channels and lanes, of which there are fewer than 16 a channel for narrow sites only.
    let sums = (channels + 256) * (ChannelStatistics.byteCount + 32) * (tracksReLU ? 2 : 1)
    return tables + sums + min(samples ?? .max, samplesHeld) * SampleExtremes.bytesPerSample
  }
}

extension SiteStatistics {
  /// The bytes that the statistics of a site take at most, in memory or in a file.
  ///
  /// - Parameter samples: The samples of the run; with `nil`, any number of them.
  public static func greatestByteCount(channels: Int, samples: Int? = nil) -> Int {
    BFloat16Histogram.byteCount + channels * ChannelStatistics.byteCount
      + min(samples ?? .max, SampleExtremes.capacity) * SampleExtremes.bytesPerSample
      + 2 * ExtremeValues.capacity * MemoryLayout<ExtremeValue>.stride
  }
}

extension BFloat16Histogram {
  fileprivate static var byteCount: Int { binCount * MemoryLayout<UInt64>.stride }
}

extension ChannelStatistics {
  fileprivate static var byteCount: Int {
    MemoryLayout<Self>.stride + 2 * ExactSum.wordCount * MemoryLayout<UInt64>.stride
  }
}

extension SampleExtremes {
  /// A minimum, a maximum, and an index, which sites share where they can.
  fileprivate static var bytesPerSample: Int {
    MemoryLayout<Int>.stride + 2 * MemoryLayout<Float>.stride
  }
}
