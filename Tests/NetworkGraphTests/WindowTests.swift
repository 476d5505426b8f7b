import NetworkGraph
import Testing

@Suite struct WindowTests {
  private func line(
    _ size: Int, stride: Int = 1, dilation: Int = 1, _ padding: Padding
  ) -> Window {
    Window(size: [size], strides: [stride], dilations: [dilation], padding: padding)
  }

  @Test(
    "'valid' takes every place where the window fits whole.",
    arguments: [
      (5, 3, 1, 1, 3), (5, 3, 2, 1, 2), (6, 3, 2, 1, 2), (5, 5, 1, 1, 1), (7, 3, 1, 2, 3),
    ])
  func valid(extent: Int, size: Int, stride: Int, dilation: Int, places: Int) {
    let window = line(size, stride: stride, dilation: dilation, .valid)
    #expect(window.outputExtents(for: [extent][...]) == [places])
    #expect(window.paddingAmounts(axis: 0, extent: extent) == (0, 0))
  }

  @Test(
    "'same' takes ⌈extent / stride⌉ places and puts an odd zero at the end.",
    arguments: [
      (5, 3, 1, 1, 1, 1), (5, 2, 1, 1, 0, 1), (4, 3, 2, 1, 0, 1), (5, 3, 2, 1, 1, 1),
      (224, 7, 2, 1, 2, 3), (6, 1, 3, 1, 0, 0), (5, 3, 1, 2, 2, 2), (5, 4, 1, 2, 3, 3),
      (7, 2, 3, 3, 1, 2),
    ])
  func same(extent: Int, size: Int, stride: Int, dilation: Int, before: Int, after: Int) {
    let window = line(size, stride: stride, dilation: dilation, .same)
    #expect(window.outputExtents(for: [extent][...]) == [(extent + stride - 1) / stride])
    #expect(window.paddingAmounts(axis: 0, extent: extent) == (before, after))
  }

  @Test(
    "'causal' pads before the first step only, by what the window reaches back.",
    arguments: [(5, 3, 1, 1, 2, 5), (5, 3, 1, 2, 4, 5), (6, 2, 2, 1, 1, 3), (1, 4, 1, 1, 3, 1)])
  func causal(extent: Int, size: Int, stride: Int, dilation: Int, before: Int, places: Int) {
    let window = line(size, stride: stride, dilation: dilation, .causal)
    #expect(window.outputExtents(for: [extent][...]) == [places])
    #expect(window.paddingAmounts(axis: 0, extent: extent) == (before, 0))
  }

  @Test("Each axis has its own size, stride, and dilation.")
  func axes() {
    let window = Window(
      size: [3, 1, 2], strides: [1, 2, 3], dilations: [2, 1, 1], padding: .valid)
    #expect(window.outputExtents(for: [9, 9, 9][...]) == [5, 5, 3])
  }

  @Test("A window that does not fit, or has other axes than the input, takes no place.")
  func refused() {
    #expect(line(3, .valid).outputExtents(for: [2][...]) == nil)
    #expect(line(2, dilation: 4, .valid).outputExtents(for: [4][...]) == nil)
    #expect(line(3, .same).outputExtents(for: [2][...]) == [2])
    #expect(line(1, .valid).outputExtents(for: [2, 2][...]) == nil)
  }

  @Test("A window without a stride for each axis, or with one of 0, is a programmer's error.")
  func malformed() async {
    await #expect(processExitsWith: .failure) {
      _ = Window(size: [2, 2], strides: [1], padding: .valid)
    }
    await #expect(processExitsWith: .failure) {
      _ = Window(size: [2], strides: [0], padding: .valid)
    }
  }
}
