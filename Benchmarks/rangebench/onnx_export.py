"""A Keras network as ONNX, channels first, with batch normalisation folded into convolutions.

A nonlinearity's node is named after its site, `layer/function`; its input is the pre-activation.
"""

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper


def export(model, path):
    onnx.save(_Exporter(model).proto(), path)


class _Exporter:
    def __init__(self, model):
        self.model = model
        self.nodes = []
        self.weights = {}
        self.names = {}  # a Keras tensor's id → its name in the file
        self.flattened = {}  # a flattened tensor's name → the height, width, channels before

    def proto(self):
        for layer in self.model.layers:
            tensors = layer.input if isinstance(layer.input, list) else [layer.input]
            if type(layer).__name__ == "InputLayer":
                self.names[id(layer.output)] = layer.name
                continue
            inputs = [self.names[id(tensor)] for tensor in tensors]
            translate = getattr(self, f"_{type(layer).__name__.lower()}")
            self.names[id(layer.output)] = translate(layer, inputs)
        source, result = self.model.input, self.model.output
        shape = source.shape[1:]
        if len(shape) == 3:
            shape = (shape[2], shape[0], shape[1])
        graph = helper.make_graph(
            self.nodes,
            self.model.name,
            [_value(self.names[id(source)], shape)],
            [_value(self.names[id(result)], result.shape[1:])],
            [numpy_helper.from_array(array, name) for name, array in self.weights.items()],
        )
        opset = [helper.make_opsetid("", 17)]
        model = helper.make_model(graph, opset_imports=opset, ir_version=8)
        onnx.checker.check_model(model)
        return onnx.shape_inference.infer_shapes(model)

    def _node(self, op, inputs, name, weights=(), **attributes):
        output = f"{name}:0"
        names = [f"{name}.{index}" for index in range(len(weights))]
        self.weights.update(zip(names, map(np.ascontiguousarray, weights)))
        self.nodes.append(helper.make_node(op, [*inputs, *names], [output], name, **attributes))
        return output

    def _conv2d(self, layer, inputs):
        kernel = layer.kernel.numpy().transpose(3, 2, 0, 1)
        return self._convolution(layer, inputs, kernel, layer.groups)

    def _depthwiseconv2d(self, layer, inputs):
        kernel = layer.depthwise_kernel.numpy().transpose(2, 3, 0, 1)
        channels, multiplier, *window = kernel.shape
        kernel = kernel.reshape(channels * multiplier, 1, *window)
        return self._convolution(layer, inputs, kernel, channels)

    def _convolution(self, layer, inputs, kernel, groups):
        bias = layer.bias.numpy() if layer.use_bias else np.zeros(len(kernel), np.float32)
        output = self._node(
            "Conv",
            inputs,
            layer.name,
            [kernel, bias],
            group=groups,
            **_window(layer, layer.kernel_size),
        )
        return self._activated(layer, output)

    def _batchnormalization(self, layer, inputs):
        """Folds into the convolution before, which has no other reader in these networks."""
        producer = next(node for node in self.nodes if node.output[0] == inputs[0])
        assert producer.op_type == "Conv", producer
        kernel, bias = (self.weights[name] for name in producer.input[1:])
        scale = 1 / np.sqrt(layer.moving_variance.numpy().astype(float) + layer.epsilon)
        scale *= layer.gamma.numpy()
        bias = (bias - layer.moving_mean.numpy()) * scale + layer.beta.numpy()
        self.weights[producer.input[1]] = (kernel * scale[:, None, None, None]).astype("f4")
        self.weights[producer.input[2]] = bias.astype("f4")
        return inputs[0]

    def _dense(self, layer, inputs):
        kernel = layer.kernel.numpy()
        if inputs[0] in self.flattened:
            *image, units = *self.flattened[inputs[0]], layer.units
            kernel = kernel.reshape(*image, units).transpose(2, 0, 1, 3).reshape(-1, units)
        output = self._node("Gemm", inputs, layer.name, [kernel, layer.bias.numpy()])
        return self._activated(layer, output)

    def _activated(self, layer, output):
        function = layer.activation.__name__
        return output if function == "linear" else self._nonlinearity(layer, function, output)

    def _activation(self, layer, inputs):
        return self._nonlinearity(layer, layer.activation.__name__, inputs[0])

    def _nonlinearity(self, layer, function, source):
        op = {"relu": "Relu", "softmax": "Softmax"}[function]
        return self._node(op, [source], f"{layer.name}/{function}")

    def _localresponsenormalization(self, layer, inputs):
        size = 2 * layer.depth_radius + 1
        settings = {"alpha": layer.alpha * size, "beta": layer.beta, "bias": layer.bias}
        return self._node("LRN", inputs, layer.name, size=size, **settings)

    def _maxpooling2d(self, layer, inputs):
        return self._node("MaxPool", inputs, layer.name, **_window(layer, layer.pool_size))

    def _averagepooling2d(self, layer, inputs):
        return self._node("AveragePool", inputs, layer.name, **_window(layer, layer.pool_size))

    def _globalaveragepooling2d(self, layer, inputs):
        pooled = self._node("GlobalAveragePool", inputs, f"{layer.name}.pool")
        return self._node("Flatten", [pooled], layer.name)

    def _flatten(self, layer, inputs):
        output = self._node("Flatten", inputs, layer.name)
        self.flattened[output] = layer.input.shape[1:]
        return output

    def _add(self, layer, inputs):
        return self._node("Add", inputs, layer.name)

    def _concatenate(self, layer, inputs):
        return self._node("Concat", inputs, layer.name, axis=1)


def _value(name, shape):
    return helper.make_tensor_value_info(name, TensorProto.FLOAT, ["N", *shape])


def _window(layer, size):
    """A window's attributes, with Keras' padding, whose odd row is at the end."""
    before, after = [], []
    for extent, output, window, stride in zip(
        layer.input.shape[1:3], layer.output.shape[1:3], size, layer.strides
    ):
        total = max((output - 1) * stride + window - extent, 0) if layer.padding == "same" else 0
        before.append(total // 2)
        after.append(total - total // 2)
    return {"kernel_shape": size, "strides": layer.strides, "pads": [*before, *after]}
