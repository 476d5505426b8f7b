import Testing

@testable import ModelImport

@Suite("Which objects of Keras 3's tree belong to which layer")
struct StoredObjectsTests {
  /// A sequential model of layers as `Class name`, all of two units on an input of two.
  private func architecture(_ layers: String...) -> String {
    let entries = layers.map { layer in
      let words = layer.split(separator: " ")
      return """
        {"class_name": "\(words[0])", "config": {"name": "\(words[1])", "units": 2,
          "recurrent_activation": "sigmoid", "num_heads": 1, "key_dim": 2}}
        """
    }
    return """
      {"class_name": "Sequential", "config": {"name": "net", "layers": [
        {"class_name": "InputLayer", "config": {"name": "x", "batch_shape": [null, 2]}},
        \(entries.joined(separator: ", "))]}}
      """
  }

  private func dense(_ path: String, named name: String? = nil) -> TinyTree.Object {
    .init(path: path, layerName: name, shapes: [[2, 2], [2]])
  }

  /// The number of the object, in the list of objects, that each layer's first weight is from.
  private func origins(_ model: KerasModel) throws -> [String: Float] {
    try model.weights.assigned(to: model.config, by: model.weightMap)
      .mapValues { $0[0].tensor.values[0] }
  }

  @Test("The order of the configuration decides, against all names.")
  func order() throws {
    let tree = TinyTree(objects: [
      dense("layers/dense", named: "old_7"), dense("layers/dense_1", named: "old_8"),
      dense("layers/dense_2", named: "dense_1"),
    ])
    let model = try tree.model(architecture("Dense dense_2", "Dense dense", "Dense dense_1"))
    #expect(try origins(model) == ["dense_2": 0, "dense": 1, "dense_1": 2])
    #expect(try model.graph().nodes.count == 4)
  }

