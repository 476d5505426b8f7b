import NetworkGraph
import Testing

@testable import ForwardPass

@Suite struct RectifierTests {
  @Test("Functions of rectifier form become rectifiers, and no others.")
  func forms() {
    #expect(Rectifier(.relu)?.slope == 0)
    #expect(Rectifier(.relu)?.bound == .infinity)
    #expect(Rectifier(.rectifier(slope: 0.3, bound: 6))?.slope == 0.3)
    #expect(Rectifier(.rectifier(slope: 0.3, bound: 6))?.bound == 6)
    #expect(Rectifier(.elu(alpha: 1)) == nil)
    #expect(Rectifier(.prelu(slopes: [0])) == nil)
  }
}
