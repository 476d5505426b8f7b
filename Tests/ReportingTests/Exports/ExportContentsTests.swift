import PolynomialApproximation
import RangeRecommendation
import TestSupport
import Testing

@testable import Reporting

@Suite("What exports write")
struct ExportContentsTests {
  @Test("Names become identifiers that differ, whatever they hold.")
  func identifiers() throws {
    let record = try ExportSamples.record(.tanh, -1, 1, 3)
    let contents = try ExportSamples.sample(
      ["a/b", "a b", "a_b", "1*ü", ""].map { ($0, record) })
    #expect(
      contents.entries.map(\.identifier) == [
        "poly_a_b", "poly_a_b_2", "poly_a_b_3", "poly_1", "poly_",
      ])
  }

  @Test("Every format says at its top by which convention its numbers go, if it has comments.")
  func headers() throws {
    for export in FitterExports.all where !["json", "csv", "onnx-runtime"].contains(export.name) {
      let text = String(decoding: try export.file(ExportSamples.contents).bytes, as: UTF8.self)
      #expect(text.contains("Convention: "), "\(export.name)")
      #expect(text.split(separator: "\n")[0].contains("'sample'"), "\(export.name)")
    }
  }

  @Test("The same contents give the same bytes; names of formats differ and are listed.")
  func registry() throws {
    let names = FitterExports.all.map(\.name)
    #expect(Set(names).count == names.count)
    for export in FitterExports.all {
      #expect(try export.file(ExportSamples.contents) == export.file(ExportSamples.contents))
      #expect(FitterExports.listing.contains("  \(export.name)  "))
      #expect(try FitterExports.named(export.name).name == export.name)
    }
  }

  @Test("Powers warn where they lose more than the fit's error, and only there.")
  func warnings() throws {
    let far = try ExportSamples.sample([("relu", ExportSamples.record(.relu, -5, 5, 60))])
    let near = try ExportSamples.sample([("relu", ExportSamples.record(.relu, -5, 5, 14))])
    for export in [OrionExport(), TenSEALExport()] as [any FitterExport] {
      #expect(try export.file(far).warnings.count == 1)
      #expect(try export.file(far).warnings[0].contains("Fit a lower degree"))
      #expect(try export.file(near).warnings == [])
    }
  }

  @Test("What a format cannot hold is refused.")
  func refusals() throws {
    let tiny = try ExportSamples.sample(
      [("tanh", ExportSamples.record(.tanh, -1e-30, 1e-30, 13))])
    let none = try ExportSamples.sample([])
    #expect(throws: ExportError.overflow(format: "orion", site: "tanh")) {
      try OrionExport().file(tiny)
    }
    #expect(throws: ExportError.noPolynomials(format: "openfhe")) {
      try OpenFHEExport().file(none)
    }
    #expect(throws: ExportError.unknownFormat("x", known: FitterExports.all.map(\.name))) {
      try FitterExports.named("x")
    }
    #expect(
      throws: ExportError.notOnePolynomial(format: "heir", site: "relu", method: .composite)
    ) { try HEIRExport().file(ExportSamples.composed) }
    #expect(
      throws: ExportError.notOnePolynomial(format: "openfhe", site: "softplus", method: .rational)
    ) { try OpenFHEExport().file(ExportSamples.composed) }
    let wide = try ExportSamples.sample([("abs", ExportSamples.record(.abs, -1e60, 1e60, 2))])
    for export in [EzklExport(), ONNXRuntimeExport()] as [any FitterExport] {
      #expect(throws: ExportError.overflow(format: export.name, site: "abs")) {
        try export.file(wide)
      }
    }
  }

  @Test("Messages say what is wrong and what to do.")
  func messages() {
    #expect(
      "\(ExportError.unknownFormat("x", known: ["a", "b"]))"
        == "there is no format 'x'; known are a, b")
    #expect("\(ExportError.noPolynomials(format: "c"))".contains("rangefinder fit lists why"))
    let other = ExportError.notOnePolynomial(format: "c", site: "s", method: .rational)
    #expect("\(other)".contains("--method minimax"))
    #expect("\(ExportError.overflow(format: "c", site: "s"))".contains("Fit a lower degree"))
  }

  @Test("ONNX Runtime's ranges are rounded outward.")
  func outward() throws {
    let contents = try ExportSamples.sample(
      [("tanh", ExportSamples.record(.tanh, -0.1, 0.1, 3))])
    let text = try ExportSamples.text(ONNXRuntimeExport(), contents)
    let bounds = text.components(separatedBy: "\"data\": ").dropFirst(2).map { part in
      Double(Float(part.prefix { $0 != "," })!)
    }
    #expect(bounds.count == 2)
    #expect(bounds[0] <= -0.1 && bounds[1] >= 0.1)
    #expect(bounds[0] > -0.100_001)
  }
}
