import Foundation
import TestSupport
import Testing

@Suite("Runs on a cluster")
struct DistributedTests {
  @Test("A Ray cluster that loses a node in the middle gives the bytes of one process.")
  func ray() throws {
    let python = Folders.package.appending(path: ".ray/bin/python").path
    guard FileManager.default.isExecutableFile(atPath: python) else {
      print("Ray is not installed (make .ray): no cluster is tried.")
      return
    }
    let script = Folders.package.appending(path: "Distributed/acceptance_ray.py").path
    let outcome = try Tool.run(python, [script, Program.path, SamplePaths("mnist-cnn").model])
    #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
    #expect(outcome.output.contains("kill -9 of one of two nodes"))
    #expect(outcome.output.hasSuffix("the bytes are the same\n"))
  }
}
