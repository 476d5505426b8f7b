import TestSupport
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

  @Test("A subset has the fingerprint of a file that holds only its samples.")
  func digest() throws {
    let path = try scratch.hdf5("b.h5") { root in
      try root.createDataset("x", (6..<12).map { Float($0) }, shape: [3, 2])
    }
    let subset = SampleSubset(base, range: 3..<6)
    #expect(try subset.digest() == SampleFile.open(path).digest())
    #expect(try SampleSubset(subset, range: 1..<3).digest() == subset.digest(of: 1..<3))
  }
}
