import NetworkGraph
import RangeStatistics
import Testing

@testable import ActivationProfiling
@testable import ForwardPass

@Suite("Observers of a run")
struct RecordingObserverTests {
  private static let before: [Float] = [-2, 3, 0, 9, -4, 1]
  /// A leaky rectifier with slope 1/4 and bound 6.
  private static let after: [Float] = [-0.5, 3, 0, 6, -1, 1]

  @Test("A bare run rectifies as a recording one does.")
  func rectification() throws {
    let rectifier = ForwardPass.Rectifier(.rectifier(slope: 0.25, bound: 6))
    #expect(rectifier != nil)
    var graph = Graph(name: "g")
    let input = graph.addInput(layer: "i", shape: Shape([3])!)
    _ = try graph.add(.activation(.relu), layer: "a", inputs: [input])
    let recording = RecordingObserver(graph.sites)
    recording.beginPortion(.init(samples: 0..<2, hashLimit: .max))
    let bare = RectifyingObserver()
    bare.beginPortion(.init(samples: 0..<2, hashLimit: .max))
    for observer in [recording, bare] as [any PortionObserver] {
      var values = Self.before
      values.withUnsafeMutableBufferPointer {
        observer.observe(site: 0, values: $0, samples: 0..<2, offset: 0, rectifier: rectifier)
      }
      #expect(values == Self.after)
      values.withUnsafeMutableBufferPointer {
        bare.observe(site: 0, values: $0, samples: 0..<2, offset: 0, rectifier: nil)
      }
      #expect(values == Self.after)
    }
    recording.endPortion()
    bare.endPortion()
    let seen = recording.snapshot(site: 0)
    #expect(seen.lowest.values.map(\.value) == Self.before.sorted())
  }
}
