import HDF5Support
import TestSupport
import Testing

@Suite struct HDF5RowsTests {
  @Test(
    "Rows that are written and read in parts of any size are the dataset written at once.",
    arguments: [(1, 300_000), (3, 100_000), (200_000, 2), (70_000, 5)])
  func parts(width: Int, rows: Int) throws {
    let scratch = try Scratch()
    let values = (0..<rows * width).map { Float($0) }
    var generator = UInt64(width)
    /// Parts of one row, of many, and of none.
    func counts() -> [Int] {
      var (counts, left) = ([Int](), rows)
      while left > 0 {
        generator = generator &* 6_364_136_223_846_793_005 &+ 1
        let bits = Int(generator >> 33) % 19
        counts.append(min(left, bits == 0 ? 0 : Int(generator >> 40) % (1 << bits)))
        left -= counts.last!
      }
      return counts
    }
    let file = try HDF5File(creating: scratch.path("x.h5"))
    let shape = width == 1 ? [rows] : [rows, width]
    try file.root.createDataset("parts", of: Float.self, shape: shape) { table in
      var next = 0
      for count in counts() {
        try table.append(Array(values[next..<next + count * width]))
        next += count * width
      }
    }
    let dataset = try file.root.dataset("parts")
    #expect(dataset.shape == shape)
    #expect(try dataset.read(as: Float.self) == values)
    var (reader, read) = (HDF5RowReader<Double>(dataset), [Double]())
    for count in counts() { read += try reader.read(rows: count) }
    #expect(read == values.map(Double.init))
  }

  @Test("Tables without rows, and rows without elements, are written and read.")
  func empty() throws {
    let scratch = try Scratch()
    let root = try HDF5File(creating: scratch.path("x.h5")).root
    for (name, shape) in [("none", [0]), ("hollow", [5, 0]), ("nothing", [0, 4])] {
      try root.createDataset(name, of: Int.self, shape: shape) { try $0.append([]) }
      let dataset = try root.dataset(name)
      #expect(dataset.shape == shape)
      var reader = HDF5RowReader<Int>(dataset)
      #expect(try reader.read(rows: shape[0]) == [])
    }
  }

  @Test("Strings of one length read back as they were, in any script, empty or not.")
  func fixedStrings() throws {
    let scratch = try Scratch()
    let root = try HDF5File(creating: scratch.path("x.h5")).root
    for (name, strings) in [
      ("some", ["", "α β", "plain", " spaced ", "层"]), ("empty", ["", ""]), ("none", []),
    ] {
      try root.createDataset(name, fixedStrings: strings)
      #expect(try root.dataset(name).readStrings() == strings)
    }
    #expect(try root.dataset("some").elementType == .fixedString(bytes: 8))
  }
}
