import FileSupport

/// Images in files of their own: JPEG, PNG, or WebP, whatever their names say.
///
/// A sample is height × width × channels, of 0 to 255. Files are read and decoded when their
/// samples are; several threads do so at the same time.
public struct ImageSamples: Dataset {
  public let description: String
  public var sampleCount: Int { list.paths.count }
  public let sampleShape: [Int]

  private let list: ImageList
  private let options: ImageOptions
  private let size: ImageSize

  /// Opens a folder of images, a list of them (`.txt`), or a single one.
  ///
  /// The first image gives the shape of all samples.
  ///
  /// - Throws: `SampleDataError`, `FileError`.
  public init(_ path: String, options: ImageOptions = ImageOptions()) throws {
    if SampleFile.kind(of: path) == .folder {
      list = try ImageList(folder: path)
    } else if path.lowercased().hasSuffix(".txt") {
      list = try ImageList(list: path)
    } else {
      list = ImageList(image: path)
    }
    self.options = options
    let first = list.paths[0]
    size = try ImageGeometry(of: ImageFile(first).size, options: options, file: first).size
    sampleShape = [size.height, size.width, options.channels]
    description = SampleFile.name(of: path)
  }

  public func read(samples: Range<Int>, into buffer: UnsafeMutableBufferPointer<Float>) throws {
    precondition(samples.lowerBound >= 0 && samples.upperBound <= sampleCount)
    precondition(buffer.count == samples.count * sampleSize)
    for (place, sample) in samples.enumerated() {
      let file = try ImageFile(list.paths[sample])
      let geometry = try geometry(of: file)
      let values = buffer[place * sampleSize..<(place + 1) * sampleSize]
      geometry.sample(
        try file.decode(channels: options.channels),
        into: UnsafeMutableBufferPointer(rebasing: values))
    }
  }

  /// Returns the classes by the names of folders, or by a list's labels.
  public func labels() -> [Int]? { list.classes }

  /// Returns a fingerprint of the images' files, because decoding them all would take too long: the
  /// XXH64 hash of the shape of all samples, as for other datasets, the options, and for each image
  /// the length of its file and its bytes. So a picture stored anew has another fingerprint.
  ///
  /// It also checks the size of every image, before any long work begins.
  ///
  /// - Throws: As `read(samples:into:)`, but not what only decoding can find.
  public func digest(of samples: Range<Int>) throws -> String {
    var hash = ContentHash(shape: [samples.count] + sampleShape)
    let options = Array("\(SampleOptions(images: options))".utf8)
    options.withUnsafeBytes { hash.update($0) }
    for sample in samples {
      let file = try ImageFile(list.paths[sample])
      _ = try geometry(of: file)
      withUnsafeBytes(of: Int64(file.bytes.count).littleEndian) { hash.update($0) }
      file.bytes.withUnsafeBytes { hash.update($0) }
    }
    return hash.digits
  }

  private func geometry(of file: ImageFile) throws -> ImageGeometry {
    let geometry = try ImageGeometry(of: file.size, options: options, file: file.name)
    guard geometry.size == size else {
      throw SampleDataError.imageSizes(
        file: file.name, size: geometry.size, first: list.paths[0], firstSize: size)
    }
    return geometry
  }
}
