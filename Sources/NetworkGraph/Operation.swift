/// What a node computes, for one sample, channels last.
///
/// Layers of a file format are expressed in these few: a separable convolution is two
/// convolutions, an inference-time batch normalisation an `affine`, a local response
/// normalisation a `localSquareSum`, a `power`, and a product.
public enum Operation: Sendable {
  /// A tensor that the caller supplies.
  case input
  /// A matrix product over the last axis; the kernel is `[in, out]`.
  case dense(kernel: Tensor, bias: [Float]?)
  /// A correlation; the kernel is `[window…, channels in a group, out]`.
  case convolution(window: Window, groups: Int, kernel: Tensor, bias: [Float]?)
  /// The transpose of a correlation that takes the spatial extents `extents` to the input's.
  ///
  /// The window is that correlation's, and so is the kernel, `[window…, out, in]`. The output has
  /// the spatial extents `extents`.
  case transposedConvolution(window: Window, extents: [Int], kernel: Tensor, bias: [Float]?)
  /// The product of two activations, as matrices over the last two axes; `transposed` says that
  /// the second is read with these axes swapped. The axes before them are equal.
  case matrixProduct(transposed: Bool)
  /// `scale·x + shift` with one scale and shift a channel, one a value, or one for all.
  case affine(scale: [Float], shift: [Float])
  /// A nonlinearity: a site.
  case activation(ActivationFunction)
  /// The softmax of each row of `[…, rows, columns]` over what the row may see, and 0 for the rest: a
  /// site, which is shown what is seen alone.
  ///
  /// A second input, a mask that is stretched over the first, hides what it has 0 for; `isCausal`
  /// hides each column from the rows before it. A row that sees nothing has equal shares.
  case maskedSoftmax(isCausal: Bool)
  /// The greatest value in each window: a site, since it needs a polynomial too.
  case maxPooling(Window)
  /// The mean of each window; padding does not count.
  case averagePooling(Window)
  /// The mean over all spatial axes, or over the places that a second input, a mask, keeps;
  /// `keepsAxes` leaves the axes with extent 1.
  case globalAveragePooling(keepsAxes: Bool)
  /// The greatest value over all spatial axes: a site.
  case globalMaxPooling(keepsAxes: Bool)
  /// The mean over some axes of the sample, which keep the extent 1.
  case mean(axes: [Int])
  /// `bias + alpha · Σ x²` over the `2·radius + 1` channels around each one.
  case localSquareSum(radius: Int, bias: Float, alpha: Float)
  /// All inputs combined number by number; an extent of 1 is stretched to the others'.
  case elementwise(Combination)
  /// The inputs side by side along an axis of the sample.
  case concatenation(axis: Int)
  /// The same numbers in the same order with other extents.
  case reshape(Shape)
  /// Output axis `i` is input axis `order[i]`.
  case permutation([Int])
  /// Zeros around the spatial axes.
  case zeroPadding([(before: Int, after: Int)])
  /// Places taken away from the spatial axes.
  case cropping([(before: Int, after: Int)])
  /// Each place repeated along each spatial axis.
  case nearestUpsampling([Int])
  /// The spatial axes sampled anew at other extents.
  case resizing(to: [Int], Interpolation)
  /// For each number, a whole one, the row of a table `[ids, channels]`.
  case embedding(table: Tensor)
  /// A mask: 1 for each place with a channel that is not the given number, 0 for the others. The
  /// channels' axis goes away.
  case mask(unless: Float)
  /// A cell that is run along the first axis: a site for each nonlinearity of the cell.
  case recurrence(Recurrence)
}

/// How `Operation.resizing` finds the value at a point.
///
/// Place `i` of an axis reaches from i to i + 1, and its value belongs to the middle.
public enum Interpolation: String, Hashable, Sendable {
  /// The value of the place that holds the point.
  case nearest
  /// The values of the two nearest places, weighted by their distances, along each axis in turn.
  case linear
}

/// How `Operation.elementwise` joins its inputs.
public enum Combination: String, Hashable, Sendable {
  case add, subtract, multiply, average, maximum, minimum
}

extension Operation {
  /// A nonlinearity of an operation.
  public struct SiteFunction: Hashable, Sendable {
    /// What of the layer it is, where there is more than one.
    public var part: String?
    public let name: String
    public let canonicalText: String
  }

  /// The functions of the sites that this operation is: none, one that sees the input, or those of
  /// a recurrent cell.
  public var siteFunctions: [SiteFunction] {
    switch self {
    case .activation(let function):
      [SiteFunction(name: function.name, canonicalText: function.canonicalText)]
    case .maskedSoftmax: [SiteFunction(name: "softmax", canonicalText: "softmax")]
    case .maxPooling, .globalMaxPooling: [SiteFunction(name: "max", canonicalText: "max")]
    case .recurrence(let recurrence):
      recurrence.cell.parts.compactMap { part, function in
        function.map {
          SiteFunction(part: part, name: $0.name, canonicalText: $0.canonicalText)
        }
      }
    default: []
    }
  }

  /// The shape of one sample's pre-activations at each site of this operation.
  ///
  /// A masked softmax shows some columns of a row, so that its columns are no channels.
  func siteShape(input: Shape) -> Shape {
    switch self {
    case .recurrence(let recurrence): Shape([input.extents[0], recurrence.units]) ?? input
    case .maskedSoftmax: Shape(input.extents + [1]) ?? input
    default: input
    }
  }

  /// The number of trained parameters.
  public var parameterCount: Int {
    switch self {
    case .dense(let kernel, let bias): kernel.values.count + (bias?.count ?? 0)
    case .convolution(_, _, let kernel, let bias): kernel.values.count + (bias?.count ?? 0)
    case .transposedConvolution(_, _, let kernel, let bias):
      kernel.values.count + (bias?.count ?? 0)
    case .affine(let scale, let shift): scale.count + shift.count
    case .activation(.prelu(let slopes)): slopes.count
    case .embedding(let table): table.values.count
    case .recurrence(let cell):
      cell.kernel.values.count + cell.recurrentKernel.values.count + (cell.bias?.count ?? 0)
        + (cell.recurrentBias?.count ?? 0)
    default: 0
    }
  }
}
