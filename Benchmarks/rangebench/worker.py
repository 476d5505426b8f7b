"""A peer's process, which lives as long as the benchmark: `python -m rangebench.worker PEER NAME`.

Reads requests as lines of JSON and answers each with one. Importing, compiling and reading the
inputs happen when a job is prepared, and are not timed.
"""

import importlib
import json
import os
import sys
import time

import numpy as np

from rangebench import workloads


def answers(peer, workload, requests):
    jobs = {}
    for request in requests:
        match request:
            case {"prepare": name, "settings": settings}:
                jobs.pop(name, None)
                jobs[name] = getattr(peer, name)(workload, **settings)
                yield {}
            case {"run": name}:
                start = time.perf_counter()
                jobs[name].run()
                yield {"seconds": time.perf_counter() - start}
            case {"preactivations": path, "count": count}:
                np.savez(path, **peer.preactivations(workload, count))
                yield {}


def main():
    # Libraries print what they like; only answers go where requests come from.
    replies = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    peer = importlib.import_module(f"rangebench.{sys.argv[1]}_peer")
    workload = next(w for w in workloads.ALL if w.name == sys.argv[2])
    for answer in answers(peer, workload, map(json.loads, sys.stdin)):
        print(json.dumps(answer), file=replies, flush=True)


if __name__ == "__main__":
    main()