  @Test("The same names in another order are refused: one of the two orders must be wrong.")
  func swapped() throws {
    let tree = TinyTree(objects: [
      dense("layers/dense", named: "a"), dense("layers/dense_1", named: "b"),
    ])
    let model = try tree.model(architecture("Dense b", "Dense a"))
    #expect(
      message { _ = try model.graph() }
        == """
        '\(model.weights.file)' has the layers of this architecture in another order: at \
        'layers/dense' lies 'a', where 'b' is expected.
          Give the architecture that the weights were saved with, or say which weights are whose:
          --weight-map map.json, where {"b": "path in the file", …}
        """)
  }

  @Test("Numbers beyond the file's, and objects beyond the architecture's, are refused together.")
  func beyond() throws {
    let tree = TinyTree(objects: [dense("layers/dense"), dense("layers/conv2d_3")])
    let model = try tree.model(architecture("Dense a", "Dense b"))
    #expect(
      message { _ = try model.graph() }
        == """
        '\(model.weights.file)' does not hold the weights of this architecture.
          Not in the file: layers/dense_1 (layer 'b').
          Not in the architecture: layers/conv2d_3.
          Give the architecture that the weights were saved with, or say which weights are whose:
          --weight-map map.json, where {"layer": "path in the file", …}
        """)
  }

  @Test("Random states, and what a model holds beside its layers, are left out.")
  func otherStates() throws {
    let tree = TinyTree(objects: [
      .init(path: "layers/dropout/seed_generator", shapes: [[2]]), dense("layers/dense"),
      .init(path: "layers/gru/cell", shapes: [[2, 6], [2, 6], [2, 6]]),
      .init(path: "layers/gru/cell/seed_generator", shapes: [[2]]),
      .init(path: "_metrics/mean", shapes: [[], []]), .init(path: "optimizer", shapes: [[]]),
    ])
    let model = try tree.model(architecture("Dropout drop", "Dense d", "GRU g"))
    #expect(try origins(model) == ["d": 1, "g": 2])
  }

  @Test("Parts own weights, under public attributes or private ones.", arguments: ["", "_"])
  func parts(prefix: String) throws {
    // Alphabetical order is not the layer's.
    let parts = ["key", "output", "query", "value"].map {
      dense("layers/multi_head_attention/\(prefix)\($0)_dense")
    }
    let model = try TinyTree(objects: parts).model(architecture("MultiHeadAttention heads"))
    let assigned = try model.weights.assigned(to: model.config)
    #expect(assigned["heads"]?.map(\.tensor.values[0]) == [2, 2, 0, 0, 3, 3, 1, 1])
  }

  @Test(
    "A layer with too few or too many weights is refused with both lists.",
    arguments: [
      [TinyTree.Object(path: "layers/dense", shapes: [[2, 2]])],
      [.init(path: "layers/dense", shapes: [[2, 2], [2], [1]])],
      [
        .init(path: "layers/dense", shapes: [[2, 2]]), .init(path: "layers/dense/x", shapes: [[2]]),
      ],
    ])
  func count(objects: [TinyTree.Object]) throws {
    let model = try TinyTree(objects: objects).model(architecture("Dense d"))
    let stored = objects.flatMap { object in
      object.shapes.indices.map { "\(object.path)/vars/\($0)" }
    }
    #expect(
      message { _ = try model.graph() }
        == """
        layer 'd' (Dense) has \(stored.count) stored weights, where 2 are expected.
          Stored: \(stored.joined(separator: ", ")).
          Expected: kernel, bias.
        """)
  }

  @Test("A weight of another shape is refused.")
  func shape() throws {
    let tree = TinyTree(objects: [.init(path: "layers/dense", shapes: [[3, 2], [2]])])
    let model = try tree.model(architecture("Dense d"))
    #expect(
      message { _ = try model.graph() }?.hasPrefix(
        "layer 'd' (Dense) has a stored kernel of shape [3, 2], where [2, 2] is expected.") == true)
  }

  @Test("Weights of a class of its own are found by attributes and names, if these leave no doubt.")
  func byName() throws {
    let tree = TinyTree(objects: [
      dense("head", named: "dense_9"), dense("body/layers/dense", named: "first"),
      .init(path: "rnn", layerName: "memory"),
      .init(path: "rnn/cell", layerName: "cell", shapes: [[2, 6], [2, 6], [2, 6]]),
    ])
    let model = try tree.model(architecture("Dense first", "GRU memory", "Dense head"))
    #expect(try origins(model) == ["first": 1, "memory": 3, "head": 0])
  }

  @Test(
    "Weights of a class of its own are refused if names leave a doubt.",
    arguments: [
      // An attribute and another layer's name are the same.
      ([("a", "b"), ("b", "a")], ["a", "b"]),
      // A layer has no counterpart.
      ([("a", "x"), ("b", "y")], ["c"]),
      // An object is nobody's.
      ([("a", "x"), ("c", "y"), ("e", "z")], []),
    ])
  func doubt(objects: [(String, String)], unplaced: [String]) throws {
    let tree = TinyTree(objects: objects.map { dense($0.0, named: $0.1) })
    let second = unplaced == ["a", "b"] ? "b" : "c"
    let model = try tree.model(architecture("Dense a", "Dense \(second)"))
    #expect(
      message { _ = try model.graph() }
        == """
        '\(model.weights.file)' holds the weights of a Python class, and their names do not tell \
        whose they are.
          Stored: \(objects.map(\.0).joined(separator: ", ")).
          Layers without a counterpart: \
        \(unplaced.isEmpty ? "nothing" : unplaced.joined(separator: ", ")).
          Say which weights are whose:  --weight-map map.json, where {"layer": "path in the file", …}
        """)
  }

  @Test("Layers whose names make their paths the same do no harm.")
  func sameLayerPaths() throws {
    let inner = #"{"class_name": "Dense", "config": {"name": "b", "units": 2}}"#
    let layers = architecture("Dense a/b").replacing(
      "]}}",
      with: #", {"class_name": "Sequential", "config": {"name": "a", "layers": [\#(inner)]}}]}}"#)
    let model = try TinyTree(objects: [
      dense("layers/dense"), dense("layers/sequential/layers/dense"),
    ]).model(layers)
    #expect(try origins(model).keys.sorted() == ["a/b"])
  }

  @Test("A weight map decides, in any layout.")
  func map() throws {
    let tree = TinyTree(objects: [dense("a", named: "b"), dense("b", named: "a"), dense("c")])
    let mapped = try tree.model(
      architecture("Dense a", "Dense b"), map: ["a": "a", "b": "b"])
    #expect(try origins(mapped) == ["a": 0, "b": 1])
    let layers = TinyTree(objects: [dense("layers/dense"), dense("layers/dense_1")])
    let turned = try layers.model(
      architecture("Dense a", "Dense b"), map: ["a": "layers/dense_1", "b": "layers/dense"])
    #expect(try origins(turned) == ["a": 1, "b": 0])
  }
}
