"""What the peers record when they are handed pre-activations."""

import numpy as np

BINS = 2048  # as PyTorch's HistogramObserver has by default


def histograms(tensors, ranges):
    return [np.histogram(tensor, BINS, limits)[0] for tensor, limits in zip(tensors, ranges)]


def ranges(batches):
    """The least and greatest value of each site over batches of tensors."""
    extremes = [[(t.min(), t.max()) for t in tensors] for tensors in batches]
    return [(min(lo for lo, _ in site), max(hi for _, hi in site)) for site in zip(*extremes)]
