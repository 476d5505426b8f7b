import COneDNN

/// A compiled oneDNN kernel.
///
/// It holds no buffers: with a scratchpad from the caller, oneDNN allows any number of threads to
/// execute it at once.
final class Primitive: @unchecked Sendable {
  let layer: String
  let operation: String
  /// Working memory that every execution needs of its own.
  let scratchpad: Layout
  let handle: dnnl_primitive_t
  private let description: dnnl_primitive_desc_t

  /// Compiles one of oneDNN's operation descriptors (`dnnl_convolution_desc_t`, …).
  convenience init<Descriptor>(
    _ descriptor: Descriptor, layer: String, operation: String
  ) throws {
    try self.init(layer: layer, operation: operation) { description, attributes in
      withUnsafePointer(to: descriptor) {
        oneDNN.primitive_desc_create(
          &description, UnsafeRawPointer($0), attributes, Engine.shared.handle, nil)
      }
    }
  }

  /// Compiles a copy from one layout to another.
  convenience init(from source: Layout, to target: Layout, layer: String) throws {
    try self.init(layer: layer, operation: "reorder") { description, attributes in
      var (source, target) = (source, target)
      let engine = Engine.shared.handle
      return oneDNN.reorder_primitive_desc_create(
        &description, &source, engine, &target, engine, attributes)
    }
  }

  private init(
    layer: String, operation: String,
    describe: (inout dnnl_primitive_desc_t?, dnnl_primitive_attr_t?) -> dnnl_status_t
  ) throws {
    Engine.useOneThread()
    var attributes: dnnl_primitive_attr_t?
    try oneDNN.primitive_attr_create(&attributes).check(layer: layer, operation)
    defer { _ = oneDNN.primitive_attr_destroy(attributes) }
    try oneDNN.primitive_attr_set_scratchpad_mode(attributes, dnnl_scratchpad_mode_user)
      .check(layer: layer, operation)
    var description: dnnl_primitive_desc_t?
    try describe(&description, attributes).check(layer: layer, operation)
    var primitive: dnnl_primitive_t?
    let status = oneDNN.primitive_create(&primitive, description)
    if status != dnnl_success { _ = oneDNN.primitive_desc_destroy(description) }
    try status.check(layer: layer, operation)
    self.layer = layer
    self.operation = operation
    self.description = description!
    handle = primitive!
    scratchpad = oneDNN.primitive_desc_query_md(description, dnnl_query_scratchpad_md, 0)!.pointee
  }

  deinit {
    _ = oneDNN.primitive_destroy(handle)
    _ = oneDNN.primitive_desc_destroy(description)
  }

  /// The layout that the kernel wants for an argument such as `DNNL_ARG_WEIGHTS`.
  func layout(of argument: Int32) -> Layout {
    oneDNN.primitive_desc_query_md(description, dnnl_query_exec_arg_md, argument)!.pointee
  }
}

/// An order of execution on one thread.
final class Stream {
  let handle: dnnl_stream_t

  init() throws {
    var stream: dnnl_stream_t?
    try oneDNN.stream_create(
      &stream, Engine.shared.handle, UInt32(dnnl_stream_default_flags.rawValue)
    )
    .check(layer: "", "stream")
    handle = stream!
  }

  deinit { _ = oneDNN.stream_destroy(handle) }
}

/// A kernel with its buffers, ready to run again and again on one thread.
final class BoundPrimitive {
  private let primitive: Primitive
  private let memories: [Memory]
  private let arguments: [dnnl_exec_arg_t]
  /// Kept alive: a memory only views its bytes.
  private let scratchpad: AlignedBuffer

  init(
    _ primitive: Primitive, arguments: [(Int32, Layout, UnsafeMutableRawPointer)],
    scratchpad: AlignedBuffer
  ) throws {
    self.primitive = primitive
    self.scratchpad = scratchpad
    let all = arguments + [(DNNL_ARG_SCRATCHPAD, primitive.scratchpad, scratchpad.pointer)]
    memories = try all.map { try Memory($0.1, at: $0.2, layer: primitive.layer) }
    self.arguments = zip(all, memories).map {
      dnnl_exec_arg_t(arg: Int32($0.0), memory: $1.handle)
    }
  }

  func run(on stream: Stream) throws {
    try arguments.withUnsafeBufferPointer {
      oneDNN.primitive_execute(
        primitive.handle, stream.handle, Int32($0.count), $0.baseAddress)
    }.check(layer: primitive.layer, primitive.operation)
  }
}
