import Synchronization
import TestSupport
import Testing

@testable import SampleData

/// Ten samples of one number each; remembers what was read, and fails where told.
private final class Recorder: Dataset {
  let description = "recorder"
  let sampleCount = 10
  let sampleShape: [Int] = []
  let reads = Mutex<[Range<Int>]>([])
  private let failing: Int?

  init(failingAt failing: Int? = nil) {
    self.failing = failing
  }

  func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    reads.withLock { $0.append(samples) }
    if let failing, samples.contains(failing) {
      throw SampleDataError.notImage(file: "\(failing)")
    }
    for (place, sample) in samples.enumerated() { buffer[place] = Float(sample) }
  }

  func labels() -> [Int]? { Array(0..<10) }
}

@Suite struct PrefetchingDatasetTests {
  @Test("What is read is the same as without, in any blocks and in any order.")
  func contents() throws {
    let base = Recorder()
    let samples = PrefetchingDataset(base, blockSize: 3)
    for _ in 0..<20 {
      for range in [0..<3, 3..<6, 6..<9, 9..<10, 3..<6, 0..<10, 1..<2, 0..<3, 9..<10, 4..<4] {
        #expect(try samples.read(range) == range.map { Float($0) })
      }
    }
    #expect(try samples.digest() == base.digest())
    #expect(try samples.labels() == base.labels())
    #expect(samples.sampleCount == 10 && samples.sampleShape == [])
    #expect(samples.description == "recorder")
  }

  @Test("The next blocks are read before they are asked for, each once, and no others.")
  func ahead() throws {
    let base = Recorder()
    var samples: PrefetchingDataset? = PrefetchingDataset(base, blockSize: 2, ahead: 2)
    #expect(base.reads.withLock { $0 } == [])
    _ = try samples?.read(0..<2)
    #expect(samples?.keptBlocks == [1, 2])
    _ = try samples?.read(2..<4)
    #expect(samples?.keptBlocks == [2, 3])
    _ = try samples?.read(4..<6)
    _ = try samples?.read(6..<8)
    _ = try samples?.read(8..<10)
    #expect(samples?.keptBlocks == [])
    samples = nil
    let reads = base.reads.withLock { $0 }.sorted { $0.lowerBound < $1.lowerBound }
    #expect(reads == [0..<2, 2..<4, 4..<6, 6..<8, 8..<10])
  }

  @Test("No more blocks are kept than the bound, whatever the order.")
  func bound() throws {
    let samples = PrefetchingDataset(Recorder(), blockSize: 1, ahead: 1)
    for block in [0, 5, 2, 9, 1, 8, 0, 7, 3, 9] {
      #expect(try samples.read(block..<block + 1) == [Float(block)])
      #expect(samples.keptBlocks.allSatisfy { abs($0 - block) <= 1 })
    }
  }

  @Test("An error comes to whoever reads the block that it is in, and to nobody else.")
  func errors() throws {
    let samples = PrefetchingDataset(Recorder(failingAt: 5), blockSize: 2)
    for _ in 0..<3 {
      for start in stride(from: 0, to: 10, by: 2) {
        let words = message { _ = try samples.read(start..<start + 2) }
        #expect(
          words
            == (start == 4
              ? "'5' is not an image that can be read. Known: JPEG, PNG, and WebP." : "no error"))
      }
    }
  }

  @Test("Several workers read what one would.")
  func workers() async throws {
    let base = try SampleFile.open(Fixtures.path("packed.npz"))
    let samples = PrefetchingDataset(base, blockSize: 1)
    for _ in 0..<50 { #expect(try await samples.isSameInAnyOrder()) }
  }

  @Test("When the dataset is gone, nothing is read any more, and nothing holds what was read.")
  func stop() throws {
    for _ in 0..<50 {
      weak var left: Recorder?
      do {
        let base = Recorder()
        left = base
        let samples = PrefetchingDataset(base, blockSize: 1, ahead: 9)
        #expect(try samples.read(0..<1) == [0])
      }
      #expect(left == nil)
    }
  }
}
