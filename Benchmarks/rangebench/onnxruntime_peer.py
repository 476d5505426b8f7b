"""ONNX Runtime: two threads in one session, or two sessions' worth of single threads."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import onnx
import onnxruntime
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod
from onnxruntime.quantization.calibrate import create_calibrator

from rangebench import inputs
from rangebench.histogram import BINS, histograms, ranges
from rangebench.sites import sites

THREADS = 2


def session(workload, batch, threads, recording=False):
    """A session and the names of its outputs: the last layer's, or every pre-activation."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_free_dimension_override_by_name("N", batch)
    if not recording:
        return onnxruntime.InferenceSession(str(workload.onnx), options), None
    model = onnx.load(workload.onnx)
    outputs = list(sites(model.graph).values())
    values = {value.name: value for value in model.graph.value_info}
    model.graph.output.extend(values[name] for name in outputs)
    return onnxruntime.InferenceSession(model.SerializeToString(), options), outputs


class Bare:
    recording = False

    def __init__(self, workload, batch, streams):
        self.session, self.outputs = session(workload, batch, THREADS // streams, self.recording)
        self.input = self.session.get_inputs()[0].name
        self.parts = inputs.batches(inputs.channels_first(workload), batch)
        self.pool = ThreadPoolExecutor(streams)

    def forward(self, part):
        return self.session.run(self.outputs, {self.input: part})

    def run(self):
        for _ in self.pool.map(self.forward, self.parts):
            pass


class Histograms(Bare):
    """All pre-activations as outputs, each batch into `numpy.histogram`, ranges given."""

    recording = True

    def __init__(self, workload, batch, streams):
        super().__init__(workload, batch, streams)
        self.ranges = ranges(self.forward(part) for part in self.parts)

    def record(self, part):
        return histograms(self.forward(part), self.ranges)

    def run(self):
        total = 0
        for counts in self.pool.map(self.record, self.parts):
            total += np.stack(counts)


class Calibration:
    """The percentile calibration that comes with ONNX Runtime; it sees what enters and leaves."""

    def __init__(self, workload, batch):
        self.parts = inputs.batches(inputs.channels_first(workload), batch)
        self.calibrator = create_calibrator(
            workload.onnx,
            ["Relu", "Softmax"],
            str(workload.folder / "augmented.onnx"),
            CalibrationMethod.Percentile,
            extra_options={"symmetric": False, "num_bins": BINS, "percentile": 99.99},
        )

    def run(self):
        self.calibrator.collect_data(Parts(self.calibrator, self.parts))
        self.calibrator.compute_data()
        self.calibrator.clear_collected_data()
        self.calibrator.collector = None


class Parts(CalibrationDataReader):
    def __init__(self, calibrator, parts):
        name = calibrator.infer_session.get_inputs()[0].name
        self.feeds = iter([{name: part} for part in parts])

    def get_next(self):
        return next(self.feeds, None)


def preactivations(workload, count):
    """Site → values, channels last."""
    run, outputs = session(workload, count, THREADS, recording=True)
    tensors = run.run(outputs, {run.get_inputs()[0].name: inputs.channels_first(workload, count)})
    names = sites(onnx.load(workload.onnx).graph)
    return {name: np.moveaxis(tensor, 1, -1) for name, tensor in zip(names, tensors)}
