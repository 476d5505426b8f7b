import ActivationProfiling
import ForwardPass
import FoundationEssentials
import Glibc
import NetworkGraph

/// How much memory a run takes at most, in bytes.
struct MemoryStatement: Encodable {
  let threads: Int
  /// Missing for any number of samples.
  let samples: Int?
  /// The program with the network in it, compiled: what it has taken at most up to now.
  let programAndNetwork: Int
  let run: RunMemory

  /// Compiles the network, to see what it takes.
  init(_ graph: Graph, threads: Int, samples: Int?) throws {
    self.threads = threads
    self.samples = samples
    run = RunMemory(of: try ExecutionPlan(graph), threads: threads, samples: samples)
    programAndNetwork = Self.peakOfProcess + Self.samplesInFlight
  }

  /// Samples that are read to be fingerprinted, and room for what the program does beside.
  private static let samplesInFlight = 8 << 20

  /// The most memory that this process ever had.
  private static var peakOfProcess: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }

  var total: Int { programAndNetwork + run.total }

  /// One row for each part.
  var table: TextTable {
    let workers = threads == 1 ? "1 worker" : "\(threads) workers"
    let count = samples.map { "\($0)" } ?? "any number of"
    var table = TextTable(["memory of a run over \(count) samples, at most", "MB"])
    for (part, bytes) in [
      ("program and network", programAndNetwork), ("\(workers): activations", run.activations),
      ("\(workers): what they record", run.recorders),
      ("what was seen, put together", run.profile), ("the profile's file", run.file),
      ("in all", total),
    ] {
      table.append([part, "\((bytes + 999_999) / 1_000_000)"])
    }
    return table
  }

  private enum CodingKeys: CodingKey {
    case threads, samples, programAndNetwork, activations, recorders, profile, file, total
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(threads, forKey: .threads)
    try container.encodeIfPresent(samples, forKey: .samples)
    try container.encode(programAndNetwork, forKey: .programAndNetwork)
    try container.encode(run.activations, forKey: .activations)
    try container.encode(run.recorders, forKey: .recorders)
    try container.encode(run.profile, forKey: .profile)
    try container.encode(run.file, forKey: .file)
    try container.encode(total, forKey: .total)
  }
}

/// The processors of the machine.
enum ProcessorCount {
  static let online = Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
