import Foundation
import ModelImport
import TestSupport
import Testing

@Suite("The list of known layers")
struct KerasLayerListingTests {
  private static let page = Folders.package.appending(path: "docs/KerasSupport.md")

  /// `make docs` writes the page, by running this test with the variable set.
  @Test("docs/KerasSupport.md is what the source says; make docs writes it anew.")
  func page() throws {
    if ProcessInfo.processInfo.environment["WRITE_DOCS"] != nil {
      try Data(KerasLayer.document.utf8).write(to: Self.page)
    }
    let written = try? String(contentsOf: Self.page, encoding: .utf8)
    #expect(
      written == KerasLayer.document, "docs/KerasSupport.md is out of step. Run:  make docs")
  }

  @Test("Every class is in one family, and no name stands for two.")
  func names() {
    let names = KerasLayer.all.flatMap { [$0.name] + $0.aliases }
    #expect(Set(names).count == names.count)
    #expect(KerasLayer.all.allSatisfy { !$0.summary.isEmpty })
  }

  @Test("The listing has a line for each class, in columns, with its other names.")
  func listing() {
    let lines = KerasLayer.listing.split(separator: "\n")
    for kind in KerasLayer.all {
      #expect(lines.contains { $0.hasPrefix("  \(kind.name) ") && $0.contains(kind.summary) })
    }
    #expect(
      lines.contains {
        $0.hasPrefix("  Conv2D ") && $0.hasSuffix(" (also Convolution2D, AtrousConvolution2D)")
      })
    #expect(lines.last?.contains("softplus, softsign") == true)
  }
}
