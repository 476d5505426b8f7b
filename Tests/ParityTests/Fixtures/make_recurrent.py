"""Writes recurrent_keras2.h5 and recurrent_keras3.h5: recurrent layers and masks, by real Keras.

Each file has a JSON document with Keras' configuration and the shapes of what follows: weights,
inputs, outputs, and what Keras gave to the functions of the recurrent cells (`sites`, NaN where a
step is masked).

    pip install tensorflow-cpu==2.19 tf_keras==2.19 keras==3.15 h5py
    python make_recurrent.py
"""

import itertools
import json
import os

os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"

import h5py
import keras
import numpy as np
import tensorflow as tf
import tf_keras

STEPS = 5


def network(k):
    layers = k.layers
    x, ids = layers.Input((STEPS, 3), name="x"), layers.Input((STEPS,), name="ids")
    masked = layers.Masking(-1.0, name="masking")(x)
    both = layers.Bidirectional(layers.LSTM(2, return_sequences=True), name="bi_lstm")(masked)
    normal = layers.BatchNormalization(name="normal")(both)
    total = layers.Bidirectional(
        layers.GRU(2, reset_after=False, recurrent_activation="hard_sigmoid"),
        merge_mode="sum", name="bi_gru")(normal)
    # Keras turns the outputs round, and not their mask.
    backwards = layers.GRU(
        2, reset_after=True, go_backwards=True, return_sequences=True, name="backwards")(masked)
    last = layers.LSTM(2, name="last")(backwards)
    words = layers.Embedding(4, 2, mask_zero=True, name="words")(ids)
    simple = layers.SimpleRNN(2, activation="elu", return_sequences=True, name="simple")(words)
    dropped = layers.Dropout(0.5, name="dropped")(simple)
    dense = layers.TimeDistributed(layers.Dense(2, activation="tanh"), name="each")(dropped)
    average = layers.GlobalAveragePooling1D(name="average")(dense)
    joined = layers.Concatenate(name="joined")([masked, words])
    cell = layers.RNN(layers.GRUCell(2, use_bias=False), name="cell")(joined)
    encoded, h, c, back_h, back_c = layers.Bidirectional(
        layers.LSTM(2, return_state=True), name="encoder")(masked)
    decoded, *states = layers.LSTM(
        2, return_sequences=True, return_state=True, name="decoder")(
            words, initial_state=[h, back_c])
    again = layers.Bidirectional(
        layers.GRU(2, return_sequences=True), merge_mode="ave", name="both_states")(
            x, initial_state=[back_h, c])
    step, state = layers.SimpleRNN(2, return_state=True, name="plain_state")(
        x, initial_state=states[0])
    return k.Model(
        [x, ids],
        [both, total, backwards, last, average, cell, encoded, decoded, *states, again, step, state])


def samples():
    random = np.random.default_rng(5)
    x = random.uniform(-2, 2, (5, STEPS, 3)).astype("float32")
    ids = random.integers(1, 4, (5, STEPS)).astype("float32")
    for sample, steps in enumerate([[], [3, 4], [0, 1], [2], range(STEPS)]):
        x[sample, list(steps)] = -1
    for sample, steps in enumerate([[0], [4], [0, 1], [2, 4], []]):
        ids[sample, list(steps)] = 0
    x[1, 0, 1] = -1  # one value alone masks nothing
    return x, ids


def spy(cell, log):
    """Notes what the cell's functions are given, step by step."""

    def noting(function, names):
        calls = itertools.cycle(names)

        def call(x):
            log.setdefault(next(calls), []).append(np.array(x))
            return function(x)

        return call

    kind = type(cell).__name__
    if kind == "LSTMCell":
        cell.recurrent_activation = noting(
            cell.recurrent_activation, ["gate_i", "gate_f", "gate_o"])
        cell.activation = noting(cell.activation, ["gate_c", "cell"])
    elif kind == "GRUCell":
        cell.recurrent_activation = noting(cell.recurrent_activation, ["gate_z", "gate_r"])
        cell.activation = noting(cell.activation, ["gate_h"])
    else:
        cell.activation = noting(cell.activation, [""])


def recurrent_layers(model):
    for layer in model.layers:
        if hasattr(layer, "forward_layer"):
            yield layer.name + "/forward", layer.forward_layer
            yield layer.name + "/backward", layer.backward_layer
        elif hasattr(layer, "cell"):
            yield layer.name, layer


def bare(config):
    """The configuration without what matters in training alone."""
    if isinstance(config, dict):
        return {
            key: bare(value) for key, value in config.items()
            if not key.endswith(("_initializer", "_regularizer", "_constraint"))
            and key not in ("dtype", "build_config", "compile_config", "registered_name")
        }
    return [bare(value) for value in config] if isinstance(config, list) else config


def write(path, k, version):
    k.utils.set_random_seed(3)
    model = network(k)
    random = np.random.default_rng(7)
    model.set_weights(
        [random.uniform(0.1 if "variance" in w.name else -1.5, 1.5, w.shape) for w in model.weights])
    x, ids = samples()
    outputs = [np.array(y) for y in model([x, ids], training=False)]
    masks = {
        "joined": (x != -1).any(-1) & (ids != 0), "words": ids != 0, "x": (x != -1).any(-1),
        "none": ids == ids}
    if k is keras:  # masks are joined by "or" since
        masks["joined"] = (x != -1).any(-1) | (ids != 0)
    config = bare(json.loads(model.to_json()))
    sites = {}
    functions = {}
    for name, layer in recurrent_layers(model):
        functions[name] = log = {}
        layer._could_use_gpu_kernel = False  # Keras 2 would not call the cell
        spy(layer.cell, log)
    again = [np.array(y) for y in model([x, ids], training=False)]
    assert all(np.allclose(a, b, atol=1e-6) for a, b in zip(outputs, again))
    for name, layer in recurrent_layers(model):
        kind = {"cell": "joined", "simple": "words", "decoder": "words"}.get(name, "x")
        if name.startswith(("both_states", "plain_state")) or k is keras and name == "decoder":
            kind = "none"  # Keras 3 passes over the mask beside a state
        mask = masks[kind]
        for part, steps in functions[name].items():
            steps = steps[-STEPS:]  # Keras tries the first step once before
            values = np.stack(steps[::-1] if layer.go_backwards else steps, 1)
            sites[name + "/" + part if part else name] = np.where(mask[..., None], values, np.nan)

    weights = [
        (layer.name, np.array(weight.numpy())) for layer in model.layers
        for weight in layer.trainable_weights + layer.non_trainable_weights]
    document = json.dumps({
        "model": {key: config[key] for key in ("class_name", "config")},
        "version": version,
        "weights": [[name, list(values.shape)] for name, values in weights],
        "outputs": [list(output.shape) for output in outputs],
        "sites": list(sites),
    })
    with h5py.File(path, "w", libver=("v110", "v110")) as file:
        def put(name, arrays):
            flat = np.concatenate([np.ravel(array) for array in arrays])
            file.create_dataset(name, data=flat, compression=9)

        put("document", [np.frombuffer(document.encode(), "uint8")])
        file["x"], file["ids"] = x, ids
        put("weights", [values for _, values in weights])
        put("outputs", [output.astype("float32") for output in outputs])
        put("sites", [values.astype("float32") for values in sites.values()])
    print(path, os.path.getsize(path))


folder = os.path.dirname(os.path.abspath(__file__))
tf.config.run_functions_eagerly(True)
write(os.path.join(folder, "recurrent_keras2.h5"), tf_keras, tf_keras.__version__)
write(os.path.join(folder, "recurrent_keras3.h5"), keras, keras.__version__)
