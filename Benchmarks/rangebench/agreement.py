"""Whether all engines compute the same pre-activations, before any is timed."""

import numpy as np

from rangebench import program

# A difference is measured in standard deviations of its tensor. Float32 engines add up the same
# products in different orders: on these networks they stay within 2e-5 of each other.
TOLERANCE = 1e-4
PEERS = ("keras", "onnxruntime", "openvino", "torch")


def check(workload, workers, count=2):
    """Engine → its largest difference from Keras on a few samples; ends the program if large."""
    tensors = {}
    for peer in PEERS:
        path = workload.folder / f"{peer}.npz"
        workers[peer].ask(preactivations=str(path), count=count)
        tensors[peer] = np.load(path)
    truth = tensors.pop("keras")
    differences = {
        peer: max(_difference(values[site], truth[site]) for site in truth.files)
        for peer, values in tensors.items()
    }
    ours = program.profile(workload, samples=count)
    differences["rangefinder"] = max(
        _difference(_statistics(ours[site]), _moments(truth[site]), truth[site].std())
        for site in truth.files
    )
    for engine, difference in differences.items():
        if not difference <= TOLERANCE:
            raise SystemExit(f"error: {engine} computes something else: off by {difference:.1e}")
    return differences


def _difference(values, truth, deviation=None):
    return float(np.abs(values - truth).max() / (deviation or truth.std()))


def _statistics(site):
    """Ours does not write tensors; what it says of them must be right."""
    return np.array([site[key] for key in ("values", "min", "max", "mean", "standard_deviation")])


def _moments(x):
    return np.array([x.size, x.min(), x.max(), x.mean(dtype=float), x.std(dtype=float)])
