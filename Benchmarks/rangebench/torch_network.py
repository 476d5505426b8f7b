"""The exported network in PyTorch, channels last, with a hook at every pre-activation."""

import onnx
import torch
import torch.nn.functional as F
from onnx import helper, numpy_helper


class Network:
    def __init__(self, path):
        graph = onnx.load(path).graph
        self.weights = {t.name: _tensor(t) for t in graph.initializer}
        self.input, self.output = graph.input[0].name, graph.output[0].name
        self.steps = [(node.op_type, self._step(node), node) for node in graph.node]

    @torch.inference_mode()
    def __call__(self, x, record=None):
        """The last layer's values; `record(site, preactivation)` is called before every ReLU."""
        values = {self.input: x}
        for op, step, node in self.steps:
            sources = [values[name] for name in node.input if name not in self.weights]
            if record and op in ("Relu", "Softmax"):
                record(node.name, sources[0])
            values[node.output[0]] = step(*sources)
        return values[self.output]

    def _step(self, node):
        settings = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        weights = [self.weights[name] for name in node.input if name in self.weights]
        return globals()[f"_{node.op_type.lower()}"](settings, *weights)


def _tensor(initializer):
    tensor = torch.from_numpy(numpy_helper.to_array(initializer).copy())
    return tensor.contiguous(memory_format=torch.channels_last) if tensor.ndim == 4 else tensor


def _padded(settings, operation, fill):
    """The operation after padding that is not the same on both sides, if it is not."""
    top, left, bottom, right = settings["pads"]
    if (top, left) == (bottom, right):
        return lambda x: operation(x, (top, left))
    return lambda x: operation(F.pad(x, (left, right, top, bottom), value=fill), 0)


def _conv(settings, weight, bias):
    stride, groups = settings["strides"], settings["group"]
    return _padded(settings, lambda x, p: F.conv2d(x, weight, bias, stride, p, 1, groups), 0.0)


def _maxpool(settings):
    size, stride = settings["kernel_shape"], settings["strides"]
    if settings["pads"] == [0, 0, 1, 1]:  # cheaper than padding first
        return lambda x: F.max_pool2d(x, size, stride, ceil_mode=True)
    return _padded(settings, lambda x, p: F.max_pool2d(x, size, stride, p), float("-inf"))


def _averagepool(settings):
    size, stride = settings["kernel_shape"], settings["strides"]
    return _padded(settings, lambda x, p: F.avg_pool2d(x, size, stride, p), 0.0)


def _gemm(settings, weight, bias):
    transposed = weight.t().contiguous()
    return lambda x: F.linear(x, transposed, bias)


def _lrn(settings):
    values = [settings[name] for name in ("size", "alpha", "beta", "bias")]
    return lambda x: F.local_response_norm(x, *values)


def _globalaveragepool(settings):
    return lambda x: F.adaptive_avg_pool2d(x, 1)


def _flatten(settings):
    return lambda x: torch.flatten(x, 1)


def _add(settings):
    return torch.add


def _concat(settings):
    return lambda *xs: torch.cat(xs, 1)


def _relu(settings):
    return F.relu_


def _softmax(settings):
    return lambda x: F.softmax(x, 1)
