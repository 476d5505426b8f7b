import CWebP

/// Decodes WebP with libwebp, which prints nothing.
enum WebPDecoder {
  /// Returns width and height.
  static func size(of bytes: [UInt8]) throws(ImageFault) -> (width: Int, height: Int) {
    var features = WebPBitstreamFeatures()
    let status = WebPGetFeatures(bytes, bytes.count, &features)
    guard status == VP8_STATUS_OK else { throw ImageFault(words(for: status)) }
    guard features.has_animation == 0 else { throw ImageFault("it is an animation") }
    return (Int(features.width), Int(features.height))
  }

  /// Returns red, green, and blue.
  static func decode(_ bytes: [UInt8], size: ImageSize) throws(ImageFault) -> [UInt8] {
    var isDecoded = false
    let count = size.width * size.height * 3
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
      isDecoded =
        WebPDecodeRGBInto(bytes, bytes.count, buffer.baseAddress, count, Int32(size.width * 3))
        != nil
      initialized = count
    }
    guard isDecoded else { throw ImageFault("its data is damaged or cut short") }
    return pixels
  }

  /// libwebp has numbers for faults, but no words.
  private static func words(for status: VP8StatusCode) -> String {
    switch status {
    case VP8_STATUS_NOT_ENOUGH_DATA: "its header is cut short"
    case VP8_STATUS_BITSTREAM_ERROR: "its header is damaged"
    case VP8_STATUS_UNSUPPORTED_FEATURE: "it has a feature that libwebp does not know"
    default: "libwebp's error \(status.rawValue)"
    }
  }
}
