import CPNG

/// Decodes PNG with libpng's simplified interface, which prints nothing.
///
/// Palettes are looked up, 16 bits become 8, and a gamma other than sRGB's is corrected.
enum PNGDecoder {
  /// Returns width and height.
  static func size(of bytes: [UInt8]) throws(ImageFault) -> (width: Int, height: Int) {
    let reader = PNGReader(bytes)
    let image = try reader.begin()
    return (Int(image.width), Int(image.height))
  }

  /// Returns red, green, and blue.
  static func decode(_ bytes: [UInt8], size: ImageSize) throws(ImageFault) -> [UInt8] {
    let reader = PNGReader(bytes)
    let hasAlpha = try reader.begin().format & UInt32(PNG_FORMAT_FLAG_ALPHA) != 0
    guard hasAlpha else {
      return try reader.pixels(UInt32(PNG_FORMAT_FLAG_COLOR), samples: 3, size)
    }
    // Without its own channel, libpng would mix transparent colours with a background.
    let rgba = try reader.pixels(
      UInt32(PNG_FORMAT_FLAG_COLOR | PNG_FORMAT_FLAG_ALPHA), samples: 4, size)
    return [UInt8](unsafeUninitializedCapacity: rgba.count / 4 * 3) { rgb, initialized in
      initialized = rgba.count / 4 * 3
      for index in 0..<initialized { rgb[index] = rgba[index / 3 * 4 + index % 3] }
    }
  }
}

/// An image that libpng reads. It keeps the addresses of its record and of the file's bytes.
private final class PNGReader {
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let image = UnsafeMutablePointer<png_image>.allocate(capacity: 1)

  init(_ bytes: [UInt8]) {
    self.bytes = .allocate(capacity: bytes.count)
    _ = self.bytes.initialize(from: bytes)
    image.initialize(to: png_image())
    image.pointee.version = UInt32(PNG_IMAGE_VERSION)
  }

  deinit {
    png_image_free(image)
    image.deallocate()
    bytes.deallocate()
  }

  /// Reads the header.
  func begin() throws(ImageFault) -> png_image {
    guard png_image_begin_read_from_memory(image, bytes.baseAddress, bytes.count) != 0 else {
      throw fault
    }
    // Else 16 bits without a gamma would be taken for linear light.
    image.pointee.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
    return image.pointee
  }

  /// Reads the pixels in a format of so many samples each.
  func pixels(_ format: UInt32, samples: Int, _ size: ImageSize) throws(ImageFault) -> [UInt8] {
    image.pointee.format = format
    var isRead = false
    let count = size.width * size.height * samples
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      let rowBytes = Int32(size.width * samples)
      isRead = png_image_finish_read(image, nil, buffer.baseAddress, rowBytes, nil) != 0
      initialized = count
    }
    guard isRead else { throw fault }
    return pixels
  }

  private var fault: ImageFault {
    ImageFault(
      withUnsafeBytes(of: image.pointee.message) { message in
        String(decoding: message.prefix { $0 != 0 }, as: UTF8.self)
      })
  }
}
