internal import CHDF5

/// The numbers of memory that HDF5 converts to and from.
public enum HDF5NumberFormat: Hashable, Sendable {
  case float32, float64, int8, int32, int64, uint8, uint32, uint64

  /// HDF5's identifier of the format, which belongs to the library and is never closed.
  var memoryType: hid_t {
    switch self {
    case .float32: hdf5_float()
    case .float64: hdf5_double()
    case .int8: hdf5_int8()
    case .int32: hdf5_int32()
    case .int64: hdf5_int64()
    case .uint8: hdf5_uint8()
    case .uint32: hdf5_uint32()
    case .uint64: hdf5_uint64()
    }
  }

  /// The type of the elements that a write in this format makes.
  var elementType: HDF5ElementType {
    switch self {
    case .float32: .float(bits: 32)
    case .float64: .float(bits: 64)
    case .int8: .integer(bits: 8, signed: true)
    case .int32: .integer(bits: 32, signed: true)
    case .int64: .integer(bits: 64, signed: true)
    case .uint8: .integer(bits: 8, signed: false)
    case .uint32: .integer(bits: 32, signed: false)
    case .uint64: .integer(bits: 64, signed: false)
    }
  }

  /// Whether HDF5's conversion from `stored` is safe: a float takes every number, rounded; an
  /// integer takes the integers that all fit.
  func canHold(_ stored: HDF5ElementType) -> Bool {
    switch (elementType, stored) {
    case (.float, .float), (.float, .integer):
      true
    case (.integer(let bits, let signed), .integer(let storedBits, let storedSigned)):
      signed == storedSigned ? storedBits <= bits : signed && storedBits < bits
    default:
      false
    }
  }
}

/// A number that can be read from and written to HDF5 in bulk.
public protocol HDF5Number: BitwiseCopyable, Sendable {
  /// The format of the number in memory.
  static var hdf5Format: HDF5NumberFormat { get }
}

extension Float: HDF5Number {
  public static var hdf5Format: HDF5NumberFormat { .float32 }
}

extension Double: HDF5Number {
  public static var hdf5Format: HDF5NumberFormat { .float64 }
}

extension Int8: HDF5Number {
  public static var hdf5Format: HDF5NumberFormat { .int8 }
}

extension Int32: HDF5Number {
  public static var hdf5Format: HDF5NumberFormat { .int32 }
}

extension Int64: HDF5Number {
  public static var hdf5Format: HDF5NumberFormat { .int64 }
}

extension Int: HDF5Number {
  public static var hdf5Format: HDF5NumberFormat { .int64 }
}

extension UInt8: HDF5Number {
  public static var hdf5Format: HDF5NumberFormat { .uint8 }
}

extension UInt32: HDF5Number {
  public static var hdf5Format: HDF5NumberFormat { .uint32 }
}

extension UInt64: HDF5Number {
  public static var hdf5Format: HDF5NumberFormat { .uint64 }
}
