import Foundation
import TestSupport

/// One headless Chromium for all tests, driven through its DevTools protocol.
///
/// It speaks JSON that ends in a zero byte over its file descriptors 3 and 4, and ends when they are
/// closed, as they are when the tests end. Whoever uses it must be alone: its tests are serialized.
final class Chromium: @unchecked Sendable {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Whether Debian's package is there.
  static let isInstalled = Tool.has("sh", ["-c", "command -v chromium"])

  private static let running = Result { try Chromium() }

  static func shared() throws -> Chromium { try running.get() }

  /// Seconds that an answer may take, on a machine that does other things, too.
  private static let patience = 60.0

  private let process = Process()
  private let (commands, answers) = (Pipe(), Pipe())
  private let scratch: Scratch
  private var received = Data()
  private var lastIdentifier = 0
  /// What happened and was not yet asked for.
  private var events: [[String: Any]] = []

  private init() throws {
    scratch = try Scratch()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = [
      "-c",
      """
      exec chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage \
      --no-first-run --remote-debugging-pipe --user-data-dir="$0" \
      3<&0 4>&1 0</dev/null 1>/dev/null 2>/dev/null
      """, scratch.path("profile"),
    ]
    process.standardInput = commands
    process.standardOutput = answers
    try process.run()
  }

  /// Calls a method and waits for its result.
  ///
  /// - Throws: `Failure` with the browser's own words, or if it does not answer.
  func call(
    _ method: String, _ parameters: [String: Any] = [:], session: String? = nil
  ) throws -> [String: Any] {
    lastIdentifier += 1
    var message: [String: Any] = ["id": lastIdentifier, "method": method, "params": parameters]
    message["sessionId"] = session
    let bytes = try JSONSerialization.data(withJSONObject: message) + Data([0])
    try commands.fileHandleForWriting.write(contentsOf: bytes)
    while true {
      let message = try next(waitingFor: method)
      guard let identifier = message["id"] as? Int else {
        events.append(message)
        continue
      }
      guard identifier == lastIdentifier else { continue }
      if let error = message["error"] { throw Failure(description: "\(method): \(error)") }
      return message["result"] as? [String: Any] ?? [:]
    }
  }

  /// Waits until something happens in a session.
  func wait(for event: String, session: String) throws {
    func isIt(_ message: [String: Any]) -> Bool {
      message["method"] as? String == event && message["sessionId"] as? String == session
    }
    while !events.contains(where: isIt) { events.append(try next(waitingFor: event)) }
  }

  /// Takes what happened in a session.
  func takeEvents(session: String) -> [(method: String, parameters: [String: Any])] {
    let ours = events.filter { $0["sessionId"] as? String == session }
    events.removeAll { $0["sessionId"] as? String == session }
    return ours.map { ($0["method"] as? String ?? "", $0["params"] as? [String: Any] ?? [:]) }
  }

  private func next(waitingFor what: String) throws -> [String: Any] {
    let descriptor = answers.fileHandleForReading.fileDescriptor
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      if let end = received.firstIndex(of: 0) {
        let message = received[..<end]
        received = Data(received[received.index(after: end)...])
        return try JSONSerialization.jsonObject(with: message) as? [String: Any] ?? [:]
      }
      var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      guard poll(&waiting, 1, Int32(Self.patience * 1000)) == 1 else {
        throw Failure(description: "\(what): Chromium does not answer")
      }
      let count = read(descriptor, &buffer, buffer.count)
      guard count > 0 else { throw Failure(description: "\(what): Chromium has ended") }
      received.append(contentsOf: buffer[..<count])
    }
  }
}
