import COneDNN
import Testing

@testable import ForwardPass

@Suite struct EngineTests {
  @Test("A status that is not success is thrown with oneDNN's word for it.")
  func status() throws {
    try dnnl_success.check(layer: "a", "dense")
    let error = try #require(throws: ForwardPassError.self) {
      try dnnl_unimplemented.check(layer: "a", "dense")
    }
    #expect(error == .kernel(layer: "a", operation: "dense", status: "unimplemented"))
  }

  @Test("Channels-last layouts match the same strides spelled out.")
  func layouts() {
    let picture = Layout.channelsLast(batch: 2, spatial: [4, 5], channels: 3)
    #expect(picture.matches(Layout([2, 3, 4, 5], strides: [60, 1, 15, 3])))
    #expect(!picture.matches(Layout([2, 3, 4, 5], strides: [60, 20, 5, 1])))
    #expect(picture.byteCount == 2 * 3 * 4 * 5 * 4)
    #expect(Layout.rows(3, 7).matches(Layout([3, 7], strides: [7, 1])))
  }
}
