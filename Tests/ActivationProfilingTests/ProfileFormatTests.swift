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
    let site = try root.group("sites/0000")
    let inFile = try #require(tables["Datasets of the file"])
    let inSite = try #require(tables["Datasets of a site"])
    #expect(try Set(root.children()) == Set(inFile.map(\.name) + ["sites"]))
    #expect(try Set(site.children()) == Set(inSite.map(\.name)))
    for (group, entries) in [(root, inFile), (site, inSite)] {
      for entry in entries {
        let dataset = try group.dataset(entry.name)
        #expect("\(dataset.elementType)" == entry.type, "\(entry.name)")
        #expect(dataset.shape.count == entry.axes, "\(entry.name)")
      }
    }
  }

  @Test("Every attribute in the document is in the file, with its type.")
  func attributes() throws {
    let (scratch, tables) = (try Scratch(), try Self.tables())
    try Self.write(to: scratch.path("p.h5"))
    let root = try HDF5File(reading: scratch.path("p.h5")).root
    let site = try root.group("sites/0000")
    for (group, heading) in [(root, "Attributes of the file"), (site, "Attributes of a site")] {
      for entry in try #require(tables[heading]) {
        let (attributes, name) = (group.attributes, entry.name)
        #expect(attributes.contains(name), "\(name)")
        switch entry.type {
        case "string": #expect(try attributes.strings(name) != nil, "\(name)")
        case "int64": #expect(try attributes.numbers(name, as: Int.self) != nil, "\(name)")
        case "uint64": #expect(try attributes.numbers(name, as: UInt64.self) != nil, "\(name)")
        default: #expect(try attributes.numbers(name, as: Double.self) != nil, "\(name)")
        }
      }
    }
  }

  @Test("No attribute is written that the document does not list.")
  func nothingElse() throws {
    let tables = try Self.tables()
    for (file, heading) in [
      ("ProfileFile", "Attributes of the file"), ("ProfileFile+Site", "Attributes of a site"),
    ] {
      let path = Folders.package.appending(path: "Sources/ActivationProfiling/\(file).swift").path
      let source = try String(contentsOfFile: path, encoding: .utf8)
      let written = source.matches(of: /\.create\("([a-z_]+)"/).map { String($0.1) }
      #expect(try written.sorted() == #require(tables[heading]).map(\.name).sorted())
    }
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
