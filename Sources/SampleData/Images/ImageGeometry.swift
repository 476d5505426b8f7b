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
      guard resized != source else {
        return Self.copy(pixels, rows: rows, first: columns[0].lower, into: buffer)
      }
      Self.resample(pixels, rows: rows, columns: columns, channels: channels, into: buffer)
    }
  }

  /// Writes pixels as they are, where nothing is resized.
  private static func copy(
    _ pixels: UnsafeBufferPointer<UInt8>, rows: [Tap], first: Int,
    into buffer: UnsafeMutableBufferPointer<Float>
  ) {
    let length = buffer.count / rows.count
    for (index, row) in rows.enumerated() {
      let start = row.lower + first
      let line = UnsafeBufferPointer(rebasing: pixels[start..<start + length])
      let values = UnsafeMutableBufferPointer(
        rebasing: buffer[index * length..<(index + 1) * length])
      for offset in 0..<length { values[offset] = Float(line[offset]) }
    }
  }

  /// Writes pixels that lie between others: first between two of a row, then between two rows.
  private static func resample(
    _ pixels: UnsafeBufferPointer<UInt8>, rows: [Tap], columns: [Tap], channels: Int,
    into buffer: UnsafeMutableBufferPointer<Float>
  ) {
    let length = columns.count * channels
    // Two rows of the picture, each resampled once although several rows of the sample need it.
    var (top, bottom) = (
      ResampledRow(place: -1, values: .allocate(capacity: length)),
      ResampledRow(place: -1, values: .allocate(capacity: length))
    )
    defer {
      top.values.deallocate()
      bottom.values.deallocate()
    }
    for (index, row) in rows.enumerated() {
      if bottom.place == row.lower { swap(&top, &bottom) }
      top.move(to: row.lower, of: pixels, columns: columns, channels: channels)
      bottom.move(to: row.upper, of: pixels, columns: columns, channels: channels)
      let values = UnsafeMutableBufferPointer(
        rebasing: buffer[index * length..<(index + 1) * length])
      for offset in 0..<length {
        values[offset] = mix(top.values[offset], bottom.values[offset], row.fraction)
      }
    }
  }

  /// A row of a picture, resampled along the row.
  private struct ResampledRow {
    /// The position of the row's first element in the picture; -1 before the first.
    var place: Int
    let values: UnsafeMutablePointer<Float>

    /// Resamples another row, unless it is the same.
    mutating func move(
      to place: Int, of pixels: UnsafeBufferPointer<UInt8>, columns: [Tap], channels: Int
    ) {
      guard place != self.place else { return }
      self.place = place
      var next = 0
      for column in columns {
        for channel in place..<place + channels {
          values[next] = mix(
            Float(pixels[column.lower + channel]), Float(pixels[column.upper + channel]),
            column.fraction)
          next += 1
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
