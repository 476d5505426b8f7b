/// A worry as the page's template sees it.
struct WorryView {
  struct Item {
    /// Where the site's details are; nil for the whole network.
    let place: String?
    let label: String
    let finding: String
  }

  /// The items that are shown at once; the others unfold.
  private static let shown = 4

  let kind: String
  let worryTitle: String
  let advice: String
  let firstItems: [Item]
  let otherItems: [Item]
  let hasOthers: Bool
  let othersText: String

  init(_ worry: Worry, anchors: [String: String]) {
    let items = worry.items.map { item in
      Item(
        place: item.site.flatMap { anchors[$0] }, label: item.site ?? "", finding: item.text)
    }
    kind = "\(worry.kind)"
    worryTitle = worry.title
    advice = worry.advice
    firstItems = Array(items.prefix(Self.shown))
    otherItems = Array(items.dropFirst(Self.shown))
    hasOthers = items.count > Self.shown
    othersText = "\((items.count - firstItems.count).text) more"
  }
}
