import CJPEG

/// Decodes JPEG with libjpeg-turbo, with the exact transform and smooth chroma: the pixels that
/// Pillow and TensorFlow's default decode.
enum JPEGDecoder {
  /// Returns width and height.
  static func size(of bytes: [UInt8]) throws(ImageFault) -> (width: Int, height: Int) {
    let decompressor = try Decompressor()
    let header = try decompressor.header(of: bytes)
    return (header.width, header.height)
  }

  /// Returns red, green, and blue.
  static func decode(_ bytes: [UInt8], size: ImageSize) throws(ImageFault) -> [UInt8] {
    let decompressor = try Decompressor()
    if try decompressor.header(of: bytes).isCMYK {
      let cmyk = try decompressor.pixels(of: bytes, size, TJPF_CMYK, samples: 4)
      return rgb(cmyk)
    }
    return try decompressor.pixels(of: bytes, size, TJPF_RGB, samples: 3)
  }

  /// Converts inverted cyan, magenta, yellow, and black, as Adobe's programs store them.
  private static func rgb(_ cmyk: [UInt8]) -> [UInt8] {
    var rgb = [UInt8](repeating: 0, count: cmyk.count / 4 * 3)
    for index in 0..<cmyk.count / 4 {
      let black = UInt32(cmyk[4 * index + 3])
      for channel in 0..<3 {
        // Rounded to nearest.
        rgb[3 * index + channel] = UInt8((UInt32(cmyk[4 * index + channel]) * black + 127) / 255)
      }
    }
    return rgb
  }
}

/// A decompressor of libjpeg-turbo. It prints nothing.
private final class Decompressor {
  private let handle: tjhandle

  init() throws(ImageFault) {
    guard let handle = tjInitDecompress() else { throw ImageFault("there is no memory") }
    self.handle = handle
  }

  deinit {
    tjDestroy(handle)
  }

  func header(of bytes: [UInt8]) throws(ImageFault) -> (width: Int, height: Int, isCMYK: Bool) {
    var (width, height, subsampling, colors) = (Int32(0), Int32(0), Int32(0), Int32(0))
    let status = tjDecompressHeader3(
      handle, bytes, UInt(bytes.count), &width, &height, &subsampling, &colors)
    try check(status)
    let isCMYK = [TJCS_CMYK.rawValue, TJCS_YCCK.rawValue].contains(UInt32(bitPattern: colors))
    return (Int(width), Int(height), isCMYK)
  }

  func pixels(
    of bytes: [UInt8], _ size: ImageSize, _ format: TJPF, samples: Int
  ) throws(ImageFault) -> [UInt8] {
    var status: Int32 = 0
    let count = size.width * size.height * samples
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      // A file of thousands of scans takes hours to decode.
      status = tjDecompress2(
        handle, bytes, UInt(bytes.count), buffer.baseAddress, Int32(size.width), 0,
        Int32(size.height), format.rawValue,
        TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS)
      initialized = count
    }
    try check(status)
    return pixels
  }

  /// Takes warnings for errors, because pixels are missing then; all but one, of stray bytes
  /// between the parts of the file, which many cameras leave.
  private func check(_ status: Int32) throws(ImageFault) {
    guard status != 0 else { return }
    let message = String(cString: tjGetErrorStr2(handle))
    let isWarning = tjGetErrorCode(handle) == Int32(bitPattern: TJERR_WARNING.rawValue)
    if isWarning, message.contains("extraneous bytes before marker") { return }
    throw ImageFault(message)
  }
}
