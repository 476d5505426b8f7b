internal import CHDF5
import Glibc

/// The LZF filter, which h5py brings along and often writes, but HDF5 itself does not have.
///
/// Source: the format of M. Lehmann's LibLZF; a byte below 32 is followed by so many and one more
/// bytes as they are, another one begins a copy of what was written up to 8 KiB before.
enum LZFFilter {
  /// The number under which it is registered with The HDF Group.
  private static let number: H5Z_filter_t = 32_000

  /// Makes the library know the filter.
  static func register() {
    "lzf".withCString { name in
      var description = H5Z_class2_t(
        version: H5Z_CLASS_T_VERS, id: number, encoder_present: 0, decoder_present: 1, name: name,
        can_apply: nil, set_local: nil, filter: { LZFFilter.unpack($0, $3, $4, $5) })
      // The library copies the description, but keeps the name.
      description.name = UnsafePointer(strdup(name))
      H5Zregister(&description)
    }
  }

  /// Replaces a packed chunk, which the library owns, by an unpacked one; 0 if it is damaged.
  private static func unpack(
    _ flags: UInt32, _ byteCount: Int, _ capacity: UnsafeMutablePointer<Int>?,
    _ buffer: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
  ) -> Int {
    guard flags & UInt32(H5Z_FLAG_REVERSE) != 0, let capacity, let buffer,
      let packed = buffer.pointee
    else { return 0 }
    let input = UnsafeRawBufferPointer(start: packed, count: byteCount)
    // What the file says of the size is not believed.
    guard let count = unpackedCount(input), count > 0, let output = malloc(count) else { return 0 }
    unpack(input, into: output.assumingMemoryBound(to: UInt8.self))
    free(packed)
    buffer.pointee = output
    capacity.pointee = count
    return count
  }

  /// Returns how many bytes a packed chunk becomes, or nil if it is damaged.
  static func unpackedCount(_ input: UnsafeRawBufferPointer) -> Int? {
    var (place, count) = (0, 0)
    while place < input.count {
      let step = Step(input, at: place)
      guard step.end <= input.count, step.distance <= count else { return nil }
      (place, count) = (step.end, count + step.length)
    }
    return count
  }

  /// Unpacks a sound chunk.
  static func unpack(_ input: UnsafeRawBufferPointer, into output: UnsafeMutablePointer<UInt8>) {
    var (place, count) = (0, 0)
    while place < input.count {
      let step = Step(input, at: place)
      for index in count..<count + step.length {
        // A copy may reach into what it writes, and repeat it.
        output[index] =
          step.distance > 0 ? output[index - step.distance] : input[place + 1 + index - count]
      }
      (place, count) = (step.end, count + step.length)
    }
  }

  /// What a control byte asks for.
  private struct Step {
    /// The bytes that it gives.
    let length: Int
    /// How far before them a copy begins; 0 for bytes as they are.
    let distance: Int
    /// The place of the next control byte.
    let end: Int

    /// Reads a control byte and what belongs to it; past the end it reads zeros.
    init(_ input: UnsafeRawBufferPointer, at place: Int) {
      func byte(_ index: Int) -> Int { index < input.count ? Int(input[index]) : 0 }
      let control = byte(place)
      guard control >= 32 else {
        (length, distance, end) = (control + 1, 0, place + control + 2)
        return
      }
      let isLong = control >> 5 == 7
      length = (control >> 5) + (isLong ? byte(place + 1) : 0) + 2
      end = place + (isLong ? 3 : 2)
      distance = (control & 31) << 8 + byte(end - 1) + 1
    }
  }
}
