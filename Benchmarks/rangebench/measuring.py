"""Interleaved rounds, and the ratios of what they took."""

import json
from statistics import median

from rangebench.contenders import OurRun, PeerJob, Worker

STREAMS = (1, 2)


class Bench:
    """A workload's contenders, each prepared with its fastest settings."""

    def __init__(self, workload):
        self.workload = workload
        self.workers = {}
        self.file = workload.folder / "settings.json"
        self.remembered = json.loads(self.file.read_text()) if self.file.exists() else {}

    def peer(self, key, peer, job, streams=(1,)):
        if peer not in self.workers:
            self.workers[peer] = Worker(peer, self.workload)
        entry = PeerJob(key, self.workers[peer], job, self.workload.batches, streams)
        entry.tune(self.remembered.get(key))
        self.remembered[key] = entry.settings
        self.file.write_text(json.dumps(self.remembered, indent=1))
        return entry

    def bare(self):
        """What the goals are about: ours with and without recording, and the engines alone."""
        return [
            OurRun("profile", self.workload, recording=True),
            OurRun("no-record", self.workload, recording=False),
            OurRun("half", self.workload, recording=True, samples=self.workload.samples // 2),
            OurRun("half-no-record", self.workload, False, self.workload.samples // 2),
            self.peer("ONNX Runtime", "onnxruntime", "Bare", STREAMS),
            self.peer("OpenVINO", "openvino", "Bare", STREAMS),
        ]

    def close(self):
        for worker in self.workers.values():
            worker.close()


def rounds(contenders, count):
    """Contender → its seconds in each round; all take turns, A B C A B C …"""
    seconds = {contender.key: [] for contender in contenders}
    for contender in contenders:
        contender.run()
    for _ in range(count):
        for contender in contenders:
            seconds[contender.key].append(contender.run())
    return seconds


def ratio(numerators, denominators):
    """Median, least and greatest of the rounds' ratios."""
    ratios = [a / b for a, b in zip(numerators, denominators)]
    return median(ratios), min(ratios), max(ratios)
