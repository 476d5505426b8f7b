import FileSupport
import ModelImport
import RangeStatistics
import TestSupport
import Testing

@testable import IsolatedReading

@Suite("Messages between parent and child")
struct MessageTests {
  @Test(
    "A request survives its way.",
    arguments: [
      Request.model(path: "a/ö.h5"), .model(path: ""), .architecture(path: "x.json"),
      .profile(path: "p"), .samples(file: "x.h5", dataset: "/x"),
      .samples(file: "x.h5", dataset: nil), .rows(3..<1000), .labels,
    ])
  func request(_ request: Request) throws {
    #expect(try Request(message: request.message) == request)
  }

  @Test("A network's contents survive their way, the weights in the order of the file.")
  func contents() throws {
    let memory = try #require(SharedMemory.create())
    var mapping = SharedMapping(descriptor: memory.descriptor)
    let values: [Float] = [1, 2, 3, 4, 5, 6, 7]
    try mapping.bytes(28).copyBytes(from: values.withUnsafeBytes(Array.init))
    func weight(_ name: String, _ extents: [Int]) -> ModelFileContents.Weight {
      .init(name: name, extents: extents) { _ in }
    }
    let sent = ModelFileContents(
      file: "m.h5", architecture: ("a.json", [1, 0, 255]), kerasVersion: "2.4",
      layout: .tree,
      groups: [
        .init(
          name: "a", layerName: "first", weights: [weight("k", [2, 3]), weight("none", [0, 5])]),
        .init(name: "b", weights: []), .init(name: "c", weights: [weight("s", [])]),
      ], hasMirroredKernels: true)
    var writer = MessageWriter()
    sent.write(to: &writer)
    var reader = MessageReader(writer.bytes)
    let got = try ModelFileContents(from: &reader, memory: memory, weights: nil)
    try reader.finish()
    #expect(got.file == "m.h5" && got.architecture == ("a.json", [1, 0, 255]))
    #expect(got.kerasVersion == "2.4" && got.hasMirroredKernels)
    #expect(got.layout == .tree)
    #expect(got.groups.map(\.name) == ["a", "b", "c"])
    #expect(got.groups.map(\.layerName) == ["first", nil, nil])
    #expect(got.groups.map { $0.weights.map(\.extents) } == [[[2, 3], [0, 5]], [], [[]]])
    var last: [Float] = [0]
    try last.withUnsafeMutableBufferPointer { try got.groups[2].weights[0].read($0) }
    #expect(last == [7])
  }

  @Test("A place is believed only where the file has all numbers.")
  func places() throws {
    let scratch = try Scratch()
    let file = try RandomAccessFile(scratch.file("x", [UInt8](repeating: 0, count: 100)))
    func place(_ place: Int?, of count: Int, in file: RandomAccessFile?) throws -> Int? {
      var writer = MessageWriter()
      writer.add(place)
      var reader = MessageReader(writer.bytes)
      return try reader.place(of: count, in: file)
    }
    #expect(try place(60, of: 10, in: file) == 60)
    #expect(try place(nil, of: 10, in: file) == nil)
    for (wrong, count) in [(61, 10), (-1, 10), (.max, 10), (0, 26), (101, 0)] {
      #expect(throws: MessageFault.self) { try place(wrong, of: count, in: file) }
    }
    #expect(throws: MessageFault.self) { try place(0, of: 1, in: nil) }
  }

  @Test("A shape whose bytes cannot be counted is a fault, and one with no values is none.")
  func shapes() throws {
    func shape(_ extents: [Int]) throws -> Int {
      var writer = MessageWriter()
      writer.add(extents)
      var reader = MessageReader(writer.bytes)
      return try reader.shape().count
    }
    #expect(try shape([]) == 1)
    #expect(try shape([2, 3]) == 6)
    #expect(try shape([.max, .max, 0]) == 0)
    #expect(throws: MessageFault.self) { try shape([.max]) }
    #expect(throws: MessageFault.self) { try shape([1 << 32, 1 << 32]) }
    #expect(throws: MessageFault.self) { try shape([-1]) }
    #expect(throws: MessageFault.self) { try shape([0, -1]) }
  }

  @Test("Damaged messages are faults or other messages, never a crash.")
  func damage() throws {
    let memory = try #require(SharedMemory.create())
    var writer = MessageWriter()
    ModelFileContents(
      file: "m.h5", architecture: ("a.json", Array("{}".utf8)), kerasVersion: nil,
      groups: (0..<4).map { group in
        .init(
          name: "g\(group)",
          weights: [.init(name: "w", extents: [group, 0, 3]) { _ in }])
      }, hasMirroredKernels: false
    ).write(to: &writer)
    var random = SplitMix64(seed: 1)
    var faults = 0
    for _ in 0..<20_000 {
      var bytes = writer.bytes
      for _ in 0...random.next() % 4 {
        let place = Int(random.next() % UInt64(bytes.count))
        bytes[place] = random.next() % 2 == 0 ? 255 : UInt8(truncatingIfNeeded: random.next())
      }
      if random.next() % 4 == 0 { bytes.removeLast(Int(random.next() % UInt64(bytes.count))) }
      do {
        var reader = MessageReader(bytes)
        _ = try ModelFileContents(from: &reader, memory: memory, weights: nil)
        _ = try reader.finish()
      } catch is MessageFault {
        faults += 1
      }
      _ = try? Request(message: bytes)
    }
    #expect(faults > 1000)
  }
}
