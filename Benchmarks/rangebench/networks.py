"""The networks, as Keras models with fixed random weights: He-normal kernels, small biases.

Every nonlinearity is a layer of its own, so that its input is the pre-activation for everybody.
"""

import itertools

import tensorflow as tf
import tf_keras
from tf_keras import layers


class LocalResponseNormalization(layers.Layer):
    """x / (bias + alpha * sum of x² over 2 * depth_radius + 1 channels) ** beta."""

    def __init__(self, depth_radius=2, bias=1.0, alpha=2e-5, beta=0.75, **kwargs):
        super().__init__(**kwargs)
        self.depth_radius, self.bias, self.alpha, self.beta = depth_radius, bias, alpha, beta

    def call(self, inputs):
        return tf.nn.local_response_normalization(
            inputs, self.depth_radius, self.bias, self.alpha, self.beta
        )

    def get_config(self):
        own = {"depth_radius": self.depth_radius, "bias": self.bias}
        return {**super().get_config(), **own, "alpha": self.alpha, "beta": self.beta}


class Builder:
    """Layers with seeds of their own, counted from the network's seed."""

    def __init__(self, seed):
        self.seeds = itertools.count(seed)

    def _he(self):
        return tf_keras.initializers.HeNormal(seed=next(self.seeds))

    def _normal(self, mean, deviation):
        return tf_keras.initializers.RandomNormal(mean, deviation, seed=next(self.seeds))

    def relu(self, x, name):
        return layers.Activation("relu", name=name)(x)

    def linear_conv(self, x, filters, size, name, strides=1, padding="same", groups=1, bias=True):
        return layers.Conv2D(
            filters,
            size,
            strides,
            padding,
            groups=groups,
            use_bias=bias,
            kernel_initializer=self._he(),
            bias_initializer=self._normal(0, 0.05),
            name=name,
        )(x)

    def conv(self, x, filters, size, name, **settings):
        return self.relu(self.linear_conv(x, filters, size, name, **settings), f"{name}_relu")

    def normalized_conv(self, x, filters, size, name, strides=1):
        x = self.linear_conv(x, filters, size, f"{name}_conv", strides, bias=False)
        return layers.BatchNormalization(
            gamma_initializer=self._normal(1, 0.1),
            beta_initializer=self._normal(0, 0.1),
            moving_mean_initializer=self._normal(0, 0.1),
            moving_variance_initializer=tf_keras.initializers.RandomUniform(
                0.5, 1.5, seed=next(self.seeds)
            ),
            name=f"{name}_bn",
        )(x)

    def dense(self, x, units, name, activation="relu"):
        x = layers.Dense(
            units,
            kernel_initializer=self._he(),
            bias_initializer=self._normal(0, 0.05),
            name=name,
        )(x)
        return layers.Activation(activation, name=f"{name}_{activation}")(x)


def vgg16():
    """Simonyan and Zisserman (2014), configuration D."""
    b = Builder(1000)
    x = image = layers.Input((224, 224, 3), name="image")
    for stage, (count, filters) in enumerate(
        [(2, 64), (2, 128), (3, 256), (3, 512), (3, 512)], start=1
    ):
        for index in range(1, count + 1):
            x = b.conv(x, filters, 3, f"block{stage}_conv{index}")
        x = layers.MaxPooling2D(name=f"block{stage}_pool")(x)
    x = layers.Flatten(name="flatten")(x)
    x = b.dense(b.dense(x, 4096, "fc1"), 4096, "fc2")
    return tf_keras.Model(image, b.dense(x, 1000, "predictions", "softmax"), name="vgg16")


def alexnet():
    """Krizhevsky et al. (2012) in one column, the normalisation before the pooling as in Caffe."""
    b = Builder(2000)
    image = layers.Input((227, 227, 3), name="image")
    x = b.conv(image, 96, 11, "conv1", strides=4, padding="valid")
    x = LocalResponseNormalization(name="norm1")(x)
    x = layers.MaxPooling2D(3, 2, name="pool1")(x)
    x = b.conv(x, 256, 5, "conv2", groups=2)
    x = LocalResponseNormalization(name="norm2")(x)
    x = layers.MaxPooling2D(3, 2, name="pool2")(x)
    x = b.conv(x, 384, 3, "conv3")
    x = b.conv(x, 384, 3, "conv4", groups=2)
    x = b.conv(x, 256, 3, "conv5", groups=2)
    x = layers.MaxPooling2D(3, 2, name="pool5")(x)
    x = layers.Flatten(name="flatten")(x)
    x = b.dense(b.dense(x, 4096, "fc6"), 4096, "fc7")
    return tf_keras.Model(image, b.dense(x, 1000, "fc8", "softmax"), name="alexnet")


