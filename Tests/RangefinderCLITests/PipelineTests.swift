import Foundation
import TestSupport
import Testing

@Suite("The main job, command by command")
struct PipelineTests {
  @Test("A network and samples become a profile, ranges, polynomials and a report.")
  func wholePipeline() throws {
    let (sample, scratch) = (SamplePaths("digits-mlp"), try Scratch())
    let profile = scratch.path("p.profile.h5")
    let table = try Program.succeed([
      "profile", sample.model, "--data", sample.data, "-o", profile, "--quiet",
    ])
    #expect(table.errors.isEmpty)
    #expect(table.output.hasPrefix("site"))

    let (ranges, polynomials) = (scratch.path("ranges.json"), scratch.path("polynomials.json"))
    _ = try Program.succeed(["recommend", profile, "-o", ranges])
    _ = try Program.succeed(["fit", ranges, "-o", polynomials])
    let folder = scratch.path("deep/report")
    let report = try Program.succeed(["report", profile, ranges, polynomials, "-o", folder])
    #expect(report.output.contains("600 inputs"))
    let files = ["report", profile, ranges, polynomials, "-o", folder, "--markdown"]
    let printed = try Program.succeed(files + ["-"])
    #expect(printed.output.hasPrefix("## Ranges of ") && printed.errors.contains("Open \(folder)"))
    let written = try Program.succeed(files + [scratch.path("summary.md")])
    #expect(try scratch.bytes("summary.md") == Array(printed.output.utf8))
    #expect(written.output == report.output)
    for name in [
      "index.html", "sites.csv", "quantiles.csv", "channels.csv", "extremes.csv",
      "recommendations.csv", "ranges.json", "polynomials.json",
    ] {
      let path = "\(folder)/\(name)"
      #expect(FileManager.default.fileExists(atPath: path), "\(name)")
    }
  }

  @Test("A report shows the inputs of the extremes if it is given the data, and no other data.")
  func pictures() throws {
    let (sample, scratch) = (SamplePaths("digits-mlp"), try Scratch())
    let (profile, folder) = (scratch.path("p.profile.h5"), scratch.path("report"))
    _ = try Program.succeed([
      "profile", sample.model, "--data", sample.data, "-o", profile, "--quiet", "--samples", "300",
      "--report", scratch.path("at-once"),
    ])
    _ = try Program.succeed(["report", profile, "-o", folder, "--data", sample.data])
    for page in ["report/index.html", "at-once/index.html"] {
      let text = String(decoding: try scratch.bytes(page), as: UTF8.self)
      #expect(text.contains("<symbol id=\"input-"), "\(page)")
    }

    let other = try Program.run([
      "report", profile, "-o", folder, "--data", sample.data, "--samples", "299",
    ])
    #expect(other.code == 1)
    #expect(other.errors.contains("is not the data that was profiled: its fingerprint is "))
    #expect(other.errors.contains("Give the file that rangefinder profile was given"))
  }

  @Test("A report reads the data as the profile did, without being told how.")
  func recordedOptions() throws {
    let (sample, scratch) = (SamplePaths("mnist-cnn"), try Scratch())
    // Eight pictures, channels first: [8, 1, 28, 28] numbers of 32 bits.
    let header = "{'descr': '<f4', 'fortran_order': False, 'shape': (8, 1, 28, 28), }"
    let padded = header + String(repeating: " ", count: 117 - header.count) + "\n"
    var file = Data([0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(padded.utf8.count), 0])
    file.append(Data(padded.utf8))
    for index in 0..<8 * 784 {
      withUnsafeBytes(of: Float(index % 251).bitPattern.littleEndian) {
        file.append(contentsOf: $0)
      }
    }
    let (data, profile) = (scratch.path("x.npy"), scratch.path("p.profile.h5"))
    try file.write(to: URL(fileURLWithPath: data))
    _ = try Program.succeed([
      "profile", sample.model, "--data", data, "--layout", "nchw", "--scale", "1/255", "--mean",
      "-1", "-o", profile, "--quiet",
    ])
    _ = try Program.succeed(["report", profile, "--data", data, "-o", scratch.path("report")])
    let page = String(decoding: try scratch.bytes("report/index.html"), as: UTF8.self)
    #expect(page.contains("viewBox=\"0 0 28 28\""))
  }

