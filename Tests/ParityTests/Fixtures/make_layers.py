"""Writes layers_keras2.h5 and layers_keras3.h5: one network each, with a layer for every trap that
the meaning of a layer's settings holds, and what real Keras computes for one sample; also
attention_keras2.h5 and attention_keras3.h5, for what attention may not see.

    python make_layers.py keras2      (tensorflow-cpu 2.19, tf_keras 2.19)
    python make_layers.py keras3      (tensorflow-cpu 2.19, keras 3.15)

Beside Keras' own content a file has the datasets `inputs`, `outputs` and `preactivations`, with all
tensors one after the other; `site_names` says which sites' pre-activations they are. Settings that
matter to training alone are left out of the architecture, to keep the files small.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["TF_ENABLE_ONEDNN_OPTS"] = "0"

import h5py
import numpy as np

GENERATION = sys.argv[1]
if GENERATION == "keras2":
    import tf_keras as keras
else:
    import keras

layers = keras.layers
random = np.random.default_rng(7)


def network():
    picture = keras.Input((4, 3, 4), name="picture")
    sequence = keras.Input((5, 6), name="sequence")
    other = keras.Input((4, 6), name="other")
    vector = keras.Input((6,), name="vector")
    p, s, t, v = picture, sequence, other, vector
    L = layers
    outputs = [
        L.Conv2DTranspose(3, 3, strides=2, padding="same", activation="tanh", name="ct_same")(p),
        L.MultiHeadAttention(
            2, 3, value_dim=2, use_bias=False, output_shape=5, name="heads_cross"
        )(s, value=t),
    ]
    if GENERATION == "keras2":
        outputs += [
            L.UpSampling2D((2, 3), interpolation="bilinear", name="up_bilinear")(p),
            L.Resizing(3, 7, interpolation="bilinear", name="resize_bilinear")(p),
            L.GroupNormalization(2, name="groups")(p),
            L.Dot(axes=(2, 2), name="dot")([s, t]),
            L.Attention(use_scale=True, name="attention")([s, t]),
            L.MultiHeadAttention(2, 3, name="heads_self")(s, s),
            L.Conv2DTranspose(2, (3, 2), strides=(2, 3), name="ct_valid")(p),
            L.Conv2DTranspose(2, 2, strides=3, use_bias=False, name="ct_gaps")(p),
            L.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=1, name="ct_output")(p),
            L.Conv2DTranspose(1, 4, strides=3, output_padding=(0, 2), name="ct_uneven")(p),
            L.Conv1DTranspose(2, 4, strides=3, padding="same", name="ct_line")(s),
            L.Resizing(7, 3, interpolation="nearest", name="resize_nearest")(p),
            L.GroupNormalization(-1, epsilon=0.1, scale=False, name="instances")(p),
            L.Dot(axes=-1, normalize=True, name="dot_unit")([s, t]),
            L.Dot(axes=(2, 1), name="dot_vector")([t, v]),
            L.AdditiveAttention(name="additive")([s, t]),
            # Keras 3 cannot run it on a processor.
            L.Conv2DTranspose(2, (4, 3), dilation_rate=2, padding="same", name="ct_dilated")(p),
            L.Resizing(5, 2, crop_to_aspect_ratio=True, name="resize_cropped")(p),
        ]
        import tensorflow as tf

        f = tf.nn.relu(1.5 - (p + p) * 2.0)
        f = tf.concat([f, p], axis=-1) / [1.0, 2, 3, 4, 5, 6, 7, 8]
        g = tf.math.reduce_mean(tf.transpose(f, [0, 2, 3, 1]), axis=1)
        h = tf.tanh(tf.sigmoid(tf.maximum(s, s * 0.5)) - s)
        h = 2.0 / (tf.math.multiply(h, h) + 1.0)
        outputs += [
            tf.reshape(f, [-1, 96]), g, h / tf.exp(s), tf.nn.softmax(s, axis=1),
            tf.nn.leaky_relu(s), tf.nn.gelu(s), tf.nn.elu(tf.nn.selu(tf.nn.softsign(s))),
            tf.minimum(tf.nn.relu6(s * 9.0), tf.math.rsqrt(tf.sqrt(h))),
        ]
    else:
        volume = L.Reshape((4, 3, 2, 2))(p)
        outputs += [
            L.LayerNormalization(axis=[1, 3], name="layer_axes")(p),
            L.UnitNormalization(axis=[1, 2], name="unit")(p),
            L.BatchNormalization(axis=1, name="batch_axis")(p),
            L.Normalization(axis=2, mean=[1.0, 2, 3], variance=[0.5, 1, 2], name="norm_axis")(p),
            L.Softmax(axis=1, name="softmax_axis")(p),
            L.PReLU(shared_axes=[2], name="prelu_shared")(p),
            L.ReLU(max_value=1.2, negative_slope=0.25, threshold=0.3, name="relu_threshold")(p),
            L.DepthwiseConv2D(3, depth_multiplier=2, padding="same", name="depthwise")(p),
            L.SeparableConv1D(3, 3, depth_multiplier=2, padding="same", name="separable")(s),
            L.EinsumDense(
                "abc,cde->abde", output_shape=(None, 2, 3), bias_axes="e", activation="relu",
                name="einsum_heads",
            )(s),
            L.EinsumDense("abc,bcd->ad", output_shape=2, bias_axes="d", name="einsum_sum")(s),
            L.EinsumDense("...x,xy->...y", output_shape=3, name="einsum_dots")(p),
            L.Multiply(name="multiply_ranks")([s, v]),
            L.Attention(score_mode="concat", use_scale=True, name="attention_concat")([s, t]),
            L.MultiHeadAttention(2, 3, name="heads_named")(query=s, value=t, key=t),
            L.RMSNormalization(name="root_mean_square")(p),
            L.LayerNormalization(rms_scaling=True, name="layer_scaling")(p),
            L.Softmax(axis=[1, 2], name="softmax_axes")(p),
            L.Conv3D(2, 2, padding="same", name="volume")(volume),
            L.Conv3DTranspose(2, (3, 2, 2), strides=2, padding="same", name="ct_volume")(volume),
            L.AveragePooling3D(2, padding="same", name="pool_volume")(volume),
            L.UpSampling3D((1, 2, 1), name="up_volume")(volume),
            L.EinsumDense("abc,bde->adec", output_shape=(2, 3, None), name="einsum_middle")(s),
            L.Resizing(5, 2, crop_to_aspect_ratio=True, name="resize_cropped")(p),
        ]
        ops = keras.ops
        f = ops.relu(1.5 - (p + p) * 2.0)
        f = ops.concatenate([f, p], axis=-1) / 3.0
        g = ops.mean(ops.transpose(f, [0, 2, 3, 1]), axis=1)
        h = ops.tanh(ops.sigmoid(ops.maximum(s, s * 0.5)) - s)
        h = 2.0 / (ops.multiply(h, h) + 1.0)
        outputs += [
            ops.reshape(f, [-1, 96]), g, h / ops.exp(s), ops.softmax(s, axis=1),
            ops.leaky_relu(s), ops.gelu(s), ops.elu(ops.selu(ops.softsign(s)), 0.5),
            ops.minimum(ops.relu6(s * 9.0), ops.rsqrt(ops.sqrt(h))), ops.silu(s),
            ops.log_sigmoid(ops.hard_sigmoid(ops.softplus(ops.hard_silu(s)))),
        ]
        outputs += [
            L.Activation(function, name=function)(s)
            for function in (
                "celu", "squareplus", "soft_shrink", "tanh_shrink", "sparse_plus",
                "sparse_sigmoid", "log_softmax",
            )
        ]
    return keras.Model([picture, sequence, other, vector], outputs, name=GENERATION)


def without_activation(layer, *inputs):
    kept, layer.activation = layer.activation, lambda x: x
    value = layer(*inputs)
    layer.activation = kept
    return value


def scores(layer, query, key):
    """The products of queries and keys of a MultiHeadAttention, by its own projections."""
    queries, keys = np.array(layer._query_dense(query)), np.array(layer._key_dense(key))
    return np.einsum("btnh,bsnh->bnts", queries / np.sqrt(3).astype(np.float32), keys)


def variance(x, axes, epsilon):
    return x.astype(np.float64).var(axis=axes, keepdims=True) + epsilon


def preactivations(model, p, s, t, v):
    layer = model.get_layer
    sites = {
        "ct_same/tanh": without_activation(layer("ct_same"), p),
        "heads_cross/softmax": scores(layer("heads_cross"), s, t),
    }
    if GENERATION == "keras2":
        sites |= {
            "groups/power": variance(p.reshape(1, 4, 3, 2, 2), (1, 2, 4), 1e-3),
            "attention/softmax": layer("attention")._calculate_scores(s, t),
            "heads_self/softmax": scores(layer("heads_self"), s, s),
            "instances/power": variance(p, (1, 2), 0.1),
            "additive/softmax": layer("additive")._calculate_scores(s, t),
            "additive/tanh": s[:, :, None] + t[:, None],
        }
    else:
        sites |= {
            "layer_axes/power": variance(p, (1, 3), 1e-3),
            "unit/power": (p.astype(np.float64) ** 2).sum((1, 2)),
            "softmax_axis/softmax": p.transpose(0, 2, 3, 1),
            "einsum_heads/relu": without_activation(layer("einsum_heads"), s),
            "attention_concat/softmax": layer("attention_concat")._calculate_scores(s, t),
            "heads_named/softmax": scores(layer("heads_named"), s, t),
            "root_mean_square/power": (p.astype(np.float64) ** 2).mean(-1) + 1e-6,
            "layer_scaling/power": variance(p, (3,), 1e-3),
            "softmax_axes/softmax": p.transpose(0, 3, 1, 2),
            "log_softmax/log_softmax": s,
        }
    return sites


def attention_network():
    sequence = keras.Input((5, 6), name="sequence")
    other = keras.Input((4, 6), name="other")
    nothing = keras.Input((4, 6), name="nothing")
    L = layers
    s, t, n = (L.Masking(name="seen_" + x.name)(x) for x in (sequence, other, nothing))
    masked = L.Attention(name="masked")([s, t])
    outputs = [
        L.Attention(use_scale=True, name="causal")([sequence, other], use_causal_mask=True),
        L.AdditiveAttention(name="causal_additive")([other, s], use_causal_mask=True),
        masked,
        L.GlobalAveragePooling1D(name="mean")(masked),
        # The mask is that of the values, not the keys'.
        L.Attention(name="masked_keys")([sequence, other, t]),
        L.Attention(name="masked_values")([sequence, t, other]),
        L.AdditiveAttention(name="blind")([sequence, n]),
        L.MultiHeadAttention(2, 3, name="heads_causal")(
            sequence, sequence, use_causal_mask=True),
    ]
    if GENERATION == "keras2":
        heads_masked = L.MultiHeadAttention(2, 3, name="heads_masked")(s, t)
        outputs += [
            heads_masked,
            L.GlobalAveragePooling1D(name="heads_mean")(heads_masked),
            L.MultiHeadAttention(2, 3, value_dim=2, name="heads_keys")(
                s, other, key=t, use_causal_mask=True),
            L.MultiHeadAttention(2, 3, name="heads_blind")(other, value=n),
        ]
    return keras.Model([sequence, other, nothing], outputs, name="attention")


def attention_preactivations(model, s, t, n):
    rows, columns = np.any(s != 0, -1), np.any(t != 0, -1)
    causal = np.tril(np.ones((1, 5, 5), bool))
    everything = np.ones((1, 5, 4), bool)

    def seen(name, query, key, mask):
        layer = model.get_layer(name)
        if name.startswith("heads"):
            values, mask = scores(layer, query, key), mask[:, None]
        else:
            values = np.array(layer._calculate_scores(query, key))
        return values[np.broadcast_to(mask, values.shape)]

    among = rows[:, :, None] & columns[:, None]
    return {
        name + "/softmax": seen(name, *rest)
        for name, *rest in [
            ("causal", s, t, causal[:, :, :4]),
            ("causal_additive", t, s, causal[:, :4] & rows[:, None]),
            ("masked", s, t, columns[:, None] & everything),
            ("masked_keys", s, t, everything),
            ("masked_values", s, t, columns[:, None] & everything),
            ("blind", s, n, ~everything),
            ("heads_causal", s, s, causal),
            ("heads_masked", s, t, among),
            ("heads_keys", s, t, among & causal[:, :, :4]),
            ("heads_blind", t, n, ~everything[:, :4]),
        ]
        if name in model.output_names
    }


def stripped(value):
    """The architecture without what only training reads."""
    if isinstance(value, list):
        return [stripped(element) for element in value]
    if not isinstance(value, dict):
        return value
    endings = (
        "_initializer", "_regularizer", "_constraint", "dtype", "build_config", "seed", "trainable",
        "registered_name",
    )
    # The module tells a function from a layer of the same name.
    return {
        k: stripped(x) for k, x in value.items()
        if not k.endswith(endings) and (k != "module" or x.startswith("keras.src.ops"))
    }


def copy_weights(source, target):
    """Copies the weights of Keras' legacy layout, under shorter names."""
    names = [n for n in source.attrs["layer_names"] if len(source[n].attrs["weight_names"])]
    target.attrs["layer_names"] = np.array(names, "S")
    for name in names:
        group = target.create_group(name)
        weights = source[name].attrs["weight_names"]
        group.attrs["weight_names"] = np.array([str(i) for i in range(len(weights))], "S")
        for i, weight in enumerate(weights):
            write(group, str(i), source[name][weight][()])


