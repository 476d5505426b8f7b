import Foundation
import NetworkVerification

@testable import Reporting

extension SampleReports {
  /// The report of the ordinary sites with what a verification found.
  static func verified() throws -> Report {
    let full = try full()
    return try Report(
      full.profile, recommendation: full.recommendation, polynomials: full.polynomials,
      verification: verification())
  }

  /// A verification of the sample network with a blow-up.
  private static func verification() throws -> Verification {
    func site(_ name: String, _ growth: String, escapes: Int) -> String {
      """
      {"site": "\(name)", "function": "relu", "is_replaced": true, "lower": -1, "upper": 1,
       "root_mean_square_difference": 0.5, "error_growth": \(growth), "exact_escapes": 0,
       "escapes": \(escapes), "reach": 1.5, "first_escapes": [17], "blow_ups": 1}
      """
    }
    let json = """
      {"format": "rangefinder verification", "version": 1, "model": "sample",
       "model_digest": "model-1", "data": ["new.h5:/x"], "data_digests": ["data-2"], "inputs": 400,
       "policy": "minmax(1)", "max_pooling": "keep", "kept": [],
       "depth": {"total": 9, "critical_path": 7},
       "agreement": {"agreeing": 396, "share": 0.99, "agreeing_inside": 390, "share_inside": 0.995},
       "outputs": [{"output": 0, "root_mean_square_error": 0.1, "maximum_error": 2}], "divergence": {"mean": 0.25, "maximum": 1},
       "escapes": {"inside": 392, "escaped": 8, "blown_up": 1, "blown_up_inside": 0},
       "blow_up_factor": 10,
       "blow_ups": [{"sample": 17, "site": "conv1/relu", "reach": 5000, "is_inside": false}],
       "sites": [\(site("dense/sigmoid", "0.01", escapes: 0)),
                 \(site("conv1/relu", "0.75", escapes: 8))]}
      """
    return try Verification(json: Data(json.utf8), name: "verification.json")
  }
}
