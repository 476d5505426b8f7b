import Testing

@testable import SampleData

@Suite struct SampleSubsetTests {
  let scratch: Scratch
  let base: any Dataset

  init() throws {
    scratch = try Scratch()
    let path = try scratch.hdf5("a.h5") { root in
      try root.createDataset("x", (0..<20).map { Float($0) }, shape: [10, 2])
      try root.createDataset("y", (0..<10).map { Int64($0) })
    }
    base = try SampleFile.open(path)
  }

  @Test("A subset reads its own samples and labels.")
  func range() throws {
    let subset = SampleSubset(base, range: 3..<6)
    #expect(subset.sampleCount == 3 && subset.sampleShape == [2])
    #expect(subset.description == "a.h5:/x[3..<6]")
    #expect(try subset.read(1..<3) == [8, 9, 10, 11])
    #expect(try subset.labels() == [3, 4, 5])
    #expect(try SampleSubset(subset, range: 1..<2).read(0..<1) == [8, 9])
  }

  @Test("The first samples are at most all.")
  func first() throws {
    #expect(SampleSubset(base, first: 4).range == 0..<4)
    #expect(SampleSubset(base, first: 40).range == 0..<10)
    #expect(try SampleSubset(base, first: 40).digest() == base.digest())
    #expect(try SampleSubset(base, first: 4).digest() != base.digest())
  }

  @Test("Shards cover a dataset once, and differ by one sample at most.", arguments: 1...10)
  func shards(count: Int) {
    let ranges = (0..<count).map { SampleSubset(base, shard: $0, of: count).range }
    #expect(ranges.flatMap { Array($0) } == Array(0..<10))
    let sizes = ranges.map(\.count)
    #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
  }
}
