"""Writes networks that are too big to be kept with the package, and one network in every storage
layout that Keras' files have, each with what Keras itself computes.

    python make_networks.py [names...] --out DIR

Without names it writes all but the folder `layouts`, which is kept beside this script.
VGG16, VGG19, AlexNet and GoogLeNet have the published shapes and random weights (He, fixed seeds):
they show that a network of that kind is run rightly, not what the trained one's ranges are. They
take 1.4 GB. Needs the packages of SampleModels/requirements.txt; nothing is downloaded.
"""

import argparse
import hashlib
import itertools
import os
from pathlib import Path

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import numpy as np
import tensorflow as tf
import tf_keras
from tf_keras import layers

QUANTILES = [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999]
BGR_MEAN = np.float32([103.939, 116.779, 123.68])


# --- The big networks --------------------------------------------------------------------------


@tf_keras.saving.register_keras_serializable(package="Caffe")
class LRN(layers.Layer):
    """Caffe's local response normalisation: x / (k + alpha / n * sum of x² over n channels)^beta."""

    def __init__(self, n=5, alpha=1e-4, beta=0.75, k=1.0, **kwargs):
        super().__init__(**kwargs)
        self.n, self.alpha, self.beta, self.k = n, alpha, beta, k

    def call(self, inputs):
        return tf.nn.local_response_normalization(
            inputs, self.n // 2, self.k, self.alpha / self.n, self.beta
        )

    def get_config(self):
        settings = {"n": self.n, "alpha": self.alpha, "beta": self.beta, "k": self.k}
        return super().get_config() | settings


class Builder:
    """Makes layers whose weights have seeds one after another."""

    def __init__(self, first_seed):
        self.seeds = itertools.count(first_seed)

    def he(self):
        return tf_keras.initializers.HeNormal(seed=next(self.seeds))

    def conv(self, x, filters, size, name, **settings):
        settings = {"padding": "same", "activation": "relu"} | settings
        layer = layers.Conv2D(filters, size, name=name, kernel_initializer=self.he(), **settings)
        return layer(x)

    def dense(self, x, units, name, activation="relu"):
        return layers.Dense(units, activation, name=name, kernel_initializer=self.he())(x)


def vgg(name, depths, first_seed):
    net = Builder(first_seed)
    inputs = x = layers.Input((224, 224, 3))
    for block, (depth, filters) in enumerate(zip(depths, (64, 128, 256, 512, 512)), 1):
        for index in range(1, depth + 1):
            x = net.conv(x, filters, 3, f"block{block}_conv{index}")
        x = layers.MaxPooling2D(2, name=f"block{block}_pool")(x)
    x = layers.Flatten(name="flatten")(x)
    x = net.dense(net.dense(x, 4096, "fc1"), 4096, "fc2")
    return tf_keras.Model(inputs, net.dense(x, 1000, "predictions", "softmax"), name=name)


def alexnet():
    """Caffe's, in one column: convolution, ReLU, normalisation, pooling."""
    net = Builder(3001)
    inputs = layers.Input((227, 227, 3))
    x = LRN(name="norm1")(net.conv(inputs, 96, 11, "conv1", strides=4, padding="valid"))
    x = layers.MaxPooling2D(3, 2, name="pool1")(x)
    x = LRN(name="norm2")(net.conv(x, 256, 5, "conv2", groups=2))
    x = layers.MaxPooling2D(3, 2, name="pool2")(x)
    x = net.conv(x, 384, 3, "conv3")
    x = net.conv(x, 384, 3, "conv4", groups=2)
    x = net.conv(x, 256, 3, "conv5", groups=2)
    x = layers.Flatten(name="flatten")(layers.MaxPooling2D(3, 2, name="pool5")(x))
    for name in ("6", "7"):
        x = layers.Dropout(0.5, name="drop" + name)(net.dense(x, 4096, "fc" + name))
    return tf_keras.Model(inputs, net.dense(x, 1000, "fc8", "softmax"), name="alexnet")


# Filters of each inception module: 1×1; 3×3 and 5×5, each after its reduction; after the pooling.
INCEPTIONS = {
    "3a": (64, 96, 128, 16, 32, 32), "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64), "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64), "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128), "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}


