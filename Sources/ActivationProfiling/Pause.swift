extension Profiler {
  /// A moment between two blocks of a run at which all blocks begun are done, so that what was seen
  /// so far is a profile: it can be saved, or found to be enough.
  ///
  /// A run pauses only while blocks are left.
  public struct Pause {
    let isDue: @Sendable (_ blocksDone: Int) -> Bool
    let body: (Profile) throws -> Bool

    /// Creates a pause.
    ///
    /// - Parameters:
    ///   - isDue: Asked before each block, by one worker at a time, with the number of blocks before
    ///     it, those of an earlier run included.
    ///   - body: Takes what was seen so far, and returns whether the run goes on.
    public init(
      isDue: @escaping @Sendable (_ blocksDone: Int) -> Bool,
      body: @escaping (_ soFar: Profile) throws -> Bool
    ) {
      self.isDue = isDue
      self.body = body
    }
  }
}
