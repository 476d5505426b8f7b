/// A decoded picture: red, green, and blue, or grey, 8 bits each, row by row.
struct Bitmap {
  let size: ImageSize
  let channels: Int
  let pixels: [UInt8]

  /// Wraps decoded pixels.
  ///
  /// - Precondition: There are exactly as many as the size says.
  init(size: ImageSize, channels: Int, pixels: [UInt8]) {
    precondition(pixels.count == size.width * size.height * channels)
    self.size = size
    self.channels = channels
    self.pixels = pixels
  }

  /// The picture in grey, by the luma of ITU-R BT.601 in 16-bit fixed point, as Pillow computes it.
  var grey: Bitmap {
    precondition(channels == 3)
    let grey = [UInt8](unsafeUninitializedCapacity: pixels.count / 3) { buffer, initialized in
      pixels.withUnsafeBufferPointer { pixels in
        for index in 0..<pixels.count / 3 {
          let red = UInt32(pixels[3 * index]) * 19_595
          let green = UInt32(pixels[3 * index + 1]) * 38_470
          let blue = UInt32(pixels[3 * index + 2]) * 7_471
          buffer[index] = UInt8((red + green + blue + 0x8000) >> 16)
        }
      }
      initialized = pixels.count / 3
    }
    return Bitmap(size: size, channels: 1, pixels: grey)
  }
}