def googlenet():
    """Caffe's, without the auxiliary outputs; its poolings round up, as 'same' does."""
    net = Builder(4001)

    def pool(x, name):
        return layers.MaxPooling2D(3, 2, "same", name=f"{name}_3x3_s2")(x)

    inputs = layers.Input((224, 224, 3))
    x = pool(net.conv(inputs, 64, 7, "conv1_7x7_s2", strides=2), "pool1")
    x = net.conv(LRN(name="pool1_norm1")(x), 64, 1, "conv2_3x3_reduce")
    x = LRN(name="conv2_norm2")(net.conv(x, 192, 3, "conv2_3x3"))
    x = pool(x, "pool2")
    for module, filters in INCEPTIONS.items():
        if module in ("4a", "5a"):
            x = pool(x, "pool" + str(int(module[0]) - 1))
        prefix = f"inception_{module}_"
        branches = [net.conv(x, filters[0], 1, prefix + "1x1")]
        for size, reduced, full in ((3, *filters[1:3]), (5, *filters[3:5])):
            y = net.conv(x, reduced, 1, f"{prefix}{size}x{size}_reduce")
            branches.append(net.conv(y, full, size, f"{prefix}{size}x{size}"))
        y = layers.MaxPooling2D(3, 1, "same", name=prefix + "pool")(x)
        branches.append(net.conv(y, filters[5], 1, prefix + "pool_proj"))
        x = layers.Concatenate(name=prefix + "output")(branches)
    x = layers.GlobalAveragePooling2D(name="pool5_7x7_s1")(x)
    x = layers.Dropout(0.4, name="pool5_drop")(x)
    return tf_keras.Model(
        inputs, net.dense(x, 1000, "loss3_classifier", "softmax"), name="googlenet")


# A builder, and the SHA-256 of all weights in order, so that everybody has the same network.
BIG = {
    "vgg16": (
        lambda: vgg("vgg16", (2, 2, 3, 3, 3), 1001),
        "215c532e215ae6bb2234813d1321b9b6c79bb2ead301a3208b04d7beee0f1b6a"),
    "vgg19": (
        lambda: vgg("vgg19", (2, 2, 4, 4, 4), 2001),
        "4ad21b1b203ea06efd4638e9ee5b0ade6aa81bce34f85437e9efb6a46117cd62"),
    "alexnet": (alexnet, "5a58cc93fce6f023710e8402f07abd8257bd841b8ec0ac2d01de95b6770b8fdb"),
    "googlenet": (googlenet, "d8bf2a40a82ed71bfbd6e4e2e6de1bb5bf57e12da916074438a4b2d4f58776b6"),
}


def write_big(name, folder):
    build, expected = BIG[name]
    model = build()
    digest = hashlib.sha256()
    for weights in model.get_weights():
        digest.update(np.ascontiguousarray(weights).tobytes())
    if digest.hexdigest() != expected:
        raise SystemExit(f"error: {name} has other weights than it should: {digest.hexdigest()}")
    model.save(folder / "model.h5", include_optimizer=False)
    write_expected(model, pictures(model.input_shape[1:], 2), folder)


def pictures(shape, count):
    """Smooth random pictures, blue first, less the mean: what such networks take."""
    noise = np.random.default_rng(7).random((count, 8, 8, shape[2]), np.float32)
    smooth = tf.image.resize(255 * noise, shape[:2], "bicubic").numpy()
    return np.clip(smooth, 0, 255) - BGR_MEAN


# --- The storage layouts -----------------------------------------------------------------------


def rewrite(source, target, libver=None, **storage):
    """Copies a file object by object, with other storage."""
    with h5py.File(source) as old, h5py.File(target, "w", libver=libver) as new:

        def copy(old, new):
            for name, value in old.attrs.items():
                new.attrs[name] = value
            for name, item in old.items():
                if isinstance(item, h5py.Group):
                    copy(item, new.create_group(name))
                else:
                    new.create_dataset(name, data=item[()], **(storage if item.shape else {}))

        copy(old, new)


def write_layouts(folder):
    """One small network, in the storage layouts that HDF5 allows and Keras has written or reads."""
    random = tf_keras.initializers.RandomNormal
    net = tf_keras.Sequential([
        layers.Input((12, 12, 1)),
        layers.Conv2D(6, 3, activation="relu", name="conv",
                      kernel_initializer=random(0, 0.3, seed=1)),
        layers.BatchNormalization(name="norm"),
        layers.Flatten(name="flatten"),
        layers.Dense(4, "softmax", name="head", kernel_initializer=random(0, 0.3, seed=2)),
    ])
    # Exact in 16 bits too.
    net.get_layer("conv").bias.assign([-0.5, -0.25, 0, 0.125, 0.25, 0.5])
    base = folder / "contiguous.h5"
    net.save(base, include_optimizer=False)
    write_expected(net, np.random.default_rng(0).random((8, 12, 12, 1), np.float32), folder)
    rewrite(base, folder / "gzip_shuffle_fletcher.h5", chunks=True, compression="gzip",
            shuffle=True, fletcher32=True)
    rewrite(base, folder / "lzf.h5", chunks=True, compression="lzf")
    rewrite(base, folder / "latest.h5", libver="latest")
    rewrite(base, folder / "v110.h5", libver=("v110", "v110"))
    with h5py.File(base) as old:
        with h5py.File(folder / "user_block.h5", "w", userblock_size=512) as new:
            old.copy("model_weights", new)
            new.attrs.update(old.attrs)
        with h5py.File(folder / "number_types.h5", "w") as new:
            old.copy("model_weights", new)
            new.attrs.update(old.attrs)
            store_otherwise(new["model_weights"])
        with h5py.File(folder / "bytes_attributes.h5", "w") as new:
            old.copy("model_weights", new)
            new.attrs["model_config"] = np.bytes_(old.attrs["model_config"])
            new.attrs["keras_version"] = np.bytes_("2.0.8")


