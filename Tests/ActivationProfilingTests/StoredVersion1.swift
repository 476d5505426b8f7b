import RangeStatistics

@testable import ActivationProfiling

/// What the file of version 1 holds that is kept with the tests: numbers whose sums need no rounding,
/// a site with NaN and infinities, and one without a finite value.
let profileOfVersion1: Profile = {
  var generator = SplitMix64(seed: 5)
  let ordinary = generator.dyadics(8 * 12)
  var rough = ordinary
  (rough[5], rough[17], rough[95]) = (.nan, -.infinity, .infinity)
  return recordedProfile(
    [
      recordedSite("ordinary/relu", ordinary, shape: [2, 2, 3]),
      recordedSite("rough/leaky_relu", rough, shape: [12]),
      recordedSite("nothing/softmax", ordinary.map { _ in .nan }, shape: [4, 3]),
    ], samples: 8, data: ["a.h5:/x", "b.npy"])
}()
