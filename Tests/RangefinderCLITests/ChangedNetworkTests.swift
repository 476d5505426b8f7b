import FileSupport
import Foundation
import TestSupport
import Testing

@testable import RangefinderCLI

@Suite("recommend and a network's file that is written to while it is used")
struct ChangedNetworkTests {
  private let network: CustomNetwork
  private let reading: ReadingOptions

  init() throws {
    network = try CustomNetwork()
    reading = try ReadingOptions.parse(["--trusted"])
  }

  /// Uses the network before and after another program has written to its file.
  private func expectRefusal(_ box: BoxOptions, use: (LoadedNetwork) throws -> Void) throws {
    let profile = try reading.profile(network.profile())
    let samples = try DataOptions.parse(["--data", network.data])
    let loaded = try box.load(profile, samples: samples, reading)
    try use(loaded)
    let file = try #require(FileHandle(forWritingAtPath: network.model))
    file.seekToEndOfFile()
    file.write(Data([0]))
    #expect(throws: FileError.changed(file: network.model)) { try use(loaded) }
  }

  @Test("It is not certified.")
  func certified() throws {
    let box = try BoxOptions.parse(
      ["--model", network.model, "--input-box", "0:4"] + network.options())
    try expectRefusal(box) { _ = try box.certify($0) }
  }

  @Test("Its degrees are not chosen.")
  func budget() throws {
    let box = try BoxOptions.parse(["--model", network.model] + network.options())
    let options = try BudgetOptions.parse(["--budget", "depth=12"])
    let limit = try #require(options.budget)
    let common = try CommonOptions.parse(["--quiet"])
    let profile = try reading.profile(network.profile())
    let ranges = try RecommendationOptions.parse(["--policy", "minmax"])
      .recommender(certified: nil).recommend(for: profile)
    try expectRefusal(box) { _ = try options.allocate(ranges, limit, profile, $0, common) }
  }
}
