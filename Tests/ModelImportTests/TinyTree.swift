import Foundation
import HDF5Support
import TestSupport

@testable import ModelImport

/// A file in Keras 3's tree layout, made by a test.
struct TinyTree {
  /// An object with weights of these shapes, whose values are all the object's number in the list.
  struct Object {
    let path: String
    var layerName: String?
    var shapes: [[Int]] = []
  }

  var objects: [Object]

  /// Writes a file that lives as long as the tests, and returns its path.
  func write() throws -> String {
    let path = Folders.temporaryPath(extension: "weights.h5")
    let root = try HDF5File(creating: path).root
    try root.createGroup("vars")
    for (number, object) in objects.enumerated() {
      let group = try root.createGroup(object.path + "/vars")
      if let name = object.layerName { try group.attributes.create("name", name) }
      for (index, shape) in object.shapes.enumerated() {
        let values = [Float](repeating: Float(number), count: shape.reduce(1, *))
        try group.createDataset("\(index)", values, shape: shape)
      }
    }
    return path
  }

  /// The bytes of the file, as a member of an archive.
  func bytes() throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: try write()))) }

  /// Writes the file and an architecture, and reads them.
  func model(_ architecture: String, map: [String: String]? = nil) throws -> KerasModel {
    let text = Folders.temporaryPath(extension: "json")
    try Data(architecture.utf8).write(to: URL(filePath: text))
    return try KerasModel(
      reading: try write(), architecture: text,
      weightMap: map.map { WeightMap(file: "map.json", groups: $0) })
  }
}
