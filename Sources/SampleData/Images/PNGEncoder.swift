import CPNG

/// Encodes PNG with libpng's simplified interface, which prints nothing.
enum PNGEncoder {
  /// Returns the bytes of a file, or nil if there is no memory for them.
  ///
  /// - Parameter pixels: Row by row, one sample a pixel for grey, three for red, green and blue.
  /// - Precondition: There are just so many samples, at least one.
  static func encode(_ pixels: [UInt8], width: Int, height: Int, channels: Int) -> [UInt8]? {
    precondition(
      !pixels.isEmpty && pixels.count == width * height * channels && [1, 3].contains(channels),
      "\(pixels.count) samples for \(width) × \(height) × \(channels)")
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    image.width = UInt32(width)
    image.height = UInt32(height)
    image.format = channels == 3 ? UInt32(PNG_FORMAT_FLAG_COLOR) : 0
    var size = 0
    func write(_ memory: UnsafeMutableRawPointer?) -> Bool {
      png_image_write_to_memory(
        &image, memory, &size, 0, pixels, Int32(width * channels), nil) != 0
    }
    // Without memory it says how much is needed.
    guard write(nil) else { return nil }
    var bytes = [UInt8](repeating: 0, count: size)
    return bytes.withUnsafeMutableBytes { write($0.baseAddress) } ? bytes : nil
  }
}
