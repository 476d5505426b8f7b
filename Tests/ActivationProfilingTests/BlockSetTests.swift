import RangeStatistics
import Testing

@testable import ActivationProfiling

@Suite("Sets of blocks")
struct BlockSetTests {
  /// The blocks below 12 that the bits of a number name.
  private func blocks(_ bits: Int) -> Set<Int> { Set((0..<12).filter { bits >> $0 & 1 == 1 }) }

  private func set(_ blocks: Set<Int>) -> BlockSet { BlockSet(blocks.map { $0..<$0 + 1 })! }

  @Test("A set made of single blocks holds them as the fewest ascending ranges.")
  func normalForm() {
    var generator = SplitMix64(seed: 1)
    for _ in 0..<500 {
      let members = blocks(Int(generator.next() % 4096))
      let set = set(members)
      #expect(set.ranges.flatMap(Array.init) == members.sorted())
      #expect(set.count == members.count)
      for (left, right) in zip(set.ranges, set.ranges.dropFirst()) {
        #expect(left.upperBound < right.lowerBound)
      }
    }
  }

  @Test("Inserting is the union of disjoint sets, and changes nothing for sets that meet.")
  func insertion() {
    var generator = SplitMix64(seed: 2)
    for _ in 0..<2000 {
      let left = blocks(Int(generator.next() & generator.next() & 4095))
      let right = blocks(Int(generator.next() & generator.next() & 4095))
      var union = set(left)
      let inserted = union.insert(set(right))
      #expect(inserted == left.isDisjoint(with: right))
      #expect(union == set(inserted ? left.union(right) : left))
    }
  }

  @Test("The intersection holds what is in both sets, the difference what is in the first only.")
  func intersection() {
    var generator = SplitMix64(seed: 3)
    for _ in 0..<500 {
      let left = blocks(Int(generator.next() % 4096))
      let right = blocks(Int(generator.next() % 4096))
      #expect(set(left).intersection(set(right)) == set(left.intersection(right)))
      #expect(set(left).subtracting(set(right)) == set(left.subtracting(right)))
    }
  }

  @Test("A prefix holds the least blocks, and each block is followed by the next one.")
  func order() {
    var generator = SplitMix64(seed: 4)
    for _ in 0..<500 {
      let members = blocks(Int(generator.next() % 4096)).sorted()
      let set = set(Set(members))
      #expect(set.first == members.first)
      for count in 0...13 { #expect(set.prefix(count) == self.set(Set(members.prefix(count)))) }
      for block in -1..<13 {
        #expect(set.block(after: block) == members.first { $0 > block })
      }
    }
  }

  @Test("A long list of blocks is cut short.")
  func text() {
    #expect(BlockSet([0..<4, 7..<8, 9..<12])?.description == "0–3, 7, 9–11")
    let odd = set(Set((0..<20).map { 2 * $0 + 1 }))
    #expect(odd.description == "1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, … (8 more ranges)")
  }

  @Test("Ranges that overlap make no set; empty ones do not count.")
  func overlap() {
    #expect(BlockSet([3..<5, 0..<4]) == nil)
    #expect(BlockSet([3..<5, 3..<5]) == nil)
    #expect(BlockSet([3..<5, 4..<4, 0..<3])?.ranges == [0..<5])
    #expect(BlockSet(4..<4) == BlockSet([]))
    #expect(BlockSet([])?.count == 0)
  }
}