  @Test("Shards merged in either order have the bytes of one run, whatever the threads.")
  func shards() throws {
    let (sample, scratch) = (SamplePaths("digits-mlp"), try Scratch())
    func profile(_ name: String, _ more: [String]) throws -> String {
      let path = scratch.path(name)
      _ = try Program.succeed(
        ["profile", sample.model, "--data", sample.data, "-o", path, "--quiet"] + more)
      return path
    }
    _ = try profile("whole.h5", ["--threads", "1"])
    let first = try profile("first.h5", ["--shard", "1/2", "--threads", "2"])
    let second = try profile("second.h5", ["--shard", "2/2"])
    _ = try Program.succeed(["merge", first, second, "-o", scratch.path("forth.h5")])
    _ = try Program.succeed(["merge", second, first, "-o", scratch.path("back.h5")])
    let whole = try scratch.bytes("whole.h5")
    #expect(try scratch.bytes("forth.h5") == whole)
    #expect(try scratch.bytes("back.h5") == whole)

    let twice = try Program.run(["merge", first, first, "-o", scratch.path("twice.h5")])
    #expect(twice.code == 1)
    #expect(twice.errors.contains("both profiles hold block"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("twice.h5")))
  }

  @Test("A promise that the data cannot support ends with exit code 3 and what would.")
  func promise() throws {
    let (sample, scratch) = (SamplePaths("digits-mlp"), try Scratch())
    let profile = scratch.path("p.h5")
    _ = try Program.succeed([
      "profile", sample.model, "--data", sample.data, "-o", profile, "--samples", "100",
    ])
    let ranges = scratch.path("ranges.json")
    let outcome = try Program.run([
      "recommend", profile, "-o", ranges, "--coverage", "0.999", "--confidence", "0.95",
    ])
    #expect(outcome.code == 3)
    // 2,995 in the second half.
    #expect(outcome.errors.contains("5990"))
    #expect(!FileManager.default.fileExists(atPath: ranges))
  }

  @Test("The known layers are listed without a network.")
  func layers() throws {
    let listing = try Program.succeed(["inspect", "--layers"]).output
    for name in ["Dense", "Conv2D", "LSTM", "MultiHeadAttention"] {
      #expect(listing.contains(name), "\(name)")
    }
  }

  @Test("Every command prints one JSON object with --json.")
  func json() throws {
    let (sample, scratch) = (SamplePaths("digits-mlp"), try Scratch())
    let profile = scratch.path("p.h5")
    let inspected = try Program.succeed(["inspect", sample.model, "--json"])
    #expect((try Program.object(inspected.output)["sites"] as? [Any])?.isEmpty == false)
    let profiled = try Program.succeed([
      "profile", sample.model, "--data", sample.data, "-o", profile, "--json",
    ])
    #expect(try Program.object(profiled.output)["samples"] as? Int == 600)
    let weighted = [
      "approximate", "tanh", "--interval", "-3:3", "--degree", "6", "--method", "density", "--json",
      "--weights",
    ]
    let density = try Program.succeed(weighted + ["\(profile):dense1/tanh"])
    #expect(try Program.object(density.output)["method"] as? String == "density")
    let unknown = try Program.run(weighted + ["\(profile):dense9/tanh"])
    #expect(unknown.errors.contains("has no site 'dense9/tanh'.\n  It has: dense1/tanh, "))
    #expect(try Program.run(weighted + [profile]).errors.contains("Write the profile and the site"))
    let recommended = try Program.succeed(["recommend", profile, "--json"])
    #expect(try Program.object(recommended.output)["format"] as? String == "rangefinder ranges")
    let ranges = try scratch.file("r.json", recommended.output.utf8)
    let fitted = try Program.succeed(["fit", ranges, "--json"])
    #expect(try Program.object(fitted.output)["format"] as? String == "rangefinder polynomials")
    let piped = try Program.succeed(["fit", ranges, "-o", "-"])
    #expect(piped.output == fitted.output)
    let exported = try Program.succeed(["fit", ranges, "--export", "json"])
    #expect(exported.output == fitted.output)
    // Sites without a polynomial have a range too.
    let cache = try Program.succeed(["fit", ranges, "--export", "onnx-runtime"])
    let ranged = try Program.object(cache.output)["data"] as? [String: Any]
    let sites = try Program.object(recommended.output)["sites"] as? [[String: Any]]
    #expect(ranged?.count == sites?.count)
  }
}
