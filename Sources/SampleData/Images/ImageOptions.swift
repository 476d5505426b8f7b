/// The width and height of a picture, in pixels.
public struct ImageSize: Hashable, Sendable, CustomStringConvertible {
  public let width: Int
  public let height: Int

  /// - Precondition: Both are positive.
  public init(width: Int, height: Int) {
    precondition(width > 0 && height > 0, "\(width)x\(height)")
    self.width = width
    self.height = height
  }

  public var description: String { "\(width)x\(height)" }

  /// Reads `224` (a square) or `224x192` (width first); nil for others.
  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    // Larger pictures are not read either.
    let lengths = parts.compactMap(\.self).filter { (1...65_535).contains($0) }
    guard (1...2).contains(parts.count), lengths.count == parts.count else { return nil }
    self.init(width: lengths[0], height: lengths[lengths.count - 1])
  }
}

/// What is done to pictures so that all have one shape.
///
/// First they are resized, then their middle is cut out.
public struct ImageOptions: Hashable, Sendable {
  /// The size that pictures are brought to.
  public enum Resize: Hashable, Sendable {
    /// The shorter side has so many pixels, the longer one what keeps the proportions, rounded
    /// down.
    case shorterSide(Int)

    /// Width and height are as given, whatever the proportions.
    case exact(ImageSize)

    /// Reads `256` (the shorter side) or `256x256` (width first).
    ///
    /// - Throws: `SampleDataError.invalidNumber`.
    public init(parsing text: String) throws {
      guard let size = ImageSize(text) else {
        throw SampleDataError.invalidNumber(
          option: "--resize", text: text,
          expected: "a length of the shorter side such as 256, or a size such as 256x256")
      }
      self = text.contains("x") ? .exact(size) : .shorterSide(size.width)
    }
  }

  /// What pictures are resized to; nil leaves them.
  public let resize: Resize?

  /// What is cut out of the middle; nil is everything.
  public let crop: ImageSize?

  /// 3 for red, green, and blue; 1 for grey.
  public let channels: Int

  /// - Precondition: `channels` is 1 or 3, and a side to resize to is positive.
  public init(resize: Resize? = nil, crop: ImageSize? = nil, channels: Int = 3) {
    precondition(channels == 1 || channels == 3, "\(channels) channels")
    if case .shorterSide(let side) = resize { precondition(side > 0) }
    self.resize = resize
    self.crop = crop
    self.channels = channels
  }

  /// Reads what `--crop` cuts out: `224` (a square) or `224x192` (width first).
  ///
  /// - Throws: `SampleDataError.invalidNumber`.
  public static func crop(parsing text: String) throws -> ImageSize {
    guard let size = ImageSize(text) else {
      throw SampleDataError.invalidNumber(
        option: "--crop", text: text, expected: "a length such as 224, or a size such as 224x224")
    }
    return size
  }
}
