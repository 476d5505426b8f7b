import ActivationProfiling
import RangeRecommendation

extension ProfileCommand {
  /// When to end a run early, if someone asked for it.
  var stoppingRule: StoppingRule? {
    untilStable.map {
      StoppingRule(
        slack: $0, coverage: coverage, confidence: confidence,
        seed: RecommendationOptions.standardSeed)
    }
  }

  /// Pauses to see whether enough was run, and to write a checkpoint: now and then, and before an
  /// interruption, which it throws.
  func pause(in blocks: Range<Int>, _ checkpoint: Checkpoint?) -> Profiler.Pause {
    let rule = stoppingRule
    let alarm = Alarm(seconds: checkpoint == nil ? .infinity : checkpointInterval)
    if checkpoint != nil { Interruption.watch() }
    return Profiler.Pause { blocksDone in
      blocksDone > 0
        && (Interruption.isNoted || alarm.hasRung
          || rule != nil && StoppingRule.looks(afterBlocks: blocksDone))
    } body: { profile in
      if let rule, StoppingRule.looks(afterBlocks: profile.blocks.count),
        rule.slack(of: profile) ?? 1 <= rule.slack
      {
        return false
      }
      guard let checkpoint, Interruption.isNoted || alarm.hasRung else { return true }
      try checkpoint.write(profile)
      if Interruption.isNoted {
        throw Interrupted(
          samplesDone: profile.sampleCount,
          samplesInAll: profile.provenance.sampleCount(BlockSet(blocks)),
          checkpoint: checkpoint.path)
      }
      alarm.reset()
      return true
    }
  }
}
