import COneDNN
import Glibc
import NetworkGraph

/// A oneDNN view of a buffer.
final class Memory {
  let handle: dnnl_memory_t

  /// Creates a view of `pointer`, which must stay valid as long as the view.
  init(_ layout: Layout, at pointer: UnsafeMutableRawPointer, layer: String) throws {
    var layout = layout
    var memory: dnnl_memory_t?
    try oneDNN.memory_create(&memory, &layout, Engine.shared.handle, pointer)
      .check(layer: layer, "memory")
    handle = memory!
  }

  deinit { _ = oneDNN.memory_destroy(handle) }
}

/// A cache-line aligned buffer that owns its bytes.
///
/// Constant after the plan is compiled where it holds weights, private to one worker where it
/// holds activations: that is why it may cross threads.
final class AlignedBuffer: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  let byteCount: Int
  private let mappedCount: Int

  /// Creates a buffer of zeros.
  ///
  /// Whole pages come from the system: they are zero, take no time before they are used, and are
  /// large where the system has large ones, which halves the time of their first use.
  init(byteCount: Int) {
    self.byteCount = byteCount
    mappedCount = (max(byteCount, 64) + 4095) / 4096 * 4096
    guard
      let pages = mmap(
        nil, mappedCount, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
      pages != MAP_FAILED
    else { preconditionFailure("no memory for \(byteCount) bytes") }
    madvise(pages, mappedCount, MADV_HUGEPAGE)
    pointer = pages
  }

  /// The same, as numbers.
  var floats: UnsafeMutablePointer<Float> { pointer.assumingMemoryBound(to: Float.self) }

  deinit { munmap(pointer, mappedCount) }
}

/// Weights in the layout that a kernel asked for.
struct Weights: Sendable {
  let layout: Layout
  private let place: Place

  /// Who owns the memory.
  private enum Place: Sendable {
    case copy(AlignedBuffer)
    case asGiven(Numbers)
  }

  /// Takes numbers as they are, or copies them if another layout is wanted.
  init(_ values: Numbers, in given: Layout, as wanted: Layout, layer: String) throws {
    layout = wanted
    if given.matches(wanted) {
      place = .asGiven(values)
      return
    }
    let buffer = AlignedBuffer(byteCount: wanted.byteCount)
    place = .copy(buffer)
    try values.withUnsafeBufferPointer { numbers in
      let reorder = try Primitive(from: given, to: wanted, layer: layer)
      let bound = try BoundPrimitive(
        reorder,
        arguments: [
          (DNNL_ARG_FROM, given, UnsafeMutableRawPointer(mutating: numbers.baseAddress!)),
          (DNNL_ARG_TO, wanted, buffer.pointer),
        ],
        scratchpad: AlignedBuffer(byteCount: reorder.scratchpad.byteCount))
      try bound.run(on: Stream())
    }
  }

  init(_ values: [Float], in given: Layout, as wanted: Layout, layer: String) throws {
    try self.init(Numbers(values), in: given, as: wanted, layer: layer)
  }

  /// Where the numbers lie for as long as someone holds these weights; oneDNN only reads from it.
  var pointer: UnsafeMutableRawPointer {
    switch place {
    case .copy(let buffer): buffer.pointer
    case .asGiven(let values):
      values.withUnsafeBufferPointer { UnsafeMutableRawPointer(mutating: $0.baseAddress!) }
    }
  }
}
