"""Who takes part in the rounds: our program, and jobs in the peers' processes."""

import itertools
import json

from rangebench import program

STREAMS = (1, 2)


class OurRun:
    """Our program, a process a run."""

    def __init__(self, key, workload, recording):
        self.key, self.workload, self.recording = key, workload, recording

    def prepare(self, remembered):
        """Our program chooses its settings itself."""

    def run(self):
        """Seconds of the run itself, as the program counts them, and of the whole process."""
        seconds, whole = program.timed(self.workload, self.recording)
        return {self.key: seconds, f"{self.key}, whole process": whole}


class PeerJob:
    """One way of using a peer, with the fastest of the settings that it may choose from."""

    def __init__(self, key, worker, job, batches, streams=None):
        self.key, self.worker, self.job = key, worker, job
        self.candidates = [{"batch": batch} for batch in batches]
        if streams:
            self.candidates = [
                {**settings, "streams": count}
                for settings, count in itertools.product(self.candidates, streams)
            ]

    def prepare(self, remembered):
        """Prepares the job with what was fastest, now or, if known, in an earlier run."""
        settings = remembered.get(self.key)
        if settings not in self.candidates:
            settings = self.candidates[0]
            if len(self.candidates) > 1:
                settings = min(self.candidates, key=self.least_seconds)
            remembered[self.key] = settings
        self.worker.ask(prepare=self.job, settings=settings)

    def least_seconds(self, settings):
        self.worker.ask(prepare=self.job, settings=settings)
        first = self.seconds()
        return first if first > 1 else min(first, self.seconds())

    def seconds(self):
        return self.worker.ask(run=self.job)["seconds"]

    def run(self):
        return {self.key: self.seconds()}


def bare(workload, workers):
    """Ours with and without recording, and the fastest engines, which record nothing.

    Each of ours follows a peer: where the host takes memory back that nobody uses, a process that
    starts when another one has just ended finds memory that is there already.
    """
    return [
        OurRun("profile", workload, recording=True),
        PeerJob("ONNX Runtime", workers["onnxruntime"], "Bare", workload.batches, STREAMS),
        OurRun("bare", workload, recording=False),
        PeerJob("OpenVINO", workers["openvino"], "Bare", workload.batches, STREAMS),
    ]


def recorders(workload, workers):
    """PyTorch, and what records as it goes."""
    torch, runtime = workers["torch"], workers["onnxruntime"]
    return [
        OurRun("profile", workload, recording=True),
        PeerJob("PyTorch", torch, "Bare", workload.batches),
        PeerJob("PyTorch + extremes", torch, "Extremes", workload.batches),
        PeerJob("PyTorch + histc", torch, "Histc", workload.batches),
        PeerJob("PyTorch + HistogramObserver", torch, "Observers", workload.batches),
        PeerJob("ONNX Runtime + NumPy", runtime, "Histograms", workload.batches, STREAMS[1:]),
    ]


def collectors(workload, workers):
    """Keras, and what keeps every pre-activation first; too slow to try several batches."""
    batch = workload.batches[len(workload.batches) // 2 : len(workload.batches) // 2 + 1]
    return [
        OurRun("profile", workload, recording=True),
        PeerJob("Keras", workers["keras"], "Bare", workload.batches),
        PeerJob("Keras by hand", workers["keras"], "Histograms", batch),
        PeerJob("ONNX Runtime calibration", workers["onnxruntime"], "Calibration", batch),
    ]


def rounds(workload, contenders, count):
    """Contender → its seconds in each round; all take turns, A B C A B C …"""
    file = workload.folder / "settings.json"
    remembered = json.loads(file.read_text()) if file.exists() else {}
    for contender in contenders:
        contender.prepare(remembered)
        file.write_text(json.dumps(remembered, indent=1))
        contender.run()
    results = [
        {key: s for contender in contenders for key, s in contender.run().items()}
        for _ in range(count)
    ]
    return {key: [result[key] for result in results] for key in results[0]}
