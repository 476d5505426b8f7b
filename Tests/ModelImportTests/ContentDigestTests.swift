import Testing

@testable import ModelImport

@Suite("The fingerprint of a model")
struct ContentDigestTests {
  @Test("A single byte has the value that FNV-1a prescribes after its length.")
  func knownValue() {
    // FNV-1a of the two words 1 and 0x61, worked out from the published offset and prime.
    var expected: UInt64 = 14_695_981_039_346_656_037
    for word: UInt64 in [1, 0x61] { expected = (expected ^ word) &* 1_099_511_628_211 }
    var digest = ContentDigest()
    digest.add("a".utf8)
    #expect(UInt64(digest.text, radix: 16) == expected)
    #expect(digest.text.count == 16)
    #expect(ContentDigest().text == "cbf29ce484222325")
  }

  @Test("Texts that run into each other differ.")
  func lengths() {
    var (one, other) = (ContentDigest(), ContentDigest())
    one.add("ab".utf8)
    one.add("c".utf8)
    other.add("a".utf8)
    other.add("bc".utf8)
    #expect(one.text != other.text)
  }
}