def googlenet():
    """Szegedy et al. (2014), Inception v1, without the auxiliary classifiers."""
    b = Builder(3000)

    def pool(x, strides, name):
        return layers.MaxPooling2D(3, strides, "same", name=name)(x)

    def inception(x, name, one, reduce3, three, reduce5, five, projected):
        reduced3 = b.conv(x, reduce3, 1, f"{name}_3x3_reduce")
        reduced5 = b.conv(x, reduce5, 1, f"{name}_5x5_reduce")
        branches = [
            b.conv(x, one, 1, f"{name}_1x1"),
            b.conv(reduced3, three, 3, f"{name}_3x3"),
            b.conv(reduced5, five, 5, f"{name}_5x5"),
            b.conv(pool(x, 1, f"{name}_pool"), projected, 1, f"{name}_pool_proj"),
        ]
        return layers.Concatenate(name=f"{name}_output")(branches)

    image = layers.Input((224, 224, 3), name="image")
    x = pool(b.conv(image, 64, 7, "conv1_7x7_s2", strides=2), 2, "pool1_3x3_s2")
    x = LocalResponseNormalization(name="pool1_norm1")(x)
    x = b.conv(b.conv(x, 64, 1, "conv2_3x3_reduce"), 192, 3, "conv2_3x3")
    x = pool(LocalResponseNormalization(name="conv2_norm2")(x), 2, "pool2_3x3_s2")
    x = inception(x, "inception_3a", 64, 96, 128, 16, 32, 32)
    x = inception(x, "inception_3b", 128, 128, 192, 32, 96, 64)
    x = pool(x, 2, "pool3_3x3_s2")
    x = inception(x, "inception_4a", 192, 96, 208, 16, 48, 64)
    x = inception(x, "inception_4b", 160, 112, 224, 24, 64, 64)
    x = inception(x, "inception_4c", 128, 128, 256, 24, 64, 64)
    x = inception(x, "inception_4d", 112, 144, 288, 32, 64, 64)
    x = inception(x, "inception_4e", 256, 160, 320, 32, 128, 128)
    x = pool(x, 2, "pool4_3x3_s2")
    x = inception(x, "inception_5a", 256, 160, 320, 32, 128, 128)
    x = inception(x, "inception_5b", 384, 192, 384, 48, 128, 128)
    x = layers.GlobalAveragePooling2D(name="pool5_7x7_s1")(x)
    return tf_keras.Model(image, b.dense(x, 1000, "loss3_classifier", "softmax"), name="googlenet")


def mnist_cnn():
    """The small network of Keras' introductory example, with a dense layer before the last."""
    b = Builder(4000)
    image = layers.Input((28, 28, 1), name="image")
    x = b.conv(image, 32, 3, "conv1", padding="valid")
    x = layers.MaxPooling2D(name="pool1")(x)
    x = b.conv(x, 64, 3, "conv2", padding="valid")
    x = layers.MaxPooling2D(name="pool2")(x)
    x = b.dense(layers.Flatten(name="flatten")(x), 128, "dense1")
    return tf_keras.Model(image, b.dense(x, 10, "predictions", "softmax"), name="mnist_cnn")


def mlp():
    b = Builder(5000)
    image = layers.Input((784,), name="image")
    x = b.dense(b.dense(image, 512, "dense1"), 512, "dense2")
    return tf_keras.Model(image, b.dense(x, 10, "predictions", "softmax"), name="mlp")


def resnet20():
    """He et al. (2015) for 32² images, n = 3, with projected shortcuts."""
    b = Builder(6000)

    def block(x, filters, strides, name):
        shortcut = x
        if strides > 1:
            shortcut = b.normalized_conv(x, filters, 1, f"{name}_shortcut", strides)
        x = b.relu(b.normalized_conv(x, filters, 3, f"{name}_1", strides), f"{name}_1_relu")
        x = layers.Add(name=f"{name}_add")(
            [shortcut, b.normalized_conv(x, filters, 3, f"{name}_2")]
        )
        return b.relu(x, f"{name}_relu")

    image = layers.Input((32, 32, 3), name="image")
    x = b.relu(b.normalized_conv(image, 16, 3, "stem"), "stem_relu")
    for stage, filters in enumerate([16, 32, 64], start=1):
        for index in range(1, 4):
            x = block(x, filters, 2 if stage > 1 and index == 1 else 1, f"stage{stage}_{index}")
    x = layers.GlobalAveragePooling2D(name="pool")(x)
    return tf_keras.Model(image, b.dense(x, 10, "predictions", "softmax"), name="resnet20")
