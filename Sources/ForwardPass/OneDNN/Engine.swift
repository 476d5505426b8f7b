import COneDNN

/// The processor, as oneDNN sees it.
///
/// A oneDNN engine holds no state that changes, so all threads share one.
final class Engine: @unchecked Sendable {
  static let shared = Engine()
  let handle: dnnl_engine_t

  private init() {
    var engine: dnnl_engine_t?
    let status = oneDNN.engine_create(&engine, dnnl_cpu, 0)
    guard status == dnnl_success, let engine else {
      preconditionFailure("oneDNN has no processor engine: \(status.text)")
    }
    handle = engine
  }

  /// Makes parallel regions that this thread starts run on this thread alone.
  ///
  /// Workers are the only parallelism: a kernel is created and executed single-threaded, which
  /// makes results independent of the number of workers.
  static func useOneThread() { oneDNN.omp_set_num_threads?(1) }
}

extension dnnl_status_t {
  /// oneDNN's own word for the status, such as `unimplemented`.
  var text: String { String(cString: oneDNN.status2str(self)!) }

  /// - Throws: `ForwardPassError.kernel` unless the status is success.
  func check(layer: String, _ operation: String) throws {
    guard self == dnnl_success else {
      throw ForwardPassError.kernel(layer: layer, operation: operation, status: text)
    }
  }
}

/// How numbers lie in memory.
typealias Layout = dnnl_memory_desc_t

extension dnnl_memory_desc_t {
  /// A dense or permuted Float32 layout.
  ///
  /// - Parameters:
  ///   - extents: The logical axes in oneDNN's order (batch, channels, height, width, …).
  ///   - strides: Numbers between neighbours along each axis.
  init(_ extents: [Int], strides: [Int]) {
    self.init()
    let status = extents.map(Int64.init).withUnsafeBufferPointer { extents in
      strides.map(Int64.init).withUnsafeBufferPointer { strides in
        oneDNN.memory_desc_init_by_strides(
          &self, Int32(extents.count), extents.baseAddress, dnnl_f32, strides.baseAddress)
      }
    }
    precondition(status == dnnl_success, "layout \(extents) with \(strides): \(status.text)")
  }

  /// A layout that the kernel chooses.
  init(chosenFor extents: [Int]) {
    self.init()
    let status = extents.map(Int64.init).withUnsafeBufferPointer {
      oneDNN.memory_desc_init_by_tag(
        &self, Int32($0.count), $0.baseAddress, dnnl_f32, dnnl_format_tag_any)
    }
    precondition(status == dnnl_success, "layout \(extents): \(status.text)")
  }

  /// One axis of `count` numbers.
  static func flat(_ count: Int) -> Layout { Layout([count], strides: [1]) }

  /// Rows of numbers: `[rows, columns]`.
  static func rows(_ rows: Int, _ columns: Int) -> Layout {
    Layout([rows, columns], strides: [columns, 1])
  }

  /// A batch of channels-last tensors with the given spatial extents, axes (N, C, spatial…).
  static func channelsLast(batch: Int, spatial: [Int], channels: Int) -> Layout {
    var strides = [Int](repeating: 0, count: spatial.count)
    var stride = channels
    for axis in spatial.indices.reversed() {
      strides[axis] = stride
      stride *= spatial[axis]
    }
    return Layout([batch, channels] + spatial, strides: [stride, 1] + strides)
  }

  var byteCount: Int {
    var layout = self
    return oneDNN.memory_desc_get_size(&layout)
  }

  func matches(_ other: Layout) -> Bool {
    var (a, b) = (self, other)
    return oneDNN.memory_desc_equal(&a, &b) != 0
  }
}
