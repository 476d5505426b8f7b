import Testing

@testable import ModelImport

@Suite("A layer's settings")
struct LayerSettingsTests {
  private func settings(_ json: String) throws -> LayerSettings {
    let values = try #require(try JSONValue(parsing: Array(json.utf8)).object)
    return LayerSettings(layer: "net/conv", className: "Conv2D", values: values)
  }

  @Test("A setting is found under its older names, and null counts as absent.")
  func names() throws {
    let settings = try settings(#"{"filters": null, "nb_filter": 7, "scale": 1}"#)
    #expect(try settings.positive("filters", "nb_filter") == 7)
    #expect(try settings.positive("groups", default: 1) == 1)
    #expect(try settings.bool("scale"))
  }

  @Test("One number stands for all axes.")
  func positives() throws {
    let settings = try settings(#"{"a": 3, "b": [1, 2]}"#)
    #expect(try settings.positives("a", count: 2) == [3, 3])
    #expect(try settings.positives("b", count: 2) == [1, 2])
  }

  @Test("Numbers are found inside the arrays that Keras wraps.")
  func wrappedNumbers() throws {
    let settings = try settings(
      #"{"a": {"class_name": "__numpy__", "config": {"value": [[1, 2], [3]]}}, "b": 4}"#)
    #expect(try settings.numbers("a") == [1, 2, 3])
    #expect(try settings.number("b") == 4)
  }

  @Test("Axes are counted with the batch as 0, or from the end.")
  func axes() throws {
    let settings = try settings(#"{"axis": [3], "last": -1, "batch": 0}"#)
    #expect(try settings.axes("axis", default: [], rank: 3) == [2])
    #expect(try settings.axes("last", default: [], rank: 3) == [2])
    #expect(throws: ModelImportError.self) { try settings.axes("batch", default: [], rank: 3) }
  }

  @Test("A setting that is missing or makes no sense is named with its layer.")
  func invalid() throws {
    let settings = try settings(#"{"filters": -1, "kernel_size": [3, "a"]}"#)
    #expect(
      message { _ = try settings.positive("filters") }
        == "layer 'net/conv' (Conv2D) has -1 as filters; expected: a positive integer.")
    #expect(
      message { _ = try settings.positives("kernel_size", count: 2) }
        == "layer 'net/conv' (Conv2D) has [3, \"a\"] as kernel_size; expected: 2 positive "
        + "integers.")
    #expect(
      message { _ = try settings.string("name") }
        == "layer 'net/conv' (Conv2D) has nothing as name; expected: a text.")
  }

  @Test("Where the channels are is read under the names of all versions.")
  func channels() throws {
    #expect(try settings(#"{"data_format": "channels_first"}"#).hasChannelsFirst)
    #expect(try settings(#"{"dim_ordering": "th"}"#).hasChannelsFirst)
    #expect(try !settings(#"{"dim_ordering": "tf", "data_format": null}"#).hasChannelsFirst)
    #expect(try !settings("{}").hasChannelsFirst)
    #expect(
      message { _ = try settings(#"{"data_format": "middle"}"#).hasChannelsFirst }
        == "layer 'net/conv' (Conv2D) has \"middle\" as data_format; expected: "
        + "\"channels_last\" or \"channels_first\".")
  }

  @Test("Axes of a layer whose channels are moved to the end are counted as Keras counts them.")
  func movedAxes() throws {
    var settings = try settings(#"{"axis": [1, 2, -1]}"#)
    settings.movesChannels = true
    #expect(try settings.axes("axis", default: [], rank: 3) == [2, 0, 1])
  }
}
