"""OpenVINO, forced to float32: left to itself it computes in bfloat16 where the processor can."""

import numpy as np
import onnx
import openvino

from rangebench import inputs
from rangebench.sites import sites

THREADS = 2


def compiled(workload, batch, streams, recording=False):
    core = openvino.Core()
    model = core.read_model(workload.onnx)
    if recording:
        model.add_outputs(list(sites(onnx.load(workload.onnx).graph).values()))
    model.reshape([batch, *list(model.inputs[0].partial_shape)[1:]])
    settings = {
        "INFERENCE_PRECISION_HINT": "f32",
        "INFERENCE_NUM_THREADS": THREADS,
        "NUM_STREAMS": streams,
    }
    return core.compile_model(model, "CPU", settings)


class Bare:
    def __init__(self, workload, batch, streams):
        self.queue = openvino.AsyncInferQueue(compiled(workload, batch, streams), streams)
        self.parts = inputs.batches(inputs.channels_first(workload), batch)

    def run(self):
        for part in self.parts:
            self.queue.start_async([part], share_inputs=True)
        self.queue.wait_all()


def preactivations(workload, count):
    """Site → values, channels last."""
    network = compiled(workload, count, 1, recording=True)
    result = network([inputs.channels_first(workload, count)])
    return {
        site: np.moveaxis(result[network.output(tensor)], 1, -1)
        for site, tensor in sites(onnx.load(workload.onnx).graph).items()
    }
