import Testing

@testable import Reporting

@Suite struct ScaleTests {
  static let scales = [
    Scale(.linear, domain: -3.7...12.3, extent: (52, 604)),
    Scale(.linear, domain: -3.7...12.3, extent: (216, 26)),
    Scale(.symlog(constant: 0.3), domain: -1e5...2e-3, extent: (52, 604)),
    Scale(.log, domain: 0.5...1.7e9, extent: (216, 26)),
  ]

  @Test("The ends of the domain go to the ends of the extent exactly.", arguments: 0..<4)
  func ends(index: Int) {
    let scale = Self.scales[index]
    #expect(scale(scale.domain.lowerBound) == scale.extent.start)
    #expect(scale(scale.domain.upperBound) == scale.extent.end)
  }

  @Test("Places go back to their values.", arguments: 0..<4)
  func inverse(index: Int) {
    let scale = Self.scales[index]
    for step in 0...10 {
      let place = scale.extent.start + (scale.extent.end - scale.extent.start) * Double(step) / 10
      // A few roundings of numbers of the extent's size.
      #expect(abs(scale(scale.value(at: place)) - place) < 1e-9)
    }
  }

  @Test(
    "No domain and no value gives a place that is not finite.",
    arguments: [Scale.Kind.linear, .symlog(constant: 1e-30), .symlog(constant: 1e30), .log])
  func finite(kind: Scale.Kind) {
    let numbers = [
      -Double.greatestFiniteMagnitude, -1e38, -1, -1e-45, 0, Double.leastNonzeroMagnitude, 1e-45, 1,
      1000, 1e38,
      .greatestFiniteMagnitude, .infinity, -.infinity,
    ]
    for lower in numbers {
      for upper in numbers where lower <= upper && lower.isFinite && upper.isFinite {
        let scale = Scale(kind, domain: lower...upper, extent: (0, 100))
        #expect(scale.domain.lowerBound < scale.domain.upperBound)
        for number in numbers { #expect(scale(number).isFinite, "\(number) on \(scale)") }
        for tick in scale.ticks(distance: 20) {
          #expect((-1e-6...100 + 1e-6).contains(tick.place), "\(tick) on \(scale)")
        }
      }
    }
  }

  @Test("Linear ticks are round multiples inside the domain.")
  func linearTicks() {
    let scale = Scale(domain: -1.1...2.3, extent: (0, 340))
    #expect(scale.ticks(distance: 58).map(\.label) == ["−1", "0", "1", "2"])
    #expect(scale.ticks(distance: 40).map(\.label) == ["−1", "−0.5", "0", "0.5", "1", "1.5", "2"])
  }

  @Test("Ticks far from zero have the digits that tell them apart.")
  func farTicks() {
    let scale = Scale(domain: 1000...1000.04, extent: (0, 400))
    let labels = scale.ticks(distance: 80).map(\.label)
    #expect(Set(labels).count == labels.count && labels.contains("1\u{202F}000.01"), "\(labels)")
  }

  @Test("Symlog ticks have zero and both signs, and keep their distance.")
  func symlogTicks() {
    let ticks = Scale(.symlog(constant: 1), domain: -1000...1000, extent: (0, 500))
      .ticks(distance: 58)
    #expect(ticks.map(\.label).contains("0"))
    #expect(ticks.map(\.label).contains("−1\u{202F}000"))
    for (left, right) in zip(ticks, ticks.dropFirst()) { #expect(right.place - left.place >= 58) }
  }
}
