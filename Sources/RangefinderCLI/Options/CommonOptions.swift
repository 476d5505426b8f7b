import ArgumentParser
import FoundationEssentials
import Glibc

/// What every command takes.
struct CommonOptions: ParsableArguments {
  @Flag(name: .long, help: "Print one machine-readable object on standard output.")
  var json = false

  @Flag(name: .long, help: "Print nothing but results and errors.")
  var quiet = false

  /// Says something on standard error, unless told to be quiet.
  func say(_ text: String) {
    if !quiet { StandardError.write(text + "\n") }
  }
}

/// Reads a whole file.
///
/// - Throws: `InputError.cannotRead` with the reason.
func readFile(_ path: String) throws -> Data { try readFile(path) { _ in true }! }

/// Reads a whole file, unless it begins as no JSON object does.
///
/// - Throws: `InputError.cannotRead` with the reason.
func readJSON(_ path: String) throws -> Data? {
  try readFile(path) { start in
    start.first { !" \n\r\t".utf8.contains($0) } == UInt8(ascii: "{")
  }
}

/// Reads a file whole, or not at all, as its first bytes may decide.
private func readFile(_ path: String, if isWanted: (_ start: Data) -> Bool) throws -> Data? {
  func fail(_ reason: String) -> InputError { .cannotRead(path: path, reason: reason) }
  guard let file = fopen(path, "rb") else { throw fail(String(cString: strerror(errno))) }
  defer { fclose(file) }
  var data = Data()
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let count = fread(&buffer, 1, buffer.count, file)
    if data.isEmpty, !isWanted(Data(buffer[..<count])) { return nil }
    if count == 0 { break }
    data.append(contentsOf: buffer[..<count])
    guard data.count <= 256 << 20 else { throw fail("it has more than 256 MiB") }
  }
  guard ferror(file) == 0 else { throw fail("it is a folder, or the disk failed") }
  return data
}

/// Why an input cannot be used.
enum InputError: Error, Hashable, CustomStringConvertible {
  case cannotRead(path: String, reason: String)
  case unknownInput(name: String, known: [String])
  case notSupported(file: String, layers: [String])
  case notAReportInput(path: String, format: String)
  case missingProfile
  case missingReport(path: String, reason: String)
  case notASite(String)
  case unknownSite(name: String, path: String, known: [String])
  case otherNetwork(path: String, profiled: String)
  case otherData(path: String, digest: String, profiled: [String])

  var description: String {
    switch self {
    case .cannotRead(let path, let reason): "cannot read '\(path)': \(reason)."
    case .unknownInput(let name, let known):
      """
      the network has no input named '\(name)'.
        It has: \(known.joined(separator: ", ")).
      """
    case .notSupported(let file, let layers):
      """
      '\(file)' has layers that Rangefinder cannot run: \(layers.joined(separator: ", ")).
        rangefinder inspect '\(file)' says why.
      """
    case .notAReportInput(let path, let format):
      """
      '\(path)' has format '\(format)', which is no part of a report.
        Give a profile (.h5), and the files that recommend, fit and verify wrote.
      """
    case .missingReport(let path, let reason):
      """
      cannot read '\(path)': \(reason).
        Write the report first: rangefinder report P.profile.h5 … -o the folder of that file.
      """
    case .notASite(let text):
      """
      '\(text)' names no site of a profile.
        Write the profile and the site, as in p.profile.h5:dense/sigmoid.
      """
    case .unknownSite(let name, let path, let known):
      """
      '\(path)' has no site '\(name)'.
        It has: \(known.joined(separator: ", ")).
      """
    case .otherNetwork(let path, let profiled):
      """
      '\(path)' is not the network that was profiled, \(profiled).
        Give the file that rangefinder profile was given, with the same --architecture,
        --weight-map, --alias and --replace-layer.
      """
    case .otherData(let path, let digest, let profiled):
      """
      '\(path)' is not the data that was profiled: its fingerprint is \(digest), not \
      \(profiled.joined(separator: " or ")).
        Give the file that rangefinder profile was given, with the same options.
      """
    case .missingProfile:
      "a report needs a profile: give the .h5 file that rangefinder profile wrote."
    }
  }
}
