// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "approximation",
  dependencies: [.package(name: "rangefinder", path: "../..")],
  targets: [
    .executableTarget(
      name: "approximation",
      dependencies: [.product(name: "PolynomialApproximation", package: "rangefinder")])
  ],
  swiftLanguageModes: [.v6]
)
