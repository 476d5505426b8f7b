"""Measures Rangefinder against its peers; README.md says how to use it."""

import argparse
import subprocess
import sys
from statistics import median

from rangebench import workloads
from rangebench.measuring import Bench, ratio, rounds


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workloads", nargs="*", help="all if none is named")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--prepare", action="store_true", help="only make the files")
    return parser.parse_args()


def prepare(workload):
    if workload.onnx.exists():
        return
    print(f"making {workload.title} …", file=sys.stderr)
    workload.folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "rangebench.preparation", workload.name]
    with open(workload.folder / "preparation.log", "w") as log:
        subprocess.run(command, check=True, cwd=workloads.ROOT / "Benchmarks", stderr=log)


def measure(workload, count):
    bench = Bench(workload)
    seconds = rounds(bench.bare(), count)
    bench.close()
    for name, half in (("profile", "half"), ("no-record", "half-no-record")):
        # Twice what the second half of the samples took: no process start, no loading.
        seconds[f"{name} run"] = [2 * (a - b) for a, b in zip(seconds[name], seconds.pop(half))]
    print(f"\n{workload.title}")
    for key, values in seconds.items():
        settings = bench.remembered.get(key, "")
        print(f"  {key:18} {median(values):8.3f} s  {min(values):.3f}–{max(values):.3f} {settings}")
    fastest = min(("ONNX Runtime", "OpenVINO"), key=lambda key: median(seconds[key]))
    for a, b in (
        ("profile", fastest),
        ("profile run", fastest),
        ("no-record run", fastest),
        ("profile run", "no-record run"),
    ):
        middle, least, most = ratio(seconds[a], seconds[b])
        print(f"  {a} / {b}: {middle:.2f} ({least:.2f}–{most:.2f})", flush=True)


def main():
    options = arguments()
    for workload in workloads.chosen(options.workloads):
        prepare(workload)
        if not options.prepare:
            measure(workload, options.rounds)


if __name__ == "__main__":
    main()
