/// Returns the place of a local maximum between `lower` and `upper`, by Brent's method: parabolas,
/// and golden sections where they fail (Brent, *Algorithms for Minimization without Derivatives*,
/// 1973, chapter 5). `near` lies between the two, and no value at them exceeds the one there.
///
/// - Parameter precision: How far off the place may be, as a part of the stretch; the value is off by
///   its square.
func maximum(
  of function: (Double) -> Double, from lower: Double, near: Double, to upper: Double,
  precision: Double = 1e-6
) -> Double {
  let golden = 0.3819660112501051
  let tolerance = precision * (upper - lower)
  var (a, b) = (lower, upper)
  var (best, second, third) = (near, near, near)
  var bestValue = function(near)
  var (secondValue, thirdValue) = (bestValue, bestValue)
  var (step, stepBefore) = (0.0, 0.0)
  for _ in 0..<40 {
    let middle = (a + b) / 2
    if abs(best - middle) <= 2 * tolerance - (b - a) / 2 { break }
    var takesParabola = false
    if abs(stepBefore) > tolerance {
      let r = (best - second) * (bestValue - thirdValue)
      var q = (best - third) * (bestValue - secondValue)
      var p = (best - third) * q - (best - second) * r
      q = 2 * (q - r)
      if q > 0 { p.negate() }
      q = abs(q)
      if abs(p) < abs(q * stepBefore / 2), p > q * (a - best), p < q * (b - best) {
        stepBefore = step
        step = p / q
        takesParabola = true
      }
    }
    if !takesParabola {
      stepBefore = best < middle ? b - best : a - best
      step = golden * stepBefore
    }
    let move = abs(step) >= tolerance ? step : step > 0 ? tolerance : -tolerance
    let point = min(max(best + move, lower), upper)
    let value = function(point)
    if value >= bestValue {
      if point >= best { a = best } else { b = best }
      (third, thirdValue) = (second, secondValue)
      (second, secondValue) = (best, bestValue)
      (best, bestValue) = (point, value)
    } else {
      if point < best { a = point } else { b = point }
      if value >= secondValue || second == best {
        (third, thirdValue) = (second, secondValue)
        (second, secondValue) = (point, value)
      } else if value >= thirdValue || third == best || third == second {
        (third, thirdValue) = (point, value)
      }
    }
  }
  return best
}
