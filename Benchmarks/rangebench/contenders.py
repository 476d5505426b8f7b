"""Who is measured: our program, and jobs in the peers' processes."""

import itertools
import json
import subprocess
import sys
import time

from rangebench.workloads import CACHE, ROOT

PROGRAM = ROOT / ".build/release/rangefinder"


class Worker:
    """A peer's process."""

    def __init__(self, peer, workload):
        self.name = peer
        log = open(workload.folder / f"{peer}.log", "w")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rangebench.worker", peer, workload.name],
            cwd=ROOT / "Benchmarks",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        )

    def ask(self, **request):
        self.process.stdin.write(json.dumps(request) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise SystemExit(f"{self.name} failed: see its .log in the cache")
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


class PeerJob:
    """One way of using a peer, with the fastest of the settings that it may choose from."""

    def __init__(self, key, worker, job, batches, streams=(1,)):
        self.key, self.worker, self.job = key, worker, job
        self.candidates = [
            {"batch": batch, **({"streams": count} if streams != (1,) else {})}
            for batch, count in itertools.product(batches, streams)
        ]

    def tune(self, remembered, attempts=3):
        """Prepares the job with what was fastest, now or, if known, in an earlier run."""
        self.settings = remembered
        if self.settings not in self.candidates:
            seconds = []
            for candidate in self.candidates:
                self.worker.ask(prepare=self.job, settings=candidate)
                seconds.append(min(self.run() for _ in range(attempts)))
            self.settings = self.candidates[seconds.index(min(seconds))]
        self.worker.ask(prepare=self.job, settings=self.settings)

    def run(self):
        return self.worker.ask(run=self.job)["seconds"]


class OurRun:
    """Our program, a process a run."""

    def __init__(self, key, workload, recording, samples=None, times=1):
        self.key = key
        self.settings = {}
        output = ["-o", str(CACHE / "profile.h5"), "--json"] if recording else ["--no-record"]
        limit = ["--samples", str(samples)] if samples else []
        self.command = [
            *[PROGRAM, "profile", workload.model, "--data", workload.data(times)],
            *[*output, *limit, "--quiet"],
        ]

    def run(self):
        start = time.perf_counter()
        subprocess.run(self.command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start
