import Foundation
import TestSupport
import Testing

@testable import Reporting

@Suite("Exports to compilers of private inference")
struct CompilerExportTests {
  @Test(
    "HEIR reads the module, and its own lowering has the values of the polynomials.",
    .enabled(if: Tool.hasModule("heir"), "heir_py is not here: make peers"))
  func heir() throws {
    // The lowering by the Paterson-Stockmeyer method leaves one function of additions and
    // products a site, which the script carries out.
    let differences = try ExportSamples.pythonDifferences(
      HEIRExport(), as: "module.mlir",
      script: """
        import heir, os, re, subprocess
        program = os.path.join(os.path.dirname(heir.__file__), "heir-opt")
        lowered = subprocess.run(
            [program, "module.mlir", "--lower-polynomial-eval"],
            check=True, capture_output=True, text=True).stdout
        functions = re.findall(r"func\\.func @\\w+\\((%\\w+): f64\\) -> f64 \\{(.*?)\\n  \\}", lowered, re.S)
        assert len(functions) == len(names), lowered
        steps = {"addf": lambda a, b: a + b, "subf": lambda a, b: a - b, "mulf": lambda a, b: a * b}

        def call(argument, body, x):
            known = {argument: x}
            for line in body.strip().split("\\n"):
                word = line.split()
                if word[0] == "return":
                    return known[word[1]]
                if word[2] == "arith.constant":
                    known[word[0]] = float(word[3])
                else:
                    a, b = (known[name.strip(",")] for name in word[3:5])
                    known[word[0]] = steps[word[2].removeprefix("arith.")](a, b)

        values = [[call(*f, x) for x in xs] for f, xs in zip(functions, points)]
        """)
    // Rounding in another order of evaluation.
    #expect(differences.max()! < 1e-12)
  }

  @Test("Orion's powers, highest degree first, have the values of the polynomials.")
  func orion() throws {
    // Orion is not on a registry; this is what its Activation computes in the clear.
    let differences = try ExportSamples.pythonDifferences(
      OrionExport(),
      script: """
        def activation(coefficients, x):
            y = 0
            for coefficient in coefficients:
                y = coefficient + x * y
            return y

        values = [
            [activation(module.ACTIVATIONS[n], x) for x in xs] for n, xs in zip(names, points)
        ]
        assert module.RANGES["dense/sigmoid"] == (-8.0, 8.0)
        """)
    // What is lost in powers of x at these degrees.
    #expect(differences.max()! < 1e-9)
  }

  @Test(
    "Lattigo's file is Go, with the coefficients of the polynomials.",
    .enabled(if: Tool.has("gofmt", ["-h"]), "there is no Go here"))
  func lattigo() throws {
    let scratch = try Scratch()
    let file = try scratch.file(
      "export.go", try LattigoExport().file(ExportSamples.contents).bytes)
    let outcome = try Tool.run("gofmt", ["-e", file])
    #expect(outcome.status == 0, "\(outcome.errors)")
  }

  @Test("Lattigo's first coefficient is not halved, and the interval stands beside.")
  func lattigoNumbers() throws {
    let text = try ExportSamples.text(LattigoExport())
    let first = ExportSamples.contents.entries[0]
    #expect(text.contains("[]float64{\n\t\t\(first.coefficients[0]), "))
    #expect(text.contains("[2]float64{-8.0, 8.0}"))
  }

  @Test(
    "ezkl takes the range, in whole numbers at its scale.",
    .enabled(if: Tool.hasModule("ezkl"), "ezkl is not here: make peers"))
  func ezkl() throws {
    let scratch = try Scratch()
    _ = try scratch.file("module.py", try EzklExport().file(ExportSamples.contents).bytes)
    let outcome = try Tool.run(
      Tool.python,
      ["-c", "import module; a = module.run_args(); print(a.lookup_range, a.input_scale)"],
      in: scratch.path(""))
    // ±8 at 2⁷.
    #expect(outcome.output == "(-1024, 1024) 7\n", "\(outcome.errors)")
  }

  @Test(
    "ONNX Runtime reads the calibration cache, and writes its tables from it.",
    .enabled(if: Tool.hasModule("onnxruntime"), "onnxruntime is not here: make peers"))
  func onnxRuntime() throws {
    let scratch = try Scratch()
    _ = try scratch.file("cache.json", try ONNXRuntimeExport().file(ExportSamples.contents).bytes)
    let script = """
      import json, numpy
      from onnxruntime.quantization import calibrate, write_calibration_table

      def revive(value):
          kind = value.pop("CLS", None)
          if kind == "numpy.array":
              return numpy.array(value["data"], dtype=value["dtype"])
          if kind == "TensorData":
              return calibrate.TensorData(**value)
          if kind == "CalibrationMethod":
              return calibrate.CalibrationMethod[value["value"].split(".")[1]]
          if kind == "TensorsData":
              return calibrate.TensorsData(value["calibration_method"], value["data"])
          return value

      cache = json.load(open("cache.json"), object_hook=revive)
      assert cache.calibration_method == calibrate.CalibrationMethod.MinMax
      low, high = cache["dense/tanh"].range_value
      print(low, high, low.dtype, len(cache.keys()))
      write_calibration_table(cache)
      # What it writes as JSON is what it read.
      assert json.load(open("calibration.json")) == json.load(open("cache.json"))
      """
    let file = try scratch.file("script.py", Array(script.utf8))
    let outcome = try Tool.run(Tool.python, [file], in: scratch.path(""))
    #expect(outcome.output == "-4.0 4.0 float32 5\n", "\(outcome.errors)")
  }
}
