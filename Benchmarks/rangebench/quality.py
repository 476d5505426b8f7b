"""How near our extremes and quantiles are to exact ones, on tensors of a million values or more.

The exact ones are NumPy's, of ONNX Runtime's tensors, whose values are rounded differently.
"""

import numpy as np

from rangebench import program

LEVELS = (0.999, 0.9999)
ENOUGH = 1_000_000


def compare(workload, workers):
    """The largest relative differences, and how many exact quantiles are where we say."""
    sites = program.profile(workload)
    path = workload.folder / "all.npz"
    workers["onnxruntime"].ask(preactivations=str(path), count=workload.samples)
    exact = np.load(path)
    found = {"tensors": 0, "extremes": 0.0, "quantiles": 0, "enclosed": 0}
    found |= {str(level): 0.0 for level in LEVELS}
    for name, site in sites.items():
        if name not in exact.files or site["values"] < ENOUGH:
            continue
        values = exact[name].reshape(-1)
        found["tensors"] += 1
        for ours, truth in ((site["min"], values.min()), (site["max"], values.max())):
            found["extremes"] = max(found["extremes"], abs(ours / float(truth) - 1))
        quantiles = {quantile["level"]: quantile for quantile in site["quantiles"]}
        for level, truth in zip(LEVELS, np.quantile(values, LEVELS).astype(float)):
            ours = quantiles[level]
            found[str(level)] = max(found[str(level)], abs(ours["value"] / truth - 1))
            found["quantiles"] += 1
            found["enclosed"] += bool(ours["lower_bound"] <= truth <= ours["upper_bound"])
    path.unlink()
    return found
