import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Runs that are interrupted, killed, or out of room")
struct CheckpointTests {
  private let sample = SamplePaths("mnist-googlenet")
  private let scratch: Scratch
  private let output: String
  private var checkpoint: String { output + ".checkpoint" }

  init() throws {
    scratch = try Scratch()
    output = scratch.path("p.h5")
  }

  private func arguments(_ more: [String], output: String? = nil) -> [String] {
    [
      "profile", sample.model, "--data", sample.data, "--samples", "1100", "--quiet", "-o",
      output ?? self.output,
    ] + more
  }

  /// Starts a run in a session of its own, sends a signal to all of it after the first checkpoint,
  /// and returns how it ended.
  private func interrupt(with signal: String) throws -> Tool.Outcome {
    try Tool.run(
      "sh",
      [
        "-c",
        """
        checkpoint=$1; shift
        setsid "$@" & run=$!
        while [ ! -e "$checkpoint" ] && kill -0 $run; do sleep 0.02; done
        kill -\(signal) -$run
        wait $run
        """, "sh", checkpoint, Program.path,
      ] + arguments(["--checkpoint-interval", "0"]))
  }

  private func isThere(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test(
    "A run that is interrupted or killed goes on to the bytes of a whole one.",
    arguments: [("INT", 130), ("TERM", 130), ("KILL", 137)])
  func resume(signal: String, code: Int) throws {
    let ended = try interrupt(with: signal)
    #expect(ended.status == Int32(code), "\(ended.errors)")
    if code == 130 {
      #expect(ended.errors.hasPrefix("interrupted after "))
      #expect(ended.errors.contains(" of 1100 samples, which '\(checkpoint)' holds."))
      #expect(ended.errors.hasSuffix("Give the same command with --resume to go on.\n"))
    }
    #expect(!isThere(output) && isThere(checkpoint))

    _ = try Program.succeed(arguments(["--resume"]))
    #expect(!isThere(checkpoint))
    let whole = scratch.path("whole.h5")
    // Nothing to go on from: a run like any other.
    _ = try Program.succeed(arguments(["--resume", "--threads", "1"], output: whole))
    #expect(try scratch.bytes("p.h5") == scratch.bytes("whole.h5"))
  }

  @Test("A run does not go on from the checkpoint of another one.")
  func otherRun() throws {
    _ = try Program.succeed(arguments(["--shard", "2/4"], output: checkpoint))
    for (more, words) in [
      (["--scale", "1/255"], "differs in preprocessing: '', now '--scale 1/255'."),
      (["--samples", "1000"], "differs in the data's digest: "),
      (["--shard", "1/4"], "differs in blocks: 1, now 0."),
    ] {
      let outcome = try Program.run(arguments(["--resume"] + more))
      #expect(outcome.code == 1)
      #expect(
        outcome.errors.hasPrefix("error: the checkpoint '\(checkpoint)' is of another run, which "))
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
      #expect(outcome.errors.contains("start anew without --resume"))
    }
    #expect(isThere(checkpoint) && !isThere(output))
  }

  @Test("Resuming needs a profile to go on with, and an interval is a number of seconds.")
  func usage() throws {
    let common = ["profile", sample.model, "--data", sample.data]
    for (more, words) in [
      (["--report", "r", "--resume"], "give its -o"),
      (["-o", output, "--checkpoint-interval=-1"], "takes a number of seconds"),
    ] {
      let outcome = try Program.run(common + more)
      #expect(outcome.code == 2)
      #expect(outcome.errors.contains(words))
    }
  }

  @Test("A merge says which blocks are missing, and which profile does not fit.")
  func merge() throws {
    let parts = try (1...4).map { part in
      let path = scratch.path("\(part).h5")
      _ = try Program.succeed(arguments(["--shard", "\(part)/4"], output: path))
      return path
    }
    let some = try Program.succeed(["merge", parts[3], parts[0], "-o", output])
    #expect(some.errors == "2 of 5 blocks are in none of the profiles: 1–2.\n")
    let twice = try Program.run(["merge", parts[1], output, parts[3], "-o", scratch.path("x.h5")])
    #expect(twice.code == 1)
    #expect(
      twice.errors.hasPrefix(
        "error: '\(parts[3])' cannot be merged with those before it: both profiles hold block 3–4"))
    #expect(!isThere(scratch.path("x.h5")))
  }

  /// A file system of 4 MiB, or `nil` where none can be had.
  private func smallDisk() throws -> String? {
    let folder = scratch.path("disk")
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let mounted = try Tool.run("mount", ["-t", "tmpfs", "-o", "size=4m", "tmpfs", folder])
    if mounted.status == 0 { return folder }
    print("No small disk can be mounted here: the test of a full one is left out.")
    return nil
  }

  @Test("A full disk is one clear error, and the last checkpoint stays as it was.")
  func fullDisk() throws {
    guard let disk = try smallDisk() else { return }
    defer { _ = try? Tool.run("umount", [disk]) }
    let output = "\(disk)/p.h5"
    // Room for this checkpoint, but not for another one beside it.
    _ = try Program.succeed(
      arguments(["--shard", "1/4"], output: scratch.path("first.h5")))
    let first = try scratch.bytes("first.h5")
    let before = Data(first)
    try before.write(to: URL(filePath: "\(output).checkpoint"))
    let filler = Data(count: (4 << 20) - first.count - (256 << 10))
    try filler.write(to: URL(filePath: "\(disk)/filler"))

    let outcome = try Program.run(
      arguments(["--resume", "--checkpoint-interval", "0"], output: output))
    #expect(outcome.code == 1)
    #expect(
      outcome.errors.hasPrefix("error: cannot write '\(output).checkpoint': No space left"))
    #expect(outcome.errors.components(separatedBy: "\n").count <= 4, "\(outcome.errors)")
    #expect(try Data(contentsOf: URL(filePath: "\(output).checkpoint")) == before)
    let left = try FileManager.default.contentsOfDirectory(atPath: disk)
    #expect(left.sorted() == ["filler", "p.h5.checkpoint"])

    try FileManager.default.removeItem(atPath: "\(disk)/filler")
    _ = try Program.succeed(arguments(["--resume"], output: output))
    _ = try Program.succeed(arguments([]))
    #expect(try Data(contentsOf: URL(filePath: output)) == Data(scratch.bytes("p.h5")))
  }

  @Test("A folder in which nothing can be written is an error before anything runs.")
  func readOnly() throws {
    guard let disk = try smallDisk() else { return }
    defer { _ = try? Tool.run("umount", [disk]) }
    try #require(try Tool.run("mount", ["-o", "remount,ro", disk]).status == 0)
    let outcome = try Program.run([
      "profile", "no-such-model.h5", "--data", "no-such-data.h5", "-o", "\(disk)/p.h5",
    ])
    #expect(outcome.code == 1)
    #expect(outcome.errors.hasPrefix("error: cannot write '\(disk)/p.h5': "))
    #expect(outcome.errors.contains("Read-only file system"))
  }
}
