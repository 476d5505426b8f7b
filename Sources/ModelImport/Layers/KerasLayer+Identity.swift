extension KerasLayer {
  static let identities: [KerasLayer] =
    [
      identity("InputLayer", "where data enters"),
      identity("Identity", "nothing"),
    ]
    + [
      "Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "AlphaDropout",
      "GaussianDropout", "GaussianNoise", "ActivityRegularization", "RandomFlip",
      "RandomRotation", "RandomTranslation", "RandomZoom", "RandomContrast", "RandomBrightness",
    ].map { identity($0, "nothing: it acts in training alone") }

  private static func identity(_ name: String, _ summary: String) -> KerasLayer {
    KerasLayer(name, summary, translate: { layer, _ in try layer.input() })
  }
}
