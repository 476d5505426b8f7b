import FileSupport
import ModelImport

extension ModelFileContents {
  /// The number of values of the weights without a place in the file, or `nil` if their bytes cannot
  /// be counted.
  var weightCount: Int? {
    var total = 0
    for weight in groups.flatMap(\.weights) where weight.place == nil {
      let (sum, overflow) = total.addingReportingOverflow(weight.count)
      guard !overflow, sum <= Int.max / MemoryLayout<Float>.stride else { return nil }
      total = sum
    }
    return total
  }

  /// Writes all but the weights' values.
  func write(to writer: inout MessageWriter) {
    writer.add(file)
    writer.add(architecture.file)
    writer.add(architecture.text)
    writer.add(kerasVersion)
    writer.add(hasMirroredKernels ? 1 : 0)
    writer.add(layout.rawValue)
    writer.add(groups) { writer, group in
      writer.add(group.name)
      writer.add(group.layerName)
      writer.add(group.weights) { writer, weight in
        writer.add(weight.name)
        writer.add(weight.extents)
        writer.add(weight.place)
      }
    }
  }

  /// Reads what `write` wrote; the values of weights without a place in the file lie in `memory` one
  /// after the other.
  ///
  /// - Parameter weights: The file of the weights, if it can be read.
  /// - Throws: `MessageFault`.
  init(
    from reader: inout MessageReader, memory: SharedMemory, weights: RandomAccessFile?
  ) throws {
    let file = try reader.text()
    let architecture = (file: try reader.text(), text: try reader.bytes())
    let version = try reader.optionalText()
    let hasMirroredKernels = try reader.number() != 0
    let number = try reader.number()
    guard let layout = Layout(rawValue: number) else {
      throw MessageFault(what: "layout \(number)")
    }
    var offset = 0
    let groups = try reader.list { reader in
      Group(
        name: try reader.text(), layerName: try reader.optionalText(),
        weights: try reader.list { reader in
          let (name, (extents, count)) = (try reader.text(), try reader.shape())
          if let place = try reader.place(of: count, in: weights), let weights {
            return Weight(name: name, extents: extents, place: place) {
              try weights.read(floats: $0, at: place)
            }
          }
          let start = offset
          guard count <= (memory.byteCount - start) / MemoryLayout<Float>.stride else {
            throw MessageFault(what: "a weight of shape \(extents)")
          }
          offset += count * MemoryLayout<Float>.stride
          return Weight(name: name, extents: extents) {
            try memory.copy(from: start, to: UnsafeMutableRawBufferPointer($0))
          }
        })
    }
    self.init(
      file: file, architecture: architecture, kerasVersion: version, layout: layout,
      groups: groups, hasMirroredKernels: hasMirroredKernels)
    weightFile = weights
  }
}
