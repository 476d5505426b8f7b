import PolynomialApproximation
import RangeRecommendation
import TestSupport
import Testing

@testable import Reporting

@Suite("Exports to libraries of homomorphic encryption")
struct EncryptedExportTests {
  private static let composites: ExportContents = {
    do {
      return try ExportSamples.sample([
        (
          "relu",
          PolynomialRecord(Fit(composing: [7, 7], for: .relu, on: Interval(-4...4)))
        )
      ])
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  @Test(
    "Decrypted values of the series that OpenFHE evaluated differ by less than 1e-6.",
    .enabled(if: Tool.hasModule("openfhe"), "openfhe is not here: make peers, with Python 3.10"),
    arguments: [ExportSamples.contents, composites])
  func openFHE(contents: ExportContents) throws {
    let differences = try ExportSamples.pythonDifferences(
      OpenFHEExport(), contents, count: 1000,
      script: """
        from openfhe import *
        depth = max(series["depth"] for series in module.SERIES.values())
        settings = CCParamsCKKSRNS()
        settings.SetMultiplicativeDepth(depth)
        settings.SetScalingModSize(50)
        settings.SetFirstModSize(60)
        settings.SetBatchSize(1024)
        settings.SetScalingTechnique(FLEXIBLEAUTO)
        settings.SetSecurityLevel(HEStd_128_classic)
        context = GenCryptoContext(settings)
        for feature in (PKE, KEYSWITCH, LEVELEDSHE, ADVANCEDSHE):
            context.Enable(feature)
        keys = context.KeyGen()
        context.EvalMultKeyGen(keys.secretKey)
        values = []
        for name, xs in zip(names, points):
            plain = context.MakeCKKSPackedPlaintext(xs)
            result = module.evaluate(context, context.Encrypt(keys.publicKey, plain), name)
            # The depth that is stated is the number of levels that it took.
            taken = result.GetLevel() + result.GetNoiseScaleDeg() - 1
            assert taken == module.SERIES[name]["depth"], (name, taken)
            decrypted = context.Decrypt(keys.secretKey, result)
            decrypted.SetLength(len(xs))
            values.append(decrypted.GetRealPackedValue()[:len(xs)])
        """)
    print("OpenFHE: largest differences on 1000 points", differences)
    #expect(differences.max()! < 1e-6)
  }

  @Test(
    "Decrypted values of the powers that TenSEAL evaluated are near those of the polynomials.",
    .enabled(if: Tool.hasModule("tenseal"), "tenseal is not here: make peers"))
  func tenSEAL() throws {
    let differences = try ExportSamples.pythonDifferences(
      TenSEALExport(), count: 1000,
      script: """
        import tenseal
        context = tenseal.context(
            tenseal.SCHEME_TYPE.CKKS, 16384, coeff_mod_bit_sizes=[60] + 7 * [40] + [60])
        context.global_scale = 2 ** 40
        values = [
            module.evaluate(tenseal.ckks_vector(context, xs), name).decrypt()
            for name, xs in zip(names, points)
        ]
        """)
    print("TenSEAL: largest differences on 1000 points", differences)
    // The noise of each power, near 1e-6, times coefficients of up to a thousand.
    #expect(differences.max()! < 1e-2)
  }
}
