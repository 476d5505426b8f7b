import Foundation
import Reporting
import TestSupport

/// A tab of the browser that shows a file.
final class Tab {
  private let chromium: Chromium
  private let target: String
  private let session: String
  private let scratch: Scratch
  /// The page's address.
  let address: String
  private var events: [(method: String, parameters: [String: Any])] = []

  /// Opens a page that is written into a folder of its own.
  ///
  /// - Parameters:
  ///   - fragment: What follows the address, with its `#`.
  ///   - prepare: Called before the page is loaded.
  init(
    _ page: [UInt8], fragment: String = "", prepare: (Tab) throws -> Void = { _ in }
  ) throws {
    scratch = try Scratch()
    address = URL(filePath: try scratch.file("index.html", page)).absoluteString
    chromium = try Chromium.shared()
    let created = try chromium.call("Target.createTarget", ["url": "about:blank"])
    target = created["targetId"] as! String
    let attached = try chromium.call(
      "Target.attachToTarget", ["targetId": target, "flatten": true])
    session = attached["sessionId"] as! String
    for domain in ["Page", "Runtime", "Log", "Network"] { try call("\(domain).enable") }
    try resize(width: 1280, height: 900)
    try emulate()
    try prepare(self)
    try open(fragment)
  }

  deinit { _ = try? chromium.call("Target.closeTarget", ["targetId": target]) }

  @discardableResult
  func call(_ method: String, _ parameters: [String: Any] = [:]) throws -> [String: Any] {
    try chromium.call(method, parameters, session: session)
  }

  /// Loads the page anew.
  func open(_ fragment: String = "") throws {
    // From the same page, a change of the fragment alone would load nothing.
    try load { try call("Page.navigate", ["url": "about:blank"]) }
    try load { try call("Page.navigate", ["url": address + fragment]) }
  }

  func reload() throws { try load { try call("Page.reload") } }

  private func load(_ start: () throws -> [String: Any]) throws {
    events += chromium.takeEvents(session: session)
    _ = try start()
    try chromium.wait(for: "Page.loadEventFired", session: session)
    events += chromium.takeEvents(session: session)
  }

  func resize(width: Int, height: Int) throws {
    try call(
      "Emulation.setDeviceMetricsOverride",
      ["width": width, "height": height, "deviceScaleFactor": 1, "mobile": false])
  }

  /// Emulates a medium and the system's colour scheme, for a reader who wants no motion.
  func emulate(medium: String = "", scheme: String = "light") throws {
    try call(
      "Emulation.setEmulatedMedia",
      [
        "media": medium,
        "features": [
          ["name": "prefers-color-scheme", "value": scheme],
          ["name": "prefers-reduced-motion", "value": "reduce"],
        ],
      ])
  }

  /// The value of a JavaScript expression.
  func value<Value: Decodable>(of expression: String, as type: Value.Type = Value.self) throws
    -> Value
  {
    let text = try evaluate("JSON.stringify(\(expression))")
    guard let text = text as? String else {
      throw Chromium.Failure(description: "no value: \(expression)")
    }
    return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
  }

  /// Runs JavaScript.
  func run(_ script: String) throws { _ = try evaluate(script) }

  private func evaluate(_ expression: String) throws -> Any? {
    let answer = try call(
      "Runtime.evaluate",
      ["expression": expression, "returnByValue": true, "awaitPromise": true])
    if let details = answer["exceptionDetails"] as? [String: Any] {
      let exception = details["exception"] as? [String: Any]
      throw Chromium.Failure(
        description: "\(exception?["description"] ?? details["text"] ?? "?") in \(expression)")
    }
    return (answer["result"] as? [String: Any])?["value"]
  }

  /// Presses and releases a key.
  func press(_ key: String, code: Int, text: String? = nil) throws {
    var parameters: [String: Any] = [
      "type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code,
    ]
    parameters["text"] = text
    try call("Input.dispatchKeyEvent", parameters)
    parameters["type"] = "keyUp"
    parameters["text"] = nil
    try call("Input.dispatchKeyEvent", parameters)
  }

  /// Types a text where the focus is.
  func type(_ text: String) throws { try call("Input.insertText", ["text": text]) }

  /// What the console, or an exception that nobody caught, said.
  var complaints: [String] {
    get throws {
      try collected("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded").map {
        "\($0)"
      }
    }
  }

  /// What was asked of the network or the disk, beside `about:` and `data:`.
  var requests: Set<String> {
    get throws {
      let addresses = try collected("Network.requestWillBeSent").compactMap {
        ($0["request"] as? [String: Any])?["url"] as? String
      }
      return Set(addresses.filter { !$0.hasPrefix("about:") && !$0.hasPrefix("data:") })
    }
  }

  private func collected(_ methods: String...) throws -> [[String: Any]] {
    // What happened before is told before the answer.
    Thread.sleep(forTimeInterval: 0.05)
    _ = try evaluate("0")
    events += chromium.takeEvents(session: session)
    return events.filter { methods.contains($0.method) }.map(\.parameters)
  }
}
