extension KerasLayer {
  static let identities: [KerasLayer] = [
    identity("InputLayer", "where data enters"),
    identity("Identity", "nothing"),
    identity("Dropout", "nothing: it acts in training alone"),
    identity("SpatialDropout1D", "nothing: it acts in training alone"),
    identity("SpatialDropout2D", "nothing: it acts in training alone"),
    identity("AlphaDropout", "nothing: it acts in training alone"),
    identity("GaussianDropout", "nothing: it acts in training alone"),
    identity("GaussianNoise", "nothing: it acts in training alone"),
    identity("ActivityRegularization", "nothing: it acts in training alone"),
  ]

  private static func identity(_ name: String, _ summary: String) -> KerasLayer {
    KerasLayer(name, summary, translate: { layer, _ in try layer.input() })
  }
}
