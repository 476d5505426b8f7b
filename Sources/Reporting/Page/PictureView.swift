import FoundationEssentials
import RangeStatistics

/// The picture of an input, which stands in the page once and is shown in many places.
struct PictureView {
  let pictureAnchor: String
  let pictureWidth: Int
  let pictureHeight: Int
  let pictureData: String
}

/// An extreme value with the picture of its input.
struct ExtremeView {
  /// Of the picture; nil where there is none.
  let picture: String?
  /// What a reader who does not see the picture is told.
  let alternative: String
  let extreme: String
}

/// The site with the widest interval, which the answer names.
struct WidestView {
  let place: String
  let name: String
  /// The inputs of its lowest and its highest value, where there are pictures.
  let ends: [ExtremeView]
  let hasEnds: Bool

  init(_ site: Report.Site, _ pictures: InputPictures?) {
    place = site.anchor
    name = site.name
    ends =
      pictures.map { pictures in
        [site.statistics.lowest, site.statistics.highest].compactMap(\.values.first)
          .map(pictures.view)
      } ?? []
    hasEnds = ends.contains { $0.picture != nil }
  }
}

extension InputPictures {
  /// All pictures, in the order of their inputs.
  var views: [PictureView] {
    pictures.sorted { $0.key < $1.key }.map { input, picture in
      PictureView(
        pictureAnchor: Self.anchor(input), pictureWidth: picture.thumbnail.width,
        pictureHeight: picture.thumbnail.height,
        pictureData: Data(picture.thumbnail.png).base64EncodedString())
    }
  }

  /// An input in words, with its label.
  func name(of input: Int) -> String {
    "input \(input)" + (pictures[input]?.label.map { ", label \($0)" } ?? "")
  }

  /// An extreme value with its input's picture.
  func view(_ value: ExtremeValue) -> ExtremeView {
    ExtremeView(
      picture: pictures[value.sample] == nil ? nil : Self.anchor(value.sample),
      alternative: name(of: value.sample),
      extreme: "\(Double(value.value).text), \(name(of: value.sample))")
  }

  private static func anchor(_ input: Int) -> String { "input-\(input)" }
}
