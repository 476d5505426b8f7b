/// Where Keras 3 stores the layers of a model.
///
/// It takes the class of a layer and a running number among the layers of that class in one model,
/// in the order of the configuration. The name of a layer has no part in it: `conv2d_1` is the
/// second convolution, whatever its name, and often another layer's name is just that.
struct TreePaths {
  /// The layers that are no models, with their paths.
  private(set) var leaves: [(layer: ModelConfig.Layer, path: String)] = []
  /// The paths of all models' lists of layers.
  private(set) var lists: Set<String> = []
  /// The paths of all layers.
  private(set) var paths: Set<String> = []

  /// The name of a model's list of layers.
  static let list = "layers"

  init(of model: ModelConfig) { add(model, below: "") }

  private mutating func add(_ model: ModelConfig, below parent: String) {
    lists.insert(parent + Self.list)
    let prefix = parent + Self.list + "/"
    var counts: [String: Int] = [:]
    for layer in model.layers {
      guard let className = layer.storedClass else { continue }
      let name = Self.snakeCase(className)
      let count = counts[name, default: 0]
      let path = prefix + (count == 0 ? name : "\(name)_\(count)")
      counts[name] = count + 1
      paths.insert(path)
      if let model = layer.model {
        add(model, below: path + "/")
      } else {
        leaves.append((layer, path))
      }
    }
  }

  /// The name of a class as Keras 3 spells it in paths: `re_lu` for `ReLU`.
  static func snakeCase(_ className: String) -> String {
    let letters = Array(className.filter { $0.isLetter || $0.isNumber || $0 == "_" })
    var result = ""
    for (index, letter) in letters.enumerated() {
      let next = index + 1 < letters.count ? letters[index + 1] : " "
      let startsWord =
        index > 0 && letter.isUppercase && (next.isLowercase || letters[index - 1].isLowercase)
      result += (startsWord ? "_" : "") + letter.lowercased()
    }
    return result
  }
}
