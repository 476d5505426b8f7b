/// What a child may use before it is given up.
public struct ReaderLimits: Sendable {
  /// The address space in bytes, for a file without bytes: what the program itself maps, HDF5's
  /// caches, and a generous share for what is unpacked.
  public var memory = 1 << 30

  /// The further address space for each byte of the files. A heuristic: the bytes themselves and
  /// HDF5's copy of them where they come from an archive, and twice as much for numbers of 16 bits
  /// that become 32, or for what is packed.
  public var memoryPerByte = 4

  /// The processor time in seconds that one request may take. A damaged file can keep HDF5 busy
  /// for ever. A slow disk costs no processor time, nor does a program that is stopped.
  public var processorSeconds = 2.0

  /// The further processor time for each byte that a request is about: a second for 10 MB, where a
  /// tenth of it does.
  public var processorSecondsPerByte = 1e-7

  /// The time in seconds for which a child may neither answer nor use the processor.
  public var idleSeconds = 120.0

  public init() {}
}
