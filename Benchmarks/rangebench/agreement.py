"""Whether all engines compute the same pre-activations, before any is timed."""

import json
import subprocess

import numpy as np

from rangebench.contenders import PROGRAM

# Largest difference of two values over the standard deviation of their tensor. Float32 engines
# that add up the same products in different orders keep about 1e-5 of each other in these networks.
TOLERANCE = 1e-4


def largest_difference(workload, workers, count=4):
    """The largest difference of any engine from Keras, as a share of a tensor's deviation."""
    found = {}
    for name, worker in workers.items():
        path = workload.folder / f"{name}.preactivations.npz"
        worker.ask(preactivations=str(path), count=count)
        found[name] = np.load(path)
    truth = found.pop("keras")
    return max(
        np.abs(values[site] - truth[site]).max() / truth[site].std()
        for values in found.values()
        for site in truth.files
    ), our_difference(workload, truth, count)


def our_difference(workload, truth, count):
    """Ours does not write tensors; its minimum, maximum, mean and deviation stand for them."""
    command = [PROGRAM, "profile", workload.model, "--data", workload.data()]
    command += ["--samples", str(count), "--json", "--quiet", "-o", workload.folder / "few.h5"]
    output = subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
    sites = {site["site"]: site for site in json.loads(output)["sites"]}
    differences = []
    for name in truth.files:
        ours, tensor = sites[name], truth[name].astype(float)
        pairs = [(ours["min"], tensor.min()), (ours["max"], tensor.max())]
        pairs += [(ours["mean"], tensor.mean()), (ours["standardDeviation"], tensor.std())]
        assert ours["values"] == tensor.size, f"{name}: {ours['values']} values, not {tensor.size}"
        differences += [abs(a - b) / tensor.std() for a, b in pairs]
    return max(differences)
