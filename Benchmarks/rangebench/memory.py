"""How much memory a run takes, by the operating system's account of its processes."""

import os
import subprocess
import threading
import time
from pathlib import Path

from rangebench.contenders import OurRun
from rangebench.workloads import TIMES


def peaks(workload):
    """Megabytes at 1, 2 and 4 times the samples: the program's own, and all processes together."""
    return [peak(OurRun("", workload, recording=True, times=times).command) for times in TIMES]


def peak(command):
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    together = 0
    done = threading.Event()

    def watch():
        nonlocal together
        while not done.wait(0.02):
            together = max(together, sum(map(share, family(process.pid))))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, status, usage = os.wait4(process.pid, 0)
    done.set()
    watcher.join()
    if status:
        raise SystemExit(f"failed: {command}")
    return {"process": usage.ru_maxrss / 1024, "together": together / 1024}


def family(pid):
    """A process and its children."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *map(int, children)]


def share(pid):
    """A process' kilobytes, of shared pages its share."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
