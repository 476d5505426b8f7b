import Glibc

/// One end of a connection between parent and child: messages of bytes, each after its length.
///
/// It does not own the descriptor.
struct Channel {
  let descriptor: Int32

  /// The longest message in bytes; the numbers of weights and samples go another way.
  static let longestMessage = 64 << 20

  /// The other end is closed.
  struct Closed: Error {}

  /// Sends a message.
  ///
  /// - Throws: `Channel.Closed`.
  /// - Precondition: It is not too long.
  func send(_ message: [UInt8]) throws {
    precondition(message.count <= Self.longestMessage, "\(message.count) bytes in a message")
    try withUnsafeBytes(of: UInt32(message.count).littleEndian) { try sendAll($0) }
    try message.withUnsafeBytes { try sendAll($0) }
  }

  private func sendAll(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let piece = UnsafeRawBufferPointer(rebasing: rest)
      let count = Glibc.send(descriptor, piece.baseAddress, piece.count, Int32(MSG_NOSIGNAL))
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Closed() }
      rest = rest.dropFirst(count)
    }
  }

  /// Receives a message.
  ///
  /// - Parameter wait: Called before each piece; returns when there is one, or throws.
  /// - Throws: `Channel.Closed`, `MessageFault`, what `wait` throws.
  func receive(wait: () throws -> Void = {}) throws -> [UInt8] {
    let head = try receive(count: 4, wait: wait)
    let count = head.reversed().reduce(0) { $0 << 8 | Int($1) }
    guard count <= Self.longestMessage else {
      throw MessageFault(what: "a message of \(count) bytes")
    }
    return try receive(count: count, wait: wait)
  }

  /// Memory grows with what has come, not with what was promised.
  private func receive(count: Int, wait: () throws -> Void) throws -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: min(count, 1 << 16))
    while bytes.count < count {
      try wait()
      let received = recv(descriptor, &piece, min(count - bytes.count, piece.count), 0)
      if received < 0, errno == EINTR { continue }
      guard received > 0 else { throw Closed() }
      bytes += piece[..<received]
    }
    return bytes
  }
}
