"""Our program."""

import json
import os
import subprocess
import time

from rangebench.workloads import CACHE, ROOT

PROGRAM = os.environ.get("RANGEFINDER", ROOT / ".build/release/rangefinder")
# What a run is charged with. Peers are not charged with reading and compiling the network either.
PHASES = ("running it", "writing what was seen")


def command(workload, recording=True, times=1, samples=None):
    """The command that profiles the workload, on some of its samples or several times as many."""
    output = ["-o", CACHE / "profile.h5"] if recording else ["--no-record"]
    limit = ["--samples", str(samples)] if samples else []
    data = ["--data", workload.data(times), *limit]
    return [PROGRAM, "profile", workload.model, *data, *output, "--json", "--quiet"]


def profile(workload, **settings):
    """What it says of every site: site → its record."""
    sites = json.loads(_output(command(workload, **settings)))["sites"]
    return {site["site"]: site for site in sites}


def timed(workload, recording):
    """Seconds of the run itself and of the whole process."""
    start = time.perf_counter()
    answer = json.loads(_output([*command(workload, recording), "--timings"]))
    whole = time.perf_counter() - start
    phases = answer.get("timings", answer)["phases"]
    return sum(p["seconds"] for p in phases if p["phase"] in PHASES), whole


def _output(command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout
