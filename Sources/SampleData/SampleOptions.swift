/// How samples are brought into the shape that a network takes.
public struct SampleOptions: Hashable, Sendable {
  /// The order of the axes of a picture in a file of arrays.
  public enum Layout: String, CaseIterable, Hashable, Sendable {
    /// Height, width, channels: as the network takes them.
    case nhwc

    /// Channels, height, width: they are transposed when they are read.
    case nchw
  }

  /// What is done to pictures in files of their own.
  public let images: ImageOptions

  /// The order of axes in a file of arrays.
  public let layout: Layout

  /// Creates the options; without arguments they leave samples as they are.
  public init(images: ImageOptions = ImageOptions(), layout: Layout = .nhwc) {
    self.images = images
    self.layout = layout
  }
}

extension SampleOptions: CustomStringConvertible {
  /// The steps as options would give them, such as `--resize 256 --crop 224x224`; empty if none.
  public var description: String {
    var steps: [String] = []
    switch images.resize {
    case .shorterSide(let side): steps.append("--resize \(side)")
    case .exact(let size): steps.append("--resize \(size)")
    case nil: break
    }
    if let crop = images.crop { steps.append("--crop \(crop)") }
    if layout != .nhwc { steps.append("--layout \(layout.rawValue)") }
    return steps.joined(separator: " ")
  }
}
