"""A network with many sites and little arithmetic, for merges that are measured."""

import json

import h5py
import numpy

UNITS = 8


def write(path, sites):
    """Writes a Keras model: as many dense layers of eight units with ReLU."""
    names = [f"dense_{index}" for index in range(sites)]
    layers = [{"class_name": "InputLayer",
               "config": {"name": "input", "batch_input_shape": [None, UNITS], "dtype": "float32"}}]
    layers += [{"class_name": "Dense",
                "config": {"name": name, "units": UNITS, "activation": "relu", "use_bias": True}}
               for name in names]
    config = {"class_name": "Sequential", "config": {"name": "narrow", "layers": layers}}
    generator = numpy.random.default_rng(1)
    with h5py.File(path, "w") as file:
        file.attrs["model_config"] = json.dumps(config)
        file.attrs["keras_version"] = "2.11.0"
        file.attrs["backend"] = "tensorflow"
        weights = file.create_group("model_weights")
        weights.attrs["layer_names"] = [name.encode() for name in names]
        for name in names:
            group = weights.create_group(name)
            group.attrs["weight_names"] = [f"{name}/kernel:0".encode(), f"{name}/bias:0".encode()]
            # He's initialisation: values neither vanish nor grow from layer to layer.
            kernel = generator.normal(0, (2 / UNITS) ** 0.5, (UNITS, UNITS))
            group[f"{name}/kernel:0"] = kernel.astype(numpy.float32)
            group[f"{name}/bias:0"] = generator.normal(0, 0.1, UNITS).astype(numpy.float32)
