import COneDNN
import Testing

@testable import ForwardPass

@Suite struct PrimitiveTests {
  @Test("A bound kernel keeps its scratchpad alive.")
  func scratchpad() throws {
    let layout = Layout.flat(4)
    let primitive = try Primitive(from: layout, to: layout, layer: "a")
    let (source, target) = (AlignedBuffer(byteCount: 16), AlignedBuffer(byteCount: 16))
    weak var scratchpad: AlignedBuffer?
    let bound = try {
      let buffer = AlignedBuffer(byteCount: primitive.scratchpad.byteCount)
      scratchpad = buffer
      return try BoundPrimitive(
        primitive,
        arguments: [
          (DNNL_ARG_FROM, layout, source.pointer), (DNNL_ARG_TO, layout, target.pointer),
        ],
        scratchpad: buffer)
    }()
    source.pointer.storeBytes(of: 3.5, as: Float.self)
    try bound.run(on: Stream())
    #expect(target.pointer.load(as: Float.self) == 3.5)
    withExtendedLifetime(bound) { #expect(scratchpad != nil) }
  }

  @Test("A kernel that oneDNN refuses names its layer and its operation.")
  func refused() {
    #expect(
      throws: ForwardPassError.kernel(
        layer: "a", operation: "reorder", status: "invalid_arguments")
    ) { try Primitive(from: .flat(4), to: .flat(5), layer: "a") }
  }
}
