// swift-tools-version: 6.2
import PackageDescription

// The floors of docs/Architecture.md: a target may import only what its line names, and no
// target but the one beside a C library imports that library.

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

/// A target of ours, with the tests that mirror it.
func room(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
  tests testDependencies: [Target.Dependency] = [], fixtures: [String] = []
) -> [Target] {
  [
    .target(
      name: name, dependencies: dependencies, resources: resources, swiftSettings: strict),
    .testTarget(
      name: name + "Tests",
      dependencies: [.byName(name: name), "TestSupport"] + dependencies + testDependencies,
      exclude: fixtures, swiftSettings: strict),
  ]
}

let package = Package(
  name: "rangefinder",
  products: [
    .executable(name: "rangefinder", targets: ["RangefinderCLI"]),
    .library(name: "PolynomialApproximation", targets: ["PolynomialApproximation"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // Floor 0: system libraries, and loops in C for the widest vectors.
    .systemLibrary(
      name: "CHDF5", pkgConfig: "hdf5-serial", providers: [.apt(["libhdf5-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"])]),
    .systemLibrary(name: "CWebP", pkgConfig: "libwebp", providers: [.apt(["libwebp-dev"])]),
    .systemLibrary(name: "CLinux"),
    .target(name: "CRecording"),
    .target(name: "CKernels"),
    // oneDNN's headers are libdnnl-dev's; the library is loaded when it is needed.
    .target(name: "COneDNN"),
  ]
    // Floor 1: what a network is, what a run saw, mathematics, files.
    + room("NetworkGraph")
    + room("RangeStatistics", ["CRecording"])
    + room("PolynomialApproximation")
    + room("HDF5Support", ["CHDF5"], fixtures: ["Fixtures"])
    + room("FileSupport", ["CZlib"], fixtures: ["Fixtures"])
    // Floor 2: a network from a file, samples from a file, a network that runs.
    + room(
      "ModelImport",
      [
        "NetworkGraph", "HDF5Support", "FileSupport", .product(name: "Yams", package: "Yams"),
      ])
    + room(
      "IntervalPropagation", ["NetworkGraph"],
      tests: ["ActivationProfiling", "ForwardPass", "ModelImport", "SampleData"])
    + room(
      "SampleData", ["HDF5Support", "FileSupport", "CJPEG", "CPNG", "CWebP"],
      fixtures: ["Fixtures"])
    + room("ForwardPass", ["NetworkGraph", "COneDNN", "CKernels"])
    // Floor 3: a dataset through a network into statistics.
    + room(
      "ActivationProfiling",
      ["NetworkGraph", "ForwardPass", "RangeStatistics", "SampleData", "HDF5Support"],
      tests: ["ModelImport"], fixtures: ["Fixtures"])
    // Floor 4: statistics into intervals, degrees, and polynomials.
    + room(
      "RangeRecommendation",
      ["ActivationProfiling", "RangeStatistics", "PolynomialApproximation"])
    // Floor 4: files from strangers, read by a process of their own.
    + room(
      "IsolatedReading",
      ["ActivationProfiling", "ModelImport", "SampleData", "HDF5Support", "FileSupport", "CLinux"],
      tests: ["RangefinderCLI", "RangeStatistics"])
    // Floor 5: the network with polynomials in place, beside the exact one.
    + room(
      "NetworkVerification",
      [
        "RangeRecommendation", "ActivationProfiling", "ForwardPass", "NetworkGraph",
        "RangeStatistics", "PolynomialApproximation",
      ], tests: ["SampleData"])
    // Floor 6: one record, many formats.
    + room(
      "Reporting",
      [
        "NetworkVerification", "RangeRecommendation", "ActivationProfiling", "RangeStatistics",
        "SampleData", "PolynomialApproximation",
        .product(name: "Mustache", package: "swift-mustache"),
      ],
      resources: [.embedInCode("Templates")])
    // Floor 7: the program.
    + [
      .executableTarget(
        name: "RangefinderCLI",
        dependencies: [
          "CLinux", "Reporting", "NetworkVerification", "RangeRecommendation", "IsolatedReading",
          "ActivationProfiling", "IntervalPropagation", "ForwardPass", "ModelImport", "SampleData",
          "FileSupport", "NetworkGraph", "RangeStatistics", "PolynomialApproximation",
          .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: strict),
      // What the promises give, measured: the tables of docs/Guarantees.md.
      .executableTarget(
        name: "CoverageExperiment",
        dependencies: [
          "RangeRecommendation", "ActivationProfiling", "RangeStatistics",
          .product(name: "ArgumentParser", package: "swift-argument-parser"),
        ],
        swiftSettings: strict),
      .testTarget(
        name: "CoverageExperimentTests", dependencies: ["CoverageExperiment", "RangeStatistics"],
        swiftSettings: strict),
      .testTarget(
        name: "RangefinderCLITests",
        dependencies: ["RangefinderCLI", "FileSupport", "HDF5Support", "TestSupport"],
        exclude: ["Fixtures"], swiftSettings: strict),
      // Whole pipelines against real Keras, and what several tests share.
      .testTarget(
        name: "ParityTests",
        dependencies: [
          "ActivationProfiling", "ForwardPass", "HDF5Support", "ModelImport",
          "PolynomialApproximation",
          "RangeRecommendation", "RangeStatistics", "SampleData", "TestSupport",
        ],
        exclude: ["Fixtures"], swiftSettings: strict),
      .target(
        name: "TestSupport", dependencies: ["NetworkGraph"], path: "Tests/TestSupport",
        swiftSettings: strict),
    ],
  swiftLanguageModes: [.v6]
)
