import FileSupport

/// A picture in memory as it was in its file: JPEG, PNG, or WebP, whatever the file's name says.
struct ImageFile {
  /// The formats that are read.
  enum Format: String {
    case jpeg = "JPEG"
    case png = "PNG"
    case webP = "WebP"

    /// Finds the format by a file's first 12 bytes.
    init?(_ start: [UInt8]) {
      if start.starts(with: [0xFF, 0xD8, 0xFF]) {
        self = .jpeg
      } else if start.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
        self = .png
      } else if start.starts(with: "RIFF".utf8), start.dropFirst(8).starts(with: "WEBP".utf8) {
        self = .webP
      } else {
        return nil
      }
    }
  }

  /// The most pixels of a picture; a larger one is taken for a decompression bomb.
  private static let largestPixelCount = 100_000_000

  /// The most bytes of a file.
  private static let largestFile = 1 << 30

  let name: String
  let format: Format
  let bytes: [UInt8]

  /// The size that the picture's header gives.
  let size: ImageSize

  /// Reads a file and its header, but no pixels.
  ///
  /// - Throws: `SampleDataError.notImage`, `.brokenImage`, `.imageTooLarge`;
  ///   `FileError.cannotRead`.
  init(_ path: String) throws {
    let file = try RandomAccessFile(path)
    guard let format = Format(try file.bytes(at: 0, count: 12)) else {
      throw SampleDataError.notImage(file: path)
    }
    guard file.byteCount <= Self.largestFile else {
      throw SampleDataError.brokenImage(
        file: path, format: format.rawValue, reason: "the file has \(file.byteCount) bytes")
    }
    name = path
    self.format = format
    bytes = try file.bytes(at: 0, count: file.byteCount)
    do throws(ImageFault) {
      let (width, height) =
        switch format {
        case .jpeg: try JPEGDecoder.size(of: bytes)
        case .png: try PNGDecoder.size(of: bytes)
        case .webP: try WebPDecoder.size(of: bytes)
        }
      guard width > 0, height > 0 else { throw ImageFault("it has no pixels") }
      size = ImageSize(width: width, height: height)
    } catch {
      throw SampleDataError.brokenImage(
        file: path, format: format.rawValue, reason: error.reason)
    }
    try Self.checkSize(size, of: path)
  }

  /// Checks that a picture is not too large.
  ///
  /// - Throws: `SampleDataError.imageTooLarge`.
  static func checkSize(_ size: ImageSize, of path: String) throws {
    let (count, overflow) = size.width.multipliedReportingOverflow(by: size.height)
    guard !overflow, count <= largestPixelCount else {
      throw SampleDataError.imageTooLarge(file: path, size: size)
    }
  }

  /// Decodes the pixels. Transparency is dropped, and a turn in the metadata is not made.
  ///
  /// - Precondition: `channels` is 1 or 3.
  /// - Throws: `SampleDataError.brokenImage`.
  func decode(channels: Int) throws -> Bitmap {
    do throws(ImageFault) {
      let pixels =
        switch format {
        case .jpeg: try JPEGDecoder.decode(bytes, size: size)
        case .png: try PNGDecoder.decode(bytes, size: size)
        case .webP: try WebPDecoder.decode(bytes, size: size)
        }
      let bitmap = Bitmap(size: size, channels: 3, pixels: pixels)
      return channels == 1 ? bitmap.grey : bitmap
    } catch {
      throw SampleDataError.brokenImage(file: name, format: format.rawValue, reason: error.reason)
    }
  }
}

/// Why a picture cannot be decoded, in its library's own words where it has some.
struct ImageFault: Error {
  let reason: String

  init(_ reason: String) {
    self.reason = reason
  }
}
