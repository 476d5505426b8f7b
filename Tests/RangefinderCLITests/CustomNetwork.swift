import HDF5Support
import TestSupport

/// A network that takes options to read: relu(W (x/4 - 1) + b) of two inputs, of which a `Lambda`
/// computes x/4 - 1, a class of its own computes nothing, and the weights lie under another name.
///
/// What enters relu of x and y is x/4 - 0.5 and y/2 - 2.
struct CustomNetwork {
  let scratch: Scratch
  let model: String
  let map: String
  /// Three samples: (0, 0), (4, 2), (2, 4).
  let data: String

  init() throws {
    scratch = try Scratch()
    model = scratch.path("model.h5")
    map = try scratch.file("map.json", #"{"d": "stored"}"#.utf8)
    data = try scratch.file("x.csv", "0,0\n4,2\n2,4\n".utf8)
    let root = try HDF5File(creating: model).root
    try root.attributes.create(
      "model_config",
      #"""
      {"class_name": "Sequential", "config": [
        {"class_name": "Lambda", "config": {"name": "code", "batch_input_shape": [null, 2]}},
        {"class_name": "Mine", "config": {"name": "mine"}},
        {"class_name": "Dense", "config": {"name": "d", "units": 2, "activation": "relu"}}]}
      """#)
    try root.attributes.create("keras_version", "2.4.0")
    try root.attributes.create("layer_names", ["stored"])
    let group = try root.createGroup("stored")
    try group.attributes.create("weight_names", ["kernel", "bias"])
    try group.createDataset("kernel", [1, 0, 0, 2] as [Float], shape: [2, 2])
    try group.createDataset("bias", [0.5, 0] as [Float], shape: [2])
  }

  static let replacement = "code=Rescaling(1/4, -1)"

  /// The options, with the map in any file.
  func options(map: String? = nil) -> [String] {
    [
      "--replace-layer", Self.replacement, "--alias", "Mine=Identity", "--weight-map",
      map ?? self.map,
    ]
  }

  /// Profiles it, and returns the profile's path.
  func profile() throws -> String {
    let path = scratch.path("p.h5")
    _ = try Program.succeed(
      ["profile", model, "--data", data, "-o", path, "--quiet"] + options())
    return path
  }
}
