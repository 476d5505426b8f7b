import RangeStatistics
import Testing

@Suite("Errors of statistics")
struct StatisticsErrorTests {
  @Test("Every message names the fault, with its values.")
  func messages() {
    let messages: [(StatisticsError, String)] = [
      (
        .differentShapes(
          channels: 3, valuesPerSample: 30, otherChannels: 4, otherValuesPerSample: 40),
        "a site of 3 channels and 30 values a sample does not merge with one of 4 channels and 40 "
          + "values; merge profiles of one network"
      ),
      (
        .overlappingSamples(first: 12),
        "sample 12 is in both parts; merge parts that were made from different samples"
      ),
      (.differentSamples, "the sites saw different samples; merge profiles of whole runs"),
      (
        .wrongBin(position: 7),
        "bin 7 of the histogram is empty, has an edge that is none, or is out of order"
      ),
      (
        .notFiniteBin(key: 32_640, count: 2),
        "the histogram's bin 32640 holds 2 values that are NaN or infinite; it must be empty"
      ),
      (.tooManyExtremes(40), "40 outliers are listed instead of at most 32"),
      (.notFiniteExtreme(position: 3), "outlier 3 is not finite; only finite values are listed"),
      (
        .unsortedExtremes(position: 5),
        "outlier 5 is not less extreme than the one before it"
      ),
      (.wrongExtremeCount(4, values: 900), "4 outliers of 900 values are listed instead of 32"),
      (.wrongExtremeCount(4, values: 9), "4 outliers of 9 values are listed instead of 9"),
      (.unequalLengths(5, 4, 3), "there are 5 samples, but 4 minima and 3 maxima"),
      (.unsortedSamples(position: 6), "the index of sample 6 does not ascend"),
      (
        .wrongSampleCount(kept: 7, seen: 200_000),
        "7 of 200000 samples are kept instead of 65536"
      ),
      (
        .unequalCounts(channels: 10, histogram: 11),
        "the channels count 10 values, but the histogram 11"
      ),
      (.tooManyZeros(4, bin: 2), "there are 4 zeros, but their bin holds 2 values"),
      (
        .unevenChannels(channels: 3, valuesPerSample: 31),
        "31 values a sample do not divide into 3 channels"
      ),
    ]
    for (error, message) in messages { #expect(error.description == message) }
  }
}
