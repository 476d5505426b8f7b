"""How near our quantiles are to exact ones, on tensors of at least a million values."""

import json
import subprocess

import numpy as np

from rangebench.contenders import OurRun

LEVELS = (0.999, 0.9999)
ENOUGH = 1_000_000


def compare(workload, worker):
    """Per level the largest relative difference, and what of all estimates is in its enclosure."""
    ours = subprocess.run(
        OurRun("", workload, recording=True).command, check=True, stdout=subprocess.PIPE
    ).stdout
    sites = {site["site"]: site for site in json.loads(ours)["sites"]}
    path = workload.folder / "all.npz"
    worker.ask(preactivations=str(path), count=workload.samples)
    exact = np.load(path)
    differences = {level: [] for level in LEVELS}
    enclosed, extremes = [], []
    for name in exact.files:
        values = exact[name].reshape(-1)
        if values.size < ENOUGH:
            continue
        least, greatest = values.min(), values.max()
        scale = max(abs(least), abs(greatest))
        extremes.append(abs(sites[name]["min"] - least) / scale)
        extremes.append(abs(sites[name]["max"] - greatest) / scale)
        found = {quantile["level"]: quantile for quantile in sites[name]["quantiles"]}
        for level, truth in zip(LEVELS, np.quantile(values, LEVELS)):
            estimate = found[level]
            differences[level].append(abs(estimate["value"] / truth - 1))
            enclosed.append(estimate["lowerBound"] <= truth <= estimate["upperBound"])
    path.unlink()
    return differences, enclosed, extremes
