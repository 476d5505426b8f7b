import Foundation
import HDF5Support
import IsolatedReading
import TestSupport
import Testing

@Suite("A child that gives no answer is an error that names the file")
struct ReaderErrorTests {
  private func words(_ reader: IsolatedReader) -> String {
    message { _ = try reader.model("x.h5") }
  }

  private var hurried: ReaderLimits {
    var limits = ReaderLimits()
    (limits.processorSeconds, limits.idleSeconds) = (0.25, 0.5)
    return limits
  }

  @Test("A crash tells the signal.", arguments: [SIGSEGV, SIGABRT])
  func crash(signal: Int32) {
    #expect(
      words(.script("kill -\(signal) $$")) == """
        'x.h5' crashed the HDF5 library while it was read (signal \(signal)).
          The file is damaged: get it again, or save it again with the program that made it.
        """)
  }

  @Test("A crash over an architecture in YAML names that file, not the network's.")
  func crashOfYAML() {
    let reader = IsolatedReader.script("kill -SEGV $$")
    #expect(
      message { _ = try reader.model("x.h5", architecture: "m.yml") } == """
        'm.yml' crashed the YAML parser while it was read (signal 11).
          The file is damaged: get it again, or save it again with the program that made it.
        """)
  }

  @Test("A child that the system kills most likely had too little memory.")
  func kill() {
    #expect(
      words(.script("kill -KILL $$")) == """
        the process that read 'x.h5' was killed, most likely for want of memory.
          Free some; or, if the file is smaller than that, it is damaged: get it again.
        """)
  }

  @Test("A child that leaves tells its exit code.")
  func leave() {
    #expect(
      words(.script("exit 7")) == """
        the process that read 'x.h5' ended without an answer (exit code 7).
          The file is damaged: get it again, or save it again with the program that made it.
        """)
  }

  @Test("A child that works for ever is ended.")
  func busy() {
    #expect(
      words(.script("while :; do :; done", hurried)) == """
        'x.h5' kept the HDF5 library busy for 0.25 s without a result.
          The file is damaged: get it again. If you trust it and have time:  --trusted
        """)
  }

  @Test("A child that sleeps for ever is ended.")
  func idle() {
    #expect(
      words(.script("exec sleep 1000", hurried)) == """
        'x.h5' cannot be read: nothing has come of it for 0.5 s.
          Check the disk that it is on, or get it again.
        """)
  }

  @Test("A child that begins an answer and sleeps is ended.")
  func half() {
    let reader = IsolatedReader.script(#"printf '\100\0\0\0half' >&3; exec sleep 1000"#, hurried)
    #expect(words(reader).contains("nothing has come of it"))
  }

  @Test(
    "A child that lies is an error, and costs no memory.",
    arguments: [
      (#"printf '\377\377\377\177' >&3"#, "a message of 2147483647 bytes"),
      (#"printf '\3\0\0\0abc' >&3"#, "a message that ends early"),
      (#"printf '\20\0\0\0\0\0\0\0\0\0\0\0\377\377\377\377\377\377\377\177' >&3"#, "things in 0"),
    ])
  func lie(script: String, what: String) {
    let words = words(.script(script + "; exec sleep 1000"))
    #expect(words.hasPrefix("the process that read 'x.h5' answered with nonsense ("))
    #expect(words.contains(what), "\(words)")
    #expect(words.hasSuffix("damaged or hostile: get it again from a source that you trust."))
  }

  @Test("A program that is not there is said to be so.")
  func noProgram() {
    let reader = IsolatedReader(
      ReaderProgram(executable: "/nowhere/rangefinder", arguments: ["r"], environment: []))
    #expect(
      words(reader) == """
        the process that is to read 'x.h5' cannot be started: No such file or directory.
          If you trust the file, read it without one:  --trusted
        """)
  }

  @Test("A file that unpacks to more than it may is refused, with its name.")
  func memory() throws {
    let scratch = try Scratch()
    let path = scratch.path("bomb.h5")
    let count = 64 << 20  // 256 MiB of zeros, which pack into a third of a megabyte.
    do {
      let root = try HDF5File(creating: path).root
      try root.attributes.create("model_config", "{}")
      let weights = try root.createGroup("model_weights")
      try weights.attributes.create("layer_names", ["a"])
      let group = try weights.createGroup("a")
      try group.attributes.create("weight_names", ["w"])
      try group.createDataset(
        "w", [Float](repeating: 0, count: count), compression: .deflate(level: 1))
    }
    var limits = ReaderLimits()
    limits.memory = 320 << 20
    #expect(try IsolatedReader.built().model(path).groups[0].weights[0].count == count)
    #expect(
      message { _ = try IsolatedReader.built(limits).model(path) } == """
        '\(path)' holds more than there is memory for: far more than the file's own size.
          It is damaged: get it again. If you trust it:  --trusted
        """)
  }

  @Test("Labels that unpack to more than they may are refused, with their place.")
  func largeLabels() throws {
    let scratch = try Scratch()
    let path = scratch.path("bomb.h5")
    let count = 64 << 20  // Half a gigabyte as numbers of 64 bits.
    do {
      let root = try HDF5File(creating: path).root
      for name in ["x", "y"] {
        try root.createDataset(
          name, [UInt8](repeating: 0, count: count), compression: .deflate(level: 1))
      }
    }
    var limits = ReaderLimits()
    limits.memory = 320 << 20
    let samples = try IsolatedReader.built(limits).samples(file: path)
    #expect(samples.sampleCount == count)
    #expect(
      message { _ = try samples.labels() } == """
        '/y' in '\(path)' takes 536870912 bytes, more than there is memory for; the file may be \
        corrupt.
        """)
  }

  @Test("After its end a child stays ended, and says so again.")
  func again() throws {
    // Opens x of shape [2, 1], which has no place in the file, then ends at the next request.
    let answer =
      #"\60\0\0\0"# + #"\0\0\0\0\0\0\0\0"# + #"\0\0\0\0\0\0\0\0"# + #"\2\0\0\0\0\0\0\0"#
      + #"\2\0\0\0\0\0\0\0"# + #"\1\0\0\0\0\0\0\0"# + #"\0\0\0\0\0\0\0\0"#
    let samples = try IsolatedReader.script("printf '\(answer)' >&3; exec sleep 1000", hurried)
      .samples(file: "x.h5")
    #expect(samples.sampleCount == 2)
    var values: [Float] = [0, 0]
    for _ in 0..<2 {
      let words = message {
        try values.withUnsafeMutableBufferPointer { try samples.read(samples: 0..<2, into: $0) }
      }
      #expect(words.contains("'x.h5' cannot be read: nothing has come of it"))
    }
  }
}
