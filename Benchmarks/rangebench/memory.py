"""How much memory a profile takes, by the operating system's account of its processes.

`python -m rangebench.memory COMMAND …` measures one command, from a process that is small itself:
the account of a process begins with what its parent has.
"""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

from rangebench import program
from rangebench.workloads import ROOT, TIMES


def peaks(workload):
    """Megabytes at 1, 2 and 4 times the samples: the largest process, and all together."""
    measure = [sys.executable, "-m", "rangebench.memory"]
    commands = [measure + program.command(workload, times=times) for times in TIMES]
    return [json.loads(subprocess.check_output(c, cwd=ROOT / "Benchmarks")) for c in commands]


def _peak(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    together = [0]
    done = threading.Event()

    def watch():
        while not done.wait(0.02):
            together.append(sum(map(_share, _family(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    done.set()
    watcher.join()
    if status:
        raise SystemExit(f"error: failed: {' '.join(command)}")
    return {"process": usage.ru_maxrss / 1024, "together": max(together) / 1024}


def _family(pid):
    """A process and its children, those of all its threads."""
    children = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children += map(int, file.read_text().split())
        except OSError:
            pass  # the thread has just ended
    return [pid, *children]


def _share(pid):
    """A process' kilobytes in memory; of pages that it shares with others, its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


if __name__ == "__main__":
    print(json.dumps(_peak(sys.argv[1:])))
