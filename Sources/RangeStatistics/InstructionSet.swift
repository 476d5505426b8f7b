import CRecording

/// The processor instructions that the recording passes use. All of them give the same bits.
enum InstructionSet: CaseIterable {
  case baseline
  case avx2
  case avx512

  /// The instruction sets that this processor has.
  static let supported: [InstructionSet] = {
    switch rf_best_instruction_set() {
    case .avx512: [.baseline, .avx2, .avx512]
    case .avx2: [.baseline, .avx2]
    case .baseline: [.baseline]
    }
  }()

  /// The widest instruction set that this processor has.
  static var best: InstructionSet { supported[supported.count - 1] }

  /// The name that the C boundary knows this set by.
  var code: rf_instruction_set {
    switch self {
    case .baseline: .baseline
    case .avx2: .avx2
    case .avx512: .avx512
    }
  }
}
