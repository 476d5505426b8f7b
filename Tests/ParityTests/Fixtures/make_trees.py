"""Writes trees_<writer>.keras: one network in the tree layout of Keras 3, with a layer for every
trap that the paths in the tree hold, and trees.h5 with what Keras computes for it.

    python make_trees.py keras3_15     (tensorflow-cpu 2.21, keras 3.15.1), writes trees.h5 too
    python make_trees.py keras3_3      (tensorflow-cpu 2.21, keras 3.3.3)
    python make_trees.py keras2_15     (tensorflow-cpu 2.15.1)

The weights are the same for all; the files are packed, for most of an HDF5 file is empty space.
"""

import os
import sys
import zipfile

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import h5py
import keras
import numpy as np

WRITER = sys.argv[1]
L = keras.layers


def network():
    picture, sequence = keras.Input((6, 6, 3), name="picture"), keras.Input((5, 4), name="sequence")
    # Names that are the paths of others, with equal shapes.
    p = L.Conv2D(3, 3, padding="same", activation="relu", name="conv2d_1")(picture)
    p = L.Conv2D(3, 3, padding="same", activation="tanh", name="conv2d_2")(p)
    p = L.Conv2D(3, 3, padding="same", name="conv2d")(p)
    p = L.BatchNormalization(name="dense")(p)
    p = L.Dropout(0.5)(p)
    p = L.SpatialDropout2D(0.5)(p)
    # A model with models inside, called twice, with a layer of the outer model's class.
    x = keras.Input((6, 6, 3))
    inner = keras.Sequential(
        [L.SeparableConv2D(3, 3, padding="same"), L.BatchNormalization(scale=False), L.PReLU()],
        name="inner")
    tower = keras.Model(x, L.Conv2D(3, 1, name="last")(inner(x)), name="tower")
    p = L.Add()([tower(p), tower(picture)])
    p = L.Dense(4, name="batch_normalization")(L.GlobalAveragePooling2D()(p))

    s = L.GaussianNoise(0.1)(sequence)
    s = L.Bidirectional(L.LSTM(3, return_sequences=True, dropout=0.2), name="both")(s)
    s = L.TimeDistributed(L.Dense(4, activation="relu"), name="each")(s)
    s = L.MultiHeadAttention(2, 3, dropout=0.1, name="heads")(s, s)
    s = L.LayerNormalization(name="normal")(s)
    s = L.Bidirectional(
        L.GRU(2, return_sequences=True),
        backward_layer=L.SimpleRNN(2, return_sequences=True, go_backwards=True),
        merge_mode="sum", name="two_kinds")(s)
    s = L.GRU(4, recurrent_dropout=0.2, name="gru_1")(s)
    v = L.Dense(4, activation="sigmoid", name="dense_1")(L.Concatenate()([p, s]))
    return keras.Model([picture, sequence], [L.Dense(2, name="dense_2")(v), p])


model = network()
random = np.random.default_rng(5)
model.set_weights([random.uniform(0.1, 0.9, w.shape) - 0.4 * (w.ndim > 1) for w in model.get_weights()])
name = f"trees_{WRITER}.keras"
model.save("whole.keras")
with zipfile.ZipFile("whole.keras") as whole, zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as z:
    for member in ("config.json", "metadata.json", "model.weights.h5"):
        z.writestr(zipfile.ZipInfo(member), whole.read(member), zipfile.ZIP_DEFLATED, 9)
os.remove("whole.keras")

inputs = [random.uniform(-1, 1, (1, *i.shape[1:])).astype("f") for i in model.inputs]
outputs = [np.asarray(o) for o in model(inputs, training=False)]
print(WRITER, keras.__version__, *[o.ravel()[:3] for o in outputs], os.path.getsize(name))
if WRITER == "keras3_15":
    with h5py.File("trees.h5", "w") as f:
        for key, tensors in (("inputs", inputs), ("outputs", outputs)):
            f[key] = np.concatenate([t.ravel() for t in tensors]).astype("f")
