"""The nonlinearities of an exported network."""


def sites(graph) -> dict[str, str]:
    """Each site's name → the tensor that is its pre-activation."""
    return {node.name: node.input[0] for node in graph.node if node.op_type in ("Relu", "Softmax")}
