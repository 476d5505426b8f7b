"""Keras (TensorFlow): its own inference loop, and what one writes by hand with it today."""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np
import tensorflow as tf
import tf_keras

from rangebench import inputs
from rangebench.histogram import BINS
from rangebench.networks import LocalResponseNormalization

tf.config.threading.set_intra_op_parallelism_threads(2)


def _model(workload):
    known = {"LocalResponseNormalization": LocalResponseNormalization}
    return tf_keras.models.load_model(workload.model, known, compile=False)


def _preactivations(model):
    """Site → tensor, of the nonlinearities that are layers of their own."""
    return {
        f"{layer.name}/{layer.activation.__name__}": layer.input
        for layer in model.layers
        if isinstance(layer, tf_keras.layers.Activation)
    }


class Bare:
    """`predict`."""

    def __init__(self, workload, batch):
        self.model, self.batch = _model(workload), batch
        self.x = inputs.channels_last(workload)

    def run(self):
        self.model.predict(self.x, self.batch, verbose=0)


class Histograms(Bare):
    """A model whose outputs are all pre-activations, its `predict`, and `numpy.histogram`."""

    def __init__(self, workload, batch):
        super().__init__(workload, batch)
        outputs = list(_preactivations(self.model).values())
        self.model = tf_keras.Model(self.model.input, outputs)

    def run(self):
        for values in self.model.predict(self.x, self.batch, verbose=0):
            np.histogram(values, BINS)


def preactivations(workload, count):
    """Site → values, channels last."""
    model = _model(workload)
    tensors = _preactivations(model)
    values = tf_keras.Model(model.input, list(tensors.values()))(
        inputs.channels_last(workload, count), training=False
    )
    return {site: value.numpy() for site, value in zip(tensors, values)}
