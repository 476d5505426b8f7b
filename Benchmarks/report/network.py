"""A synthetic network with many sites, no two of which see the same values, and pictures for it."""

import json

import h5py
import numpy as np

FUNCTIONS = ["relu", "gelu", "sigmoid", "tanh", "silu", "softplus"]
SIDE, UNITS = 8, 48


def write_network(path, sites, seed=1):
    """Dense layers in a row, whose weights have spreads of their own, in Keras' HDF5 format."""
    random = np.random.default_rng(seed)
    layers = [
        layer("InputLayer", "pixels", batch_input_shape=[None, SIDE, SIDE, 1]),
        layer("Flatten", "flatten", data_format="channels_last"),
    ]
    with h5py.File(path, "w") as file:
        weights = file.create_group("model_weights")
        width = SIDE * SIDE
        for index in range(sites):
            name = f"block_{index // 20}_stage_{index % 20}_dense_{index}"
            function = FUNCTIONS[index % len(FUNCTIONS)]
            layers.append(layer("Dense", name, units=UNITS, activation=function, use_bias=True))
            # Chaotic from layer to layer, so that inputs stay apart.
            spread = random.uniform(1.5, 3.5)
            kernel = random.normal(0, spread / width**0.5, (width, UNITS))
            bias = random.normal(0, 0.5, UNITS)
            group = weights.create_group(name)
            group.attrs["weight_names"] = [f"{name}/kernel:0", f"{name}/bias:0"]
            group[f"{name}/kernel:0"] = kernel.astype("f4")
            group[f"{name}/bias:0"] = bias.astype("f4")
            width = UNITS
        weights.create_group("flatten").attrs["weight_names"] = np.array([], dtype="S1")
        weights.attrs["layer_names"] = [entry["config"]["name"] for entry in layers[1:]]
        weights.attrs["keras_version"], weights.attrs["backend"] = "2.15.0", "tensorflow"
        file.attrs["keras_version"], file.attrs["backend"] = "2.15.0", "tensorflow"
        file.attrs["model_config"] = json.dumps(
            {"class_name": "Sequential", "config": {"name": f"{sites}_sites", "layers": layers}})


def layer(kind, name, **config):
    return {"class_name": kind, "config": {"name": name, "dtype": "float32", **config}}


def write_pictures(path, count, seed=2):
    random = np.random.default_rng(seed)
    with h5py.File(path, "w") as file:
        file["x"] = random.normal(0, 1, (count, SIDE, SIDE, 1)).astype("f4")
        file["y"] = random.integers(0, 10, count)
