import TestSupport
import Testing

@testable import ForwardPass

@Suite struct BufferPlanTests {
  private typealias Request = BufferPlan.Request

  /// Numbers in whole cache lines of 16.
  private func lines(_ request: Request) -> Int { (request.count + 15) / 16 * 16 }

  private func meet(_ a: Request, _ b: Request) -> Bool {
    a.firstStep <= b.lastStep && b.firstStep <= a.lastStep
  }

  @Test(
    "Buffers that are needed at the same time never overlap.", arguments: 0..<200 as Range<UInt64>)
  func disjoint(seed: UInt64) {
    var generator = SeededGenerator(seed)
    let requests = (0..<Int.random(in: 1...40, using: &generator)).map { _ in
      let first = Int.random(in: 0...30, using: &generator)
      return Request(
        count: Int.random(in: 0...200, using: &generator), firstStep: first,
        lastStep: first + Int.random(in: 0...8, using: &generator))
    }
    let plan = BufferPlan(requests)
    #expect(plan.offsets.count == requests.count)
    for a in requests.indices {
      #expect(plan.offsets[a].isMultiple(of: 16))
      #expect(plan.offsets[a] + requests[a].count <= plan.count)
      for b in 0..<a where meet(requests[a], requests[b]) {
        let apart =
          plan.offsets[a] + requests[a].count <= plan.offsets[b]
          || plan.offsets[b] + requests[b].count <= plan.offsets[a]
        #expect(apart || requests[a].count == 0 || requests[b].count == 0)
      }
    }
    #expect(plan.count <= requests.map(lines).reduce(0, +))
    let busiest = (0...38).map { step in
      requests.filter { $0.firstStep <= step && step <= $0.lastStep }.map(lines).reduce(0, +)
    }
    #expect(plan.count >= busiest.max()!)
  }

  @Test("A chain of a hundred buffers takes the memory of two.")
  func reuse() {
    let chain = (0..<100).map { Request(count: 100, firstStep: $0, lastStep: $0 + 1) }
    #expect(BufferPlan(chain).count == 2 * 112)
  }

  @Test("A small buffer goes into the gap that a finished one leaves.")
  func gap() {
    let plan = BufferPlan([
      Request(count: 64, firstStep: 0, lastStep: 1), Request(count: 48, firstStep: 0, lastStep: 9),
      Request(count: 32, firstStep: 2, lastStep: 9), Request(count: 32, firstStep: 2, lastStep: 9),
    ])
    #expect(plan.count == 64 + 48)
  }

  @Test("Nothing takes no memory.")
  func nothing() {
    #expect(BufferPlan([]).count == 0)
  }
}