def store_otherwise(group):
    """Stores kernels big-endian in 64 bits, biases in 16, the rest big-endian in 32."""
    for name, item in list(group.items()):
        if isinstance(item, h5py.Group):
            store_otherwise(item)
        else:
            values = item[()]
            kind = ">f8" if "kernel" in name else "<f2" if "bias" in name else ">f4"
            del group[name]
            group.create_dataset(name, data=values, dtype=kind)


def write_long(folder, nested):
    """So many and so long names that Keras cuts a list in several attributes."""
    name = "a_layer_of_a_network_in_networks_whose_names_tell_the_path_from_the_outermost_to_it_"
    initializers = tf_keras.initializers

    def dense(index):
        # All different, so that it matters where each goes.
        return layers.Dense(
            1, name=f"{name}{index:04d}",
            kernel_initializer=initializers.RandomUniform(0.97, 1.03, seed=index),
            bias_initializer=initializers.RandomNormal(stddev=0.02, seed=index))

    first = tf_keras.Sequential([layers.Input((1,)), *map(dense, range(800))], name="inner")
    net = tf_keras.Sequential(
        [layers.Input((1,))] + ([first] if nested else first.layers)
        + [layers.Dense(2, "tanh", name="head", kernel_initializer="ones")])
    net.save(folder / "model.h5", include_optimizer=False)
    group = "model_weights/inner" if nested else "model_weights"
    with h5py.File(folder / "model.h5") as file:
        names = [key for key in file[group].attrs if key.rstrip("0123456789").endswith("names")]
        assert len(names) > 1, f"the list is whole: {names}"
    write_expected(net, np.linspace(-2, 2, 9, dtype=np.float32)[:, None], folder)


# --- What Keras computes -----------------------------------------------------------------------


def write_expected(model, samples, folder):
    """Writes data.h5 and expected.h5, as SampleModels has them, but without single values."""
    with h5py.File(folder / "data.h5", "w") as file:
        file["x"] = samples
    with h5py.File(folder / "expected.h5", "w") as file:
        file["outputs"] = model.predict(samples, verbose=0)
        names = []
        for layer in model.layers:
            function = getattr(layer, "activation", tf_keras.activations.linear)
            if type(layer).__name__ in ("LeakyReLU", "PReLU", "ELU", "ThresholdedReLU"):
                values = layer.input
            elif function is tf_keras.activations.linear:
                continue
            else:
                twin = type(layer).from_config(layer.get_config() | {"activation": "linear"})
                values = twin(layer.input)
                twin.set_weights(layer.get_weights())
            values = tf_keras.Model(model.input, values).predict(samples, verbose=0)
            values = values.astype(np.float64)
            group = file.create_group(f"statistics/{layer.name}")
            group.attrs["count"] = values.size
            for name in ("min", "max", "mean", "std"):
                group.attrs[name] = getattr(np, name)(values)
            group["quantile_levels"] = QUANTILES
            group["quantiles"] = np.quantile(values, QUANTILES)
            names.append(layer.name)
        file.attrs["site_names"] = names


def main():
    writers = {name: lambda folder, name=name: write_big(name, folder) for name in BIG}
    writers |= {
        "layouts": write_layouts,
        "long_layer_names": lambda folder: write_long(folder, nested=False),
        "long_weight_names": lambda folder: write_long(folder, nested=True),
    }
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    others = [name for name in writers if name != "layouts"]
    parser.add_argument("names", nargs="*", default=others, help=", ".join(writers))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--expect", type=Path, metavar="MODEL",
                        help="only write what Keras says of this network, on random samples")
    options = parser.parse_args()
    if options.expect:
        model = tf_keras.models.load_model(options.expect, compile=False)
        shape = (200, *model.input_shape[1:])
        return write_expected(
            model, np.random.default_rng(3).random(shape, np.float32), options.out)
    for name in options.names:
        folder = options.out / name
        folder.mkdir(parents=True, exist_ok=True)
        writers[name](folder)
        size = sum(file.stat().st_size for file in folder.iterdir())
        print(f"{name}: {size / 1e6:.1f} MB", flush=True)


if __name__ == "__main__":
    main()
