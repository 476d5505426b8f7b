import Foundation
import TestSupport
import Testing

@testable import SampleData

@Suite struct PreprocessingTests {
  private func apply(
    _ preprocessing: Preprocessing, to values: [Float], shape: [Int]
  ) throws -> [Float] {
    try preprocessing.validate(sampleShape: shape)
    var values = values
    values.withUnsafeMutableBufferPointer { preprocessing.apply(to: $0, sampleShape: shape) }
    return values
  }

  @Test("No preprocessing leaves samples as they are, also the odd ones.")
  func none() throws {
    let values: [Float] = [-0.0, .infinity, 3, .leastNonzeroMagnitude]
    #expect(try apply(Preprocessing(), to: values, shape: [2]) == values)
  }

  @Test("The steps are taken in order: colours, scale, mean, standard deviation.")
  func order() throws {
    let all = Preprocessing(
      colorOrder: .bgr, scale: .init(2), mean: [1, 2, 3], standardDeviation: [1, 2, 4])
    let values: [Float] = [10, 20, 30, 1, 2, 3]
    #expect(try apply(all, to: values, shape: [2, 1, 3]) == [59, 19, 4.25, 5, 1, -0.25])
  }

  @Test("One value is for all channels.")
  func oneValue() throws {
    let one = Preprocessing(mean: [2], standardDeviation: [4])
    #expect(try apply(one, to: [2, 6, 10, 0], shape: [2]) == [0, 1, 2, -0.5])
    #expect(try apply(one, to: [2, 6], shape: []) == [0, 1])
  }

  @Test("Presets are Keras' preprocess_input to the bit.")
  func presets() throws {
    let values: [Float] = [0, 128, 255, 1, 2, 3]
    #expect(
      try apply(Preprocessing(preset: "keras:tf"), to: values, shape: [3])
        == values.map { $0 / 127.5 - 1 })
    let (mean, deviation): ([Float], [Float]) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225])
    #expect(
      try apply(Preprocessing(preset: "keras:torch"), to: values, shape: [3])
        == values.enumerated().map { ($1 / 255 - mean[$0 % 3]) / deviation[$0 % 3] })
    let caffe: [Float] = [
      255 - 103.939, 128 - 116.779, 0 - 123.68, 3 - 103.939, 2 - 116.779, 1 - 123.68,
    ]
    #expect(try apply(Preprocessing(preset: "keras:caffe"), to: values, shape: [3]) == caffe)
    #expect(
      message { _ = try Preprocessing(preset: "keras:jax") }
        == "There is no preset 'keras:jax'. Known: keras:caffe, keras:tf, keras:torch.")
  }

  @Test("Channels that do not match the samples are an error that shows both.")
  func mismatch() throws {
    let three = Preprocessing(mean: [1, 2, 3])
    #expect(
      message { try three.validate(sampleShape: [28, 28, 1]) }
        == "--mean has 3 values, but the last axis of a sample of shape [28, 28, 1] has 1."
        + " Give one value, or one for each channel.")
    let two = Preprocessing(standardDeviation: [1, 2])
    #expect(message { try two.validate(sampleShape: []) }.hasPrefix("--std has 2 values"))
    #expect(
      message { try Preprocessing(colorOrder: .bgr).validate(sampleShape: [8, 8, 4]) }
        == "--color bgr has 3 values, but the last axis of a sample of shape [8, 8, 4] has 4."
        + " Give one value, or one for each channel.")
  }

  @Test(
    "Scales are numbers and fractions.",
    arguments: [
      ("0.5", Preprocessing.Scale(0.5)), ("1/255", .init(1, over: 255)),
      ("-2/1e3", .init(-2, over: 1000)), ("1e-30/1e-30", .init(1e-30, over: 1e-30)),
    ])
  func scales(text: String, expected: Preprocessing.Scale) throws {
    let scale = try Preprocessing.Scale(parsing: text)
    #expect(scale == expected)
    #expect(try Preprocessing.Scale(parsing: scale.description) == scale)
  }

  @Test(
    "Other scales are errors.",
    arguments: ["", "a", "0", "1/0", "1/", "/2", "1/2/3", "nan", "1e99"])
  func badScales(text: String) {
    #expect(
      message { _ = try Preprocessing.Scale(parsing: text) }
        == "--scale '\(text)' is not a number or a fraction such as 1/255.")
  }

  @Test("Lists are numbers with commas between them.")
  func lists() throws {
    #expect(try Preprocessing.mean(parsing: "-1, 0,1.5") == [-1, 0, 1.5])
    #expect(try Preprocessing.standardDeviation(parsing: "2") == [2])
    for text in ["", "1,", "1;2", "inf"] {
      #expect(
        message { _ = try Preprocessing.mean(parsing: text) }
          == "--mean '\(text)' is not a list of numbers such as 0.5,0.5,0.5.")
    }
    for text in ["0", "1,-1", "x"] {
      #expect(
        message { _ = try Preprocessing.standardDeviation(parsing: text) }
          == "--std '\(text)' is not a list of positive numbers such as 0.2,0.2,0.2.")
    }
  }

  @Test("A preprocessing is recorded and read back.")
  func coding() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    for preprocessing in try Preprocessing.presetNames.map({ try Preprocessing(preset: $0) }) {
      let data = try encoder.encode(preprocessing)
      #expect(try JSONDecoder().decode(Preprocessing.self, from: data) == preprocessing)
    }
    let text = String(
      decoding: try encoder.encode(Preprocessing(preset: "keras:tf")), as: UTF8.self)
    #expect(
      text == #"{"color_order":"rgb","mean":[1],"scale":"1/127.5","standard_deviation":[]}"#)
    let bad = Data(
      #"{"color_order":"rgb","mean":[1],"scale":"1","standard_deviation":[0]}"#.utf8)
    #expect(
      message { _ = try JSONDecoder().decode(Preprocessing.self, from: bad) }
        == "the recorded preprocessing '[1.0], [0.0]' is not a mean of finite numbers and positive"
        + " standard deviations.")
  }

  @Test("A preprocessing is described as its options are given.")
  func description() throws {
    #expect(Preprocessing().description == "")
    #expect(Preprocessing(scale: .init(1, over: 255)).description == "--scale 1/255")
    let all = Preprocessing(
      colorOrder: .bgr, scale: .init(0.5), mean: [103.939, 117, -1], standardDeviation: [2])
    #expect(all.description == "--color bgr --scale 0.5 --mean 103.939,117,-1 --std 2")
    #expect(try Preprocessing(preset: "keras:tf").description == "--scale 1/127.5 --mean 1")
  }

  @Test("Scales that an earlier version recorded are read.")
  func earlierCoding() throws {
    let data = Data(
      #"{"color_order":"rgb","mean":[],"scale":"1.0/255.0","standard_deviation":[]}"#.utf8)
    let preprocessing = try JSONDecoder().decode(Preprocessing.self, from: data)
    #expect(preprocessing == Preprocessing(scale: .init(1, over: 255)))
  }
}
