"""Measures Rangefinder against its peers; README.md says how to use it."""

import argparse
import subprocess
import sys

from rangebench import agreement, contenders, machine, memory, quality, results, tables, workloads
from rangebench.workers import Workers

PARTS = ("agreement", "bare", "recorders", "collectors", "memory", "quality")
MARKERS = ("<!-- results -->\n", "<!-- end of results -->\n")


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workloads", nargs="*", help="all that are there, if none is named")
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--parts", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--write", action="store_true", help="put the tables into README.md")
    return parser.parse_args()


def prepare(workload):
    if workload.onnx.exists():
        return
    say(f"making {workload.title}")
    workload.folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "rangebench.preparation", workload.name]
    with open(workload.folder / "preparation.log", "w") as log:
        subprocess.run(command, check=True, cwd=workloads.ROOT / "Benchmarks", stderr=log)


def measure(workload, part, rounds):
    say(f"{workload.title}: {part}")
    with Workers(workload) as workers:
        match part:
            case "agreement":
                return agreement.check(workload, workers)
            case "memory":
                return memory.peaks(workload)
            case "quality":
                return quality.compare(workload, workers)
            case _:
                entrants = getattr(contenders, part)(workload, workers)
                return contenders.rounds(workload, entrants, rounds)


def write(page):
    """Puts the tables between the markers of README.md."""
    readme = workloads.ROOT / "Benchmarks/README.md"
    before, rest = readme.read_text().split(MARKERS[0])
    after = rest.split(MARKERS[1])[1]
    readme.write_text(f"{before}{MARKERS[0]}{page}{MARKERS[1]}{after}")


def say(text):
    print(f"{text} …", file=sys.stderr, flush=True)


def main():
    options = arguments()
    for workload in workloads.chosen(options.workloads):
        prepare(workload)
        for part in options.parts:
            results.save(workload, **{part: measure(workload, part, options.rounds)})
    page = f"On {machine.description()}:\n\n{tables.page()}\n"
    print(page)
    if options.write:
        write(page)


if __name__ == "__main__":
    main()
