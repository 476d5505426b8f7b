"""The peers' processes."""

import json
import subprocess
import sys

from rangebench.workloads import ROOT


class Worker:
    """A process that imports one peer and runs its jobs."""

    def __init__(self, peer, workload):
        self.log = workload.folder / f"{peer}.log"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rangebench.worker", peer, workload.name],
            cwd=ROOT / "Benchmarks",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=open(self.log, "w"),
            text=True,
        )

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"error: a peer's process ended; {self.log} says why")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class Workers:
    """A workload's workers, started when they are first asked for."""

    def __init__(self, workload):
        self.workload = workload
        self.started = {}

    def __enter__(self):
        return self

    def __exit__(self, *error):
        for worker in self.started.values():
            worker.close()

    def __getitem__(self, peer):
        if peer not in self.started:
            self.started[peer] = Worker(peer, self.workload)
        return self.started[peer]
