import TestSupport
import Testing

@testable import SampleData

@Suite struct CSVSamplesTests {
  let scratch: Scratch

  init() throws {
    scratch = try Scratch()
  }

  private func open(_ text: String, as name: String = "a.csv") throws -> any Dataset {
    try SampleFile.open(try scratch.file(name, text.utf8))
  }

  private func words(_ text: String) -> String {
    message {
      let samples = try open(text)
      _ = try samples.read(0..<samples.sampleCount)
    }.replacing("'\(scratch.path("a.csv"))'", with: "FILE")
  }

  @Test(
    "Rows are samples, whatever ends the lines and with or without an end of the last.",
    arguments: [
      "1,2.5,-3e2\n4,5,.5\n", "1,2.5,-3e2\r\n4,5,.5\r\n", "1,2.5,-3e2\n4,5,.5",
      "\n1, 2.5 ,-3e2\n\r\n\n4,5,.5\r\n\n", "\u{FEFF}1,2.5,-3e2\n4,5,.5",
      "\"1\",\"2.5\",-3e2\r\n4,\"5\",\".5\"\r\n", "a,b,c\n1,2.5,-3e2\n4,5,.5\n",
      "\"a,\"\"b\"\"\",\"b\nb\",c\n1,2.5,-3e2\n4,5,.5\n",
    ])
  func rows(text: String) throws {
    let samples = try open(text)
    #expect(samples.sampleCount == 2 && samples.sampleShape == [3])
    #expect(try samples.read(0..<2) == [1, 2.5, -300, 4, 5, 0.5])
    #expect(try samples.read(1..<2) == [4, 5, 0.5])
    #expect(try samples.labels() == nil)
    let tabs = text.replacing(",", with: "\t")
    #expect(try open(tabs, as: "a.tsv").read(0..<2) == [1, 2.5, -300, 4, 5, 0.5])
  }

  @Test("A column of labels is found by its name, and is no part of the samples.")
  func labels() throws {
    let numbers = try open("a,Label,b\n1,7,2\n3,-1,4\n")
    #expect(numbers.sampleShape == [2])
    #expect(try numbers.read(0..<2) == [1, 2, 3, 4])
    #expect(try numbers.labels() == [7, -1])
    // Columns that are named by numbers make a header beside a name of labels.
    #expect(try open("label,0,1\n5.0,1,2\n").labels() == [5])
    #expect(try open("a,target\n1,dog\n1,\"a, cat\"\n1,dog\n").labels() == [1, 0, 1])
    #expect(try open("a,y\n1,0.5\n1,1\n").labels() == nil)
    #expect(try open("a,class\n1,\n1,1\n").labels() == nil)
  }

  @Test("An error names the line and the column.")
  func faults() {
    #expect(
      words("a,width\n1,2\n\n3,x\n") == "FILE, line 4, column 2 ('width'): 'x' is not a number.")
    #expect(words("1,2\n3,\n") == "FILE, line 2, column 2: there is no number.")
    #expect(
      words("5.1,3.5,setosa\n") == "FILE, line 1, column 3: 'setosa' is not a number.")
    #expect(
      words("1,2\n3\n") == "FILE, line 2: the row has 1 fields, the first row has 2.")
    #expect(
      words("1,2\n3,4,5\n") == "FILE, line 2: the row has 3 fields, the first row has 2.")
    #expect(
      words("1,2\n3,4\"5\"\n")
        == "FILE, line 2, column 2: a quote is inside a field without quotes.")
    #expect(
      words("1,2\n\"3\"4,5\n") == "FILE, line 2, column 1: text follows a closing quote.")
    #expect(words("1,2\n3,\"4\n5,6\n") == "FILE, line 2, column 2: a quote is not closed.")
    #expect(
      words("\"a\nb\",c\n1,2\n3,z\n") == "FILE, line 4, column 2 ('c'): 'z' is not a number.")
    let long = String(repeating: "9x", count: 100)
    #expect(words("1\n\(long)\n").count < 100)
  }

  @Test("A file without rows, or with nothing but labels, holds no samples.")
  func nothing() {
    #expect(words("") == "FILE holds no samples: its shape is [0].")
    #expect(words("\n\r\n\n") == "FILE holds no samples: its shape is [0].")
    #expect(words("a,b\n") == "FILE holds no samples: its shape is [0, 2].")
    #expect(words("y\n1\n2\n") == "FILE holds no samples: its shape is [2, 0].")
  }

  @Test("A row without end is given up.")
  func endless() throws {
    let text = [UInt8](repeating: UInt8(ascii: "1"), count: CSVReader.largestRow + 10)
    let path = try scratch.file("a.csv", text)
    let expected = "'\(path)', line 1, column 1: the row is too long."
    #expect(message { _ = try SampleFile.open(path) } == expected)
    let quoted = try scratch.file("a.csv", [UInt8(ascii: "\"")] + text)
    #expect(message { _ = try SampleFile.open(quoted) } == expected)
  }

  @Test("Rows are read in any order and by many threads, however few places are remembered.")
  func anyOrder() async throws {
    // Longer than what is read of a file at a time; some rows have a line break in them.
    let rows = (0..<9000).map { "\($0),\"\($0 % 5 == 0 ? "\n" : "z")\",\($0 + 1)" }
    let text = "a,label,b\n" + rows.joined(separator: "\r\n")
    let path = try scratch.file("a.csv", text.utf8)
    for limit in [2, 100, 65_536] {
      let samples = try CSVSamples(file: path, indexLimit: limit)
      #expect(samples.sampleCount == 9000)
      #expect(try samples.read(0..<9000) == (0..<9000).flatMap { [Float($0), Float($0 + 1)] })
      #expect(try await SampleSubset(samples, range: 8990..<9000).isSameInAnyOrder())
    }
  }

  @Test("The index keeps no more places than allowed, and finds every row.")
  func index() {
    var index = CSVIndex(limit: 8)
    for row in 0..<1000 {
      index.append(offset: row * 10, line: row + 1)
      #expect(index.places.count <= 8)
    }
    #expect(index.rowCount == 1000 && index.stride == 128)
    for row in 0..<1000 {
      let (place, rowsBetween) = index.place(before: row)
      #expect(place.offset == (row - rowsBetween) * 10 && place.line == row - rowsBetween + 1)
      #expect((0..<128).contains(rowsBetween))
    }
  }

  @Test("A file of numbers has the fingerprint of the same numbers in another format.")
  func digest() throws {
    let samples = try open((0..<4).map { "\(3 * $0),\(3 * $0 + 1),\(3 * $0 + 2)\n" }.joined())
    // As in NumPySamplesTests.
    #expect(try samples.digest() == "75580d4c3134197b")
  }
}
