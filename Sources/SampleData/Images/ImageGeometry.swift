/// How the pixels of a sample come from those of a picture: resized, then the middle cut out.
///
/// Resizing is bilinear with half-pixel centres and without antialiasing, in 32-bit floating point
/// and not rounded to integers: to the bit what TensorFlow's `tf.image.resize` does by default,
/// and with it Keras' `Resizing` layer and `image_dataset_from_directory`.
///
/// Source: TensorFlow, core/kernels/image/resize_bilinear_op.cc.
struct ImageGeometry {
  /// The two pixels that a pixel lies between, as positions of their first elements, and how far
  /// from the first.
  struct Tap: Hashable {
    let lower: Int
    let upper: Int
    let fraction: Float
  }

  /// The size of a sample.
  let size: ImageSize

  /// The size of a picture after resizing.
  let resized: ImageSize

  private let source: ImageSize

  /// Computes what becomes of a picture.
  ///
  /// - Throws: `SampleDataError.cropTooLarge`, `.imageTooLarge`.
  init(of source: ImageSize, options: ImageOptions, file: String) throws {
    self.source = source
    switch options.resize {
    case nil:
      resized = source
    case .exact(let size):
      resized = size
    case .shorterSide(let side):
      let shorter = min(source.width, source.height)
      resized = ImageSize(
        width: source.width * side / shorter, height: source.height * side / shorter)
    }
    size = options.crop ?? resized
    guard size.width <= resized.width, size.height <= resized.height else {
      throw SampleDataError.cropTooLarge(file: file, image: resized, crop: size)
    }
    try ImageFile.checkSize(size, of: file)
  }

  /// Writes the sample that a picture becomes.
  ///
  /// - Precondition: The picture has the size that this is for, and `buffer` has exactly the room.
  func sample(_ bitmap: Bitmap, into buffer: UnsafeMutableBufferPointer<Float>) {
    let channels = bitmap.channels
    precondition(bitmap.size == source)
    precondition(buffer.count == size.width * size.height * channels)
    let columns = Self.taps(
      from: source.width, to: resized.width, cropped: size.width, step: channels)
    let rows = Self.taps(
      from: source.height, to: resized.height, cropped: size.height,
      step: channels * source.width)
    bitmap.pixels.withUnsafeBufferPointer { pixels in
      var next = 0
      for row in rows {
        for column in columns {
          for channel in 0..<channels {
            let (left, right) = (column.lower + channel, column.upper + channel)
            let top = Self.mix(
              Float(pixels[row.lower + left]), Float(pixels[row.lower + right]), column.fraction)
            let bottom = Self.mix(
              Float(pixels[row.upper + left]), Float(pixels[row.upper + right]), column.fraction)
            buffer[next] = Self.mix(top, bottom, row.fraction)
            next += 1
          }
        }
      }
    }
  }

  private static func mix(_ first: Float, _ second: Float, _ fraction: Float) -> Float {
    first + (second - first) * fraction
  }

  /// Returns where the middle `cropped` pixels of an axis come from.
  static func taps(from source: Int, to resized: Int, cropped: Int, step: Int) -> [Tap] {
    let scale = Float(source) / Float(resized)
    let first = (resized - cropped) / 2
    return (first..<first + cropped).map { pixel in
      let position = (Float(pixel) + 0.5) * scale - 0.5
      let floor = position.rounded(.down)
      let upper = min(Int(position.rounded(.up)), source - 1)
      let lower = min(max(Int(floor), 0), upper)
      return Tap(lower: lower * step, upper: upper * step, fraction: position - floor)
    }
  }
}