def write(group, name, values):
    """Writes numbers inside the dataset's header, which takes the least space."""
    values = np.array(values, np.float32)
    compact = h5py.h5p.create(h5py.h5p.DATASET_CREATE)
    compact.set_layout(h5py.h5d.COMPACT)
    space = h5py.h5s.create_simple(values.shape) if values.shape else h5py.h5s.create(0)
    dataset = h5py.h5d.create(group.id, name.encode(), h5py.h5t.IEEE_F32LE, space, compact)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, values)


def save(name, model, preactivations, hide=lambda *inputs: None):
    for layer in model.layers:
        # A moving variance must be positive.
        signs = [1] if layer.name == "batch_axis" else [-1, 1]
        layer.set_weights([
            random.uniform(0.1, 1, w.shape) * random.choice(signs, w.shape)
            for w in layer.get_weights()
        ])
    inputs = [random.normal(size=(1, *x.shape[1:])).astype(np.float32) for x in model.inputs]
    hide(*inputs)
    outputs = model.predict(inputs, verbose=0)
    model.save("whole.h5")
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), f"{name}_{GENERATION}.h5")
    with h5py.File("whole.h5") as whole, h5py.File(path, "w", libver=("v110", "v110")) as file:
        copy_weights(whole["model_weights"], file.create_group("model_weights"))
        file.attrs["keras_version"] = whole.attrs["keras_version"]
        config = stripped(json.loads(whole.attrs["model_config"]))
        file.attrs["model_config"] = json.dumps(config, separators=(",", ":"))
        file["inputs"] = np.concatenate([x.ravel() for x in inputs])
        tensors = np.concatenate([y.ravel() for y in outputs])
        file.create_dataset("outputs", data=tensors, compression=9, shuffle=True)
        sites = preactivations(model, *inputs)
        file.attrs["site_names"] = np.array(list(sites), "S")
        file["preactivations"] = np.concatenate([np.ravel(x) for x in sites.values()], dtype="f4")
    os.remove("whole.h5")
    print(path, os.path.getsize(path), "bytes,", len(outputs), "outputs")


def hide(s, t, n):
    s[:, 3:], t[:, 1], n[:] = 0, 0, 0


keras.utils.set_random_seed(7)
save("layers", network(), preactivations)
save("attention", attention_network(), attention_preactivations, hide)
