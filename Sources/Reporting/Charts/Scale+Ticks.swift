import Glibc

/// A value marked on an axis.
struct Tick: Hashable {
  let place: Double
  let label: String
}

extension Scale {
  /// Returns round values of the domain, ascending, at least `distance` apart on the axis.
  func ticks(distance: Double) -> [Tick] {
    switch kind {
    case .linear: linearTicks(distance: distance)
    case .symlog(let constant):
      chosen(
        among: [0] + magnitudes(from: constant).flatMap { [$0, -$0] }, distance: distance)
    case .log: chosen(among: magnitudes(from: domain.lowerBound), distance: distance)
    }
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  private func linearTicks(distance: Double) -> [Tick] {
    let most = max(abs(extent.end - extent.start) / distance, 1)
    let least = (domain.upperBound - domain.lowerBound) / most
    let power = pow(10, floor(log10(least)))
    let step = power * ([1, 2, 5].first { $0 * power >= least * (1 - 1e-9) } ?? 10)
    let first = ceil(domain.lowerBound / step - 1e-9)
    let last = floor(domain.upperBound / step + 1e-9)
    guard step > 0, step.isFinite, first <= last else { return [] }
    let largest = max(abs(first), abs(last))
    // Enough digits to tell neighbours apart.
    let digits = max(4, Int(log10(max(largest, 1))) + 2)
    return stride(from: first, through: last, by: 1).map { multiple in
      Tick(place: self(multiple * step), label: (multiple * step).text(digits: min(digits, 15)))
    }
  }

  /// 1, 2 and 5 times the powers of ten from `least` up to the domain's largest magnitude: first
  /// the powers, the largest first, then the others.
  private func magnitudes(from least: Double) -> [Double] {
    let most = max(abs(domain.lowerBound), abs(domain.upperBound))
    let exponents = Array(
      Int(floor(log10(least)))...max(Int(floor(log10(most))), Int(floor(log10(least)))))
    return [1.0, 5, 2].flatMap { factor in
      exponents.reversed().map { factor * pow(10, Double($0)) }
    }
  }

  /// Takes values in the order given, leaving out those outside the domain and those too near to
  /// one that was taken.
  private func chosen(among values: [Double], distance: Double) -> [Tick] {
    var ticks: [(value: Double, place: Double)] = []
    for value in values where domain.contains(value) {
      let place = self(value)
      if ticks.allSatisfy({ abs($0.place - place) >= distance }) { ticks.append((value, place)) }
    }
    return ticks.sorted { $0.value < $1.value }.map { Tick(place: $0.place, label: $0.value.text) }
  }
}
