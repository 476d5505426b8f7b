/// Something in a report to look at before trusting it, at one or more sites.
public struct Worry: Encodable, Hashable, Sendable {
  /// What is wrong, worst first.
  public enum Kind: Int, CaseIterable, Comparable, Encodable, Sendable {
    case noValues
    case nonFinite
    case missedTolerance
    case shortFuse
    case heavyTail
    case refusedPolicy

    public static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      try container.encode("\(self)")
    }
  }

  /// One place where it is so.
  public struct Item: Encodable, Hashable, Sendable {
    /// The site's name; nil where it is about the whole network.
    public let site: String?
    public let text: String
  }

  public let kind: Kind
  /// Worst first; never empty.
  public let items: [Item]

  private enum CodingKeys: String, CodingKey { case kind, title, advice, items }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(title, forKey: .title)
    try container.encode(advice, forKey: .advice)
    try container.encode(items, forKey: .items)
  }

  /// What is wrong, as a heading.
  public var title: String {
    let sites = items.count == 1 ? "1 site" : "\(items.count) sites"
    switch kind {
    case .noValues: return "\(sites) saw no finite value"
    case .nonFinite: return "\(sites) saw values that are not finite"
    case .missedTolerance:
      return "\(items.count == 1 ? "1 polynomial misses" : "\(items.count) polynomials miss") "
        + "the tolerance"
    case .shortFuse: return "\(sites) with an overshoot fuse below \(Report.shortFuse.text)"
    case .heavyTail: return "\(sites) with heavy tails"
    case .refusedPolicy:
      return items.count == 1
        ? "1 policy cannot be promised" : "\(items.count) policies cannot be promised"
    }
  }

  /// What it means and what to do.
  public var advice: String {
    switch kind {
    case .noValues:
      "Without a finite value there is no range. Look at the network's input and weights."
    case .nonFinite:
      "They are counted, but are in no histogram and in no interval. An encrypted run would carry "
        + "them into every output: look at the input named here first."
    case .missedTolerance:
      "Within the degree limit no polynomial is good enough. Narrow the interval, allow a higher "
        + "degree, or loosen the tolerance."
    case .shortFuse:
      "An input only a little outside the interval meets an error beyond the allowed one there. "
        + "Where a new input may escape, take a wider interval."
    case .heavyTail:
      "A few values stretch the range far beyond the rest, and the degree grows with them. Look "
        + "at the inputs that made them: a quantile may serve as well as the whole range."
    case .refusedPolicy:
      "The inputs are too few for the promise, so no interval is shown for it."
    }
  }
}
