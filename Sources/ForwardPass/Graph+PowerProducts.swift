import NetworkGraph

/// A product of a number and a power, as local response normalisation ends with.
struct PowerProduct {
  /// The node of the power.
  let power: Int
  /// Which of the product's two inputs it is.
  let place: Int
  /// Four times its exponent.
  let quarters: Int32
}

extension Graph {
  /// The products that one kernel computes together with a power, by the product's node.
  ///
  /// Nothing else reads the power, and nothing takes its place: what enters it is still shown at its
  /// site.
  ///
  /// - Parameter replaced: The sites with another function.
  func powerProducts(replaced: some Collection<Int>) -> [Int: PowerProduct] {
    let readers = readers()
    var products: [Int: PowerProduct] = [:]
    for (index, node) in nodes.enumerated() where joinsTwoAlike(node, by: .multiply) {
      for (place, power) in node.inputs.enumerated() {
        guard case .activation(let function) = nodes[power].operation,
          let quarters = function.quarters, readers[power] == [index], !outputs.contains(power),
          !replaced.contains(nodes[power].sites.lowerBound)
        else { continue }
        products[index] = PowerProduct(power: power, place: place, quarters: quarters)
        break
      }
    }
    return products
  }
}
