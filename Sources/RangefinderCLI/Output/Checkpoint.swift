import ActivationProfiling
import Glibc

/// The file beside a profile that is not finished yet, from which `--resume` goes on.
///
/// It is a profile itself, of the blocks that are done.
struct Checkpoint {
  let file: OutputFile

  var path: String { file.path }

  /// The checkpoint of a profile.
  ///
  /// - Throws: `OutputError.cannotWrite` if there is no place for it.
  init(of profile: OutputFile) throws { file = try OutputFile("\(profile.path).checkpoint") }

  /// Reads it, or returns `nil` if there is none.
  ///
  /// - Throws: What is wrong with it; `CheckpointError` if it is of another run.
  func read(
    _ reading: ReadingOptions, of provenance: Provenance, blocks: Range<Int>
  ) throws -> Profile? {
    guard access(path, F_OK) == 0 else { return nil }
    let profile = try reading.profile(path)
    if let (what, theirs, ours) = profile.provenance.difference(from: provenance) {
      throw CheckpointError.otherRun(path: path, what: what, theirs, ours)
    }
    let beside = profile.blocks.subtracting(BlockSet(blocks))
    guard beside.count == 0 else {
      throw CheckpointError.otherRun(
        path: path, what: "blocks", "\(profile.blocks)", "\(BlockSet(blocks))")
    }
    return profile
  }

  /// Replaces it.
  func write(_ profile: Profile) throws { try file.write(profile) }

  /// Removes it, if it is there.
  func remove() { unlink(path) }
}

/// Why a run cannot go on from a checkpoint.
enum CheckpointError: Error, Hashable, CustomStringConvertible {
  case otherRun(path: String, what: String, String, String)

  var description: String {
    switch self {
    case .otherRun(let path, let what, let theirs, let ours):
      """
      the checkpoint '\(path)' is of another run, which differs in \(what): \(theirs), now \(ours).
        Give the command that was interrupted, or start anew without --resume.
      """
    }
  }
}

/// A run that was asked to end, and did so between two blocks.
struct Interrupted: Error, CustomStringConvertible {
  let samplesDone: Int
  let samplesInAll: Int
  let checkpoint: String

  var description: String {
    """
    interrupted after \(samplesDone) of \(samplesInAll) samples, which '\(checkpoint)' holds.
      Give the same command with --resume to go on.
    """
  }

  /// The exit code of an interrupted program.
  static let exitCode: Int32 = 130
}
