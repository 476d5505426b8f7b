"""PyTorch, channels last, in inference mode; recorders as forward hooks would call them."""

import numpy as np
import torch
from torch.ao.quantization.observer import HistogramObserver

from rangebench import inputs
from rangebench.histogram import BINS
from rangebench.torch_network import Network

torch.set_num_threads(2)


def _input(x):
    tensor = torch.from_numpy(x)
    return tensor.contiguous(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor


def _flat(tensor):
    """The values as they lie in memory, without a copy."""
    return tensor.permute(0, 2, 3, 1).reshape(-1) if tensor.ndim == 4 else tensor.reshape(-1)


class Bare:
    def __init__(self, workload, batch):
        self.network = Network(workload.onnx)
        x = inputs.channels_first(workload)
        self.parts = [_input(part) for part in inputs.batches(x, batch)]

    def run(self, record=None):
        for part in self.parts:
            self.network(part, record)


class Extremes(Bare):
    """Least and greatest value only: no quantile can be had from it."""

    def run(self):
        self.ranges = {}

        def record(site, tensor):
            least, greatest = torch.aminmax(_flat(tensor))
            before = self.ranges.get(site, (least, greatest))
            self.ranges[site] = torch.minimum(before[0], least), torch.maximum(before[1], greatest)

        super().run(record)


class Histc(Bare):
    """`torch.histc`, the range given, found in a pass that is not charged."""

    def __init__(self, workload, batch):
        super().__init__(workload, batch)
        extremes = Extremes(workload, batch)
        extremes.run()
        self.ranges = {
            site: (float(least), float(greatest))
            for site, (least, greatest) in extremes.ranges.items()
        }

    def run(self):
        counts = {}

        def record(site, tensor):
            found = torch.histc(_flat(tensor), BINS, *self.ranges[site])
            counts[site] = counts.get(site, 0) + found

        super().run(record)


class Observers(Bare):
    """A `HistogramObserver` a site, which finds its range itself."""

    def run(self):
        observers = {}

        def record(site, tensor):
            if site not in observers:
                observers[site] = HistogramObserver(bins=BINS)
            observers[site](_flat(tensor))

        super().run(record)


def preactivations(workload, count):
    """Site → values, channels last."""
    found = {}

    def record(site, tensor):
        found[site] = np.moveaxis(tensor.clone().numpy(), 1, -1)

    Network(workload.onnx)(_input(inputs.channels_first(workload, count)), record)
    return found
