"""Writes a workload's files: `python -m rangebench.preparation NAME`."""

import os
import shutil
import sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import h5py
import numpy as np
import tf_keras

from rangebench import networks, onnx_export, workloads


def write_inputs(path, shape, count):
    """Uniform in [-1, 1), sample by sample from one seed."""
    random = np.random.default_rng(7)
    with h5py.File(path, "w") as file:
        x = file.create_dataset("x", (count, *shape), "f4")
        step = max(1, count // 64)
        for start in range(0, count, step):
            part = min(step, count - start)
            x[start : start + part] = random.random((part, *shape), np.float32) * 2 - 1


def prepare(workload):
    if workload.name == "mobilenet":
        shutil.copy(workloads.mobilenet_file(), workload.model)
        model = tf_keras.models.load_model(workload.model, compile=False)
    else:
        model = getattr(networks, workload.name)()
        model.save(workload.model)
    for times in workloads.TIMES:
        write_inputs(workload.data(times), model.input_shape[1:], times * workload.samples)
    onnx_export.export(model, workload.onnx)


if __name__ == "__main__":
    prepare(next(w for w in workloads.ALL if w.name == sys.argv[1]))
