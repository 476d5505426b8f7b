import SampleData
import Testing

@testable import Reporting

@Suite struct InputPicturesTests {
  /// Pictures of 8 × 8 whose first row tells the input.
  struct Squares: Dataset {
    var description: String { "squares" }
    var sampleCount: Int { 200 }
    var sampleShape: [Int] { [8, 8, 1] }

    func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) {
      for (place, sample) in samples.enumerated() {
        for index in 0..<64 { buffer[place * 64 + index] = Float(sample >> (index % 8) & 1) }
        buffer[place * 64 + 63] = 2
      }
    }

    func labels() -> [Int]? { (0..<200).map { $0 % 10 } }
  }

  private struct Numbers: Dataset {
    var description: String { "numbers" }
    var sampleCount: Int { 200 }
    var sampleShape: [Int] { [3] }
    func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) {}
    func labels() -> [Int]? { nil }
  }

  @Test("Every site shows the inputs of its extremes, each of which the page holds once.")
  func page() throws {
    var report = try SampleReports.full()
    report.pictures = try InputPictures(of: report, from: [Numbers(), Squares()])
    let page = String(decoding: htmlPage(report), as: UTF8.self)
    var inputs: Set<Int> = []
    for site in report.sites {
      for list in [site.statistics.lowest.values, site.statistics.highest.values] {
        // Three inputs, of which one may hold several of the values.
        var distinct: [Int] = []
        for sample in list.map(\.sample) where !distinct.contains(sample) {
          distinct.append(sample)
        }
        inputs.formUnion(distinct.prefix(3))
      }
    }
    #expect(page.split(separator: "data:image/png").count == inputs.count + 1)
    for input in inputs {
      #expect(page.split(separator: "<symbol id=\"input-\(input)\"").count == 2)
      #expect(page.contains("aria-label=\"input \(input), label \(input % 10)\""))
      #expect(page.contains("<use href=\"#input-\(input)\"/>"))
    }
  }

  @Test("Samples that are no pictures give none.")
  func noPictures() throws {
    #expect(try InputPictures(of: SampleReports.full(), from: [Numbers()]) == nil)
    #expect(!String(decoding: htmlPage(try SampleReports.full()), as: UTF8.self).contains("<use"))
  }
}
