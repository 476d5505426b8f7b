import Foundation
import HDF5Support
import SampleData
import Testing

/// What real Keras says of a network: the inputs that it saw, and what came of them.
struct KerasReference {
  /// What Keras says of one site, over all samples.
  struct Site {
    /// The name of the layer, or of the site.
    let name: String
    let count: UInt64
    let minimum: Double
    let maximum: Double
    let mean: Double
    let standardDeviation: Double
    /// By level, numpy's linear interpolation.
    let quantiles: [Double: Double]
  }

  let inputs: [any Dataset]
  let sites: [Site]
  /// The values of each output, those of the first samples or of all; none where Keras' word is not
  /// kept.
  let outputs: [[Float]]
}

extension KerasReference {
  /// Reads `expected.h5` of a sample model, and opens its data.
  init(sample folder: URL) throws {
    let root = try HDF5File(reading: folder.appending(path: "expected.h5").path).root
    let names = try #require(try root.attributes.strings("site_names"))
    inputs = [try SampleFile.open(folder.appending(path: "data.h5").path)]
    sites = try names.map { name in
      let group = try root.group("statistics/\(name)")
      func number(_ name: String) throws -> Double {
        try #require(try group.attributes.number(name, as: Double.self))
      }
      let levels = try group.dataset("quantile_levels").read(as: Double.self)
      let values = try group.dataset("quantiles").read(as: Double.self)
      return Site(
        name: name, count: UInt64(try number("count")), minimum: try number("min"),
        maximum: try number("max"), mean: try number("mean"),
        standardDeviation: try number("std"),
        quantiles: Dictionary(uniqueKeysWithValues: zip(levels, values)))
    }
    outputs = [try root.dataset("outputs").read(as: Float.self)]
  }

  /// Reads a pair of files, `.json` and `.npz`, whose paths are relative to the folder.
  init(_ name: String, in folder: URL) throws {
    let text = try Data(contentsOf: folder.appending(path: "\(name).json"))
    let json = try #require(try JSONSerialization.jsonObject(with: text) as? [String: Any])
    let archive = folder.appending(path: "\(name).npz").path
    let inputs = try #require(json["inputs"] as? [[String: Any]])
    self.inputs = try inputs.enumerated().map { index, input in
      try Self.input(input, number: index, in: folder, archive: archive)
    }
    let sites = try #require(json["pre_activations"] as? [[String: Any]])
    self.sites = try sites.map(Site.init(json:))
    outputs = try (0..<((json["output_shapes"] as? [Any])?.count ?? 0)).map { index in
      let output = try NumPySamples(archive: archive, array: "/y\(index)")
      return try output.allValues()
    }
  }

  /// The samples in the named file; if it is not there, those in the archive, which are prepared.
  private static func input(
    _ json: [String: Any], number: Int, in folder: URL, archive: String
  ) throws -> any Dataset {
    let path = folder.appending(path: try #require(json["file"] as? String)).path
    guard path.hasSuffix(".h5"), FileManager.default.fileExists(atPath: path) else {
      return try NumPySamples(archive: archive, array: "/x\(number)")
    }
    let stored = try HDF5Samples(file: path, dataset: try #require(json["dataset"] as? String))
    return try PreparedSamples(
      stored, rows: try #require(Self.rows(json["rows"])),
      operations: json["ops"] as? [[Any]] ?? [])
  }

  /// A number of samples, or a first and a last one as in `500..999`.
  private static func rows(_ rows: Any?) -> Range<Int>? {
    if let count = rows as? Int { return 0..<count }
    let ends = (rows as? String)?.split(separator: ".").compactMap { Int($0) } ?? []
    return ends.count == 2 ? ends[0]..<ends[1] + 1 : nil
  }
}

extension KerasReference.Site {
  fileprivate init(json: [String: Any]) throws {
    func number(_ name: String) throws -> Double { try #require(json[name] as? Double) }
    var quantiles: [Double: Double] = [:]
    for (key, value) in json where key.hasPrefix("q") {
      if let level = Double(key.dropFirst()) { quantiles[level] = value as? Double }
    }
    self.init(
      name: try #require(json["layer"] as? String), count: UInt64(try number("n")),
      minimum: try number("min"), maximum: try number("max"), mean: try number("mean"),
      standardDeviation: try number("std"), quantiles: quantiles)
  }
}

extension Dataset {
  /// Reads all samples.
  func allValues() throws -> [Float] {
    var values = [Float](repeating: 0, count: sampleCount * sampleSize)
    try values.withUnsafeMutableBufferPointer { try read(samples: 0..<sampleCount, into: $0) }
    return values
  }
}
