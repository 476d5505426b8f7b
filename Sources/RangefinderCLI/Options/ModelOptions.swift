import ArgumentParser
import ModelImport

/// Which network.
struct ModelOptions: ParsableArguments {
  @Argument(
    help: "The trained network: Keras HDF5 (.h5, .hdf5), or Keras 3 (.keras, .weights.h5).",
    completion: .file())
  var model: String

  @OptionGroup var importing: ImportOptions

  /// Reads the file.
  ///
  /// - Throws: What is wrong with it.
  func load(_ reading: ReadingOptions) throws -> KerasModel {
    try importing.load(model, reading)
  }

  /// The name of the file, without its folder.
  var fileName: String { model.split(separator: "/").last.map(String.init) ?? model }
}
