import Foundation
import HDF5Support
import RangeStatistics
import TestSupport
import Testing

@testable import ActivationProfiling

@Suite("docs/ProfileFormat.md tells the truth")
struct ProfileFormatTests {
  /// A row of a table in the document.
  private struct Entry {
    let name: String
    let type: String
    let axes: Int
  }

  /// The tables of the document, by their headings.
  private static func tables() throws -> [String: [Entry]] {
    let path = Folders.package.appending(path: "docs/ProfileFormat.md").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    var (heading, tables) = ("", [String: [Entry]]())
    for line in text.split(separator: "\n") {
      if line.hasPrefix("## ") { heading = String(line.dropFirst(3)) }
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard cells.count == 4, cells[0].hasPrefix("`") else { continue }
      tables[heading, default: []].append(
        Entry(
          name: cells[0].trimmingCharacters(in: ["`"]), type: cells[1],
          axes: cells[2] == "scalar" ? 0 : cells[2].split(separator: "×").count))
    }
    return tables
  }

  /// A profile with every part: one site has values that are not finite.
  private static func write(to path: String) throws {
    let profile = recordedProfile(
      [recordedSite("A/R", [1, -2, .nan, 4], shape: [2])], samples: 2, data: ["X"], model: "M")
    try Data(ProfileFile.bytes(of: profile)).write(to: URL(filePath: path))
  }

  @Test("Every dataset is in the document with its type and its axes, and no other.")
  func datasets() throws {
    let (scratch, tables) = (try Scratch(), try Self.tables())
    try Self.write(to: scratch.path("p.h5"))
    let root = try HDF5File(reading: scratch.path("p.h5")).root
    let entries = tables.filter { $0.key.hasPrefix("Datasets ") }.flatMap(\.value)
    #expect(try root.children() == entries.map(\.name).sorted())
    for entry in entries {
      let dataset = try root.dataset(entry.name)
      let type = dataset.elementType
      #expect((type.isString ? "string" : "\(type)") == entry.type, "\(entry.name)")
      #expect(dataset.shape.count == entry.axes, "\(entry.name)")
    }
  }

  @Test("Every attribute in the document is in the file, with its type.")
  func attributes() throws {
    let (scratch, tables) = (try Scratch(), try Self.tables())
    try Self.write(to: scratch.path("p.h5"))
    let attributes = try HDF5File(reading: scratch.path("p.h5")).root.attributes
    for entry in try #require(tables["Attributes of the file"]) {
      let name = entry.name
      #expect(attributes.contains(name), "\(name)")
      if entry.type == "string" {
        #expect(try attributes.strings(name) != nil, "\(name)")
      } else {
        #expect(entry.type == "int64")
        #expect(try attributes.numbers(name, as: Int.self) != nil, "\(name)")
      }
    }
  }

  @Test("No attribute is written that the document does not list.")
  func nothingElse() throws {
    let path = Folders.package
      .appending(path: "Sources/ActivationProfiling/ProfileFile+Writing.swift").path
    let source = try String(contentsOfFile: path, encoding: .utf8)
    var written = source.matches(of: /\.create\("([a-z_]+)"/).map { String($0.1) }
    written += source.matches(of: /writeSums\("([a-z_]+)"/).map { "\($0.1)_exponent" }
    let listed = try #require(Self.tables()["Attributes of the file"]).map(\.name)
    #expect(written.sorted() == listed.sorted())
  }

  @Test("Exact sums and the quantile read as the document says.")
  func recipes() throws {
    var generator = SplitMix64(seed: 2)
    let values = generator.dyadics(3000).map { $0 - 0.5 }
    let site = recordedSite("a/relu", values, shape: [1]).statistics
    let words = site.channels[0].sum.words
    // The recipe in Python, on the high part: every sum of these values is a multiple of 1/16.
    let lowest = 298 - 4
    let (word, bit) = (lowest / 64, lowest % 64)
    let sixteenths = Int64(bitPattern: words[word] >> bit | words[word + 1] << (64 - bit))
    #expect(Float(sixteenths) / 16 == values.reduce(0, +))

    let keys = BFloat16Histogram.ascendingKeys.filter { site.histogram.counts[$0] > 0 }
    var (seen, edge) = (UInt64(0), Float.nan)
    for key in keys where Double(seen) / 3000 < 0.99 {
      seen += site.histogram.counts[key]
      edge = Float(bitPattern: UInt32(key) << 16)
    }
    let exact = values.sorted()[2969]
    #expect(edge <= exact && exact - edge <= exact / 128)
  }
}
