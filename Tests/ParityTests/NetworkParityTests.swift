import Foundation
import TestSupport
import Testing

@Suite("Parity with Keras on whole networks")
struct NetworkParityTests {
  @Test("The sample models have Keras' statistics at every site, and its outputs.")
  func samples() { check(ParityNetwork.samples) }

  @Test("How a file is stored makes no difference.")
  func layouts() { check(ParityNetwork.layouts) }

  @Test(
    "Networks that others trained have Keras' statistics at every site, and its outputs.",
    .enabled(if: Folders.trained != nil, "there is no shared/models beside the package"))
  func all() { check(ParityNetwork.all) }

  /// Runs the networks that are there, and says of each how near it comes.
  private func check(_ networks: [ParityNetwork]) {
    var (siteCount, offCount) = (0, 0)
    let here = networks.filter(\.isHere)
    #expect(!here.isEmpty)
    let absent = networks.filter { !$0.isHere }.map(\.name)
    if !absent.isEmpty { print("not here (make networks): \(absent.joined(separator: ", "))") }
    for network in here {
      do {
        let parity = try Parity(network)
        print(parity)
        siteCount += parity.siteCount
        offCount += parity.faults.count
        #expect(parity.faults.isEmpty, "\(parity)")
      } catch {
        offCount += 1
        Issue.record(error, "\(network.name)")
      }
    }
    print("\(here.count) networks, \(siteCount) sites, \(offCount) off")
  }
}
