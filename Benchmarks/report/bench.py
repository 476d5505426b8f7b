"""How large a report of many sites is, and how long it takes to make and to open.

    bench.py --program .build/release/rangefinder [--sites 200] [--inputs 2000] [--rounds 7]
"""

import argparse
import json
import pathlib
import resource
import statistics
import subprocess
import time

from browser import Chromium
from network import write_network, write_pictures

# Bytes, seconds to make a report, and to open it.
GOALS = (2_000_000, 2.0, 1.0)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--program", default=".build/release/rangefinder")
    parser.add_argument("--folder", default=".build/bench-report")
    parser.add_argument("--sites", type=int, default=200)
    parser.add_argument("--inputs", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    folder = pathlib.Path(options.folder) / f"{options.sites}-{options.inputs}"
    parts = prepare(options, folder)
    command = [options.program, "report", *parts, "-o", folder / "report", "--data",
               f"{folder}/data.h5:/x", "--quiet"]
    made = [measured(command) for _ in range(options.rounds)]
    page = folder / "report/index.html"
    with Chromium() as browser:
        opened = [browser.load(page) for _ in range(options.rounds)]
    check_distinct(parts[1])

    print(f"{options.sites} sites, {options.inputs} inputs; medians of {options.rounds} rounds, "
          "the slowest in brackets")
    size = page.stat().st_size
    print(f"  index.html     {size:,} bytes (at most {GOALS[0]:,})")
    print(f"  report.json    {(folder / 'report/report.json').stat().st_size:,} bytes")
    wall = said("rangefinder report", [wall for wall, _ in made], GOALS[1])
    said("its processors", [cpu for _, cpu in made])
    load = said("load event", [load for load, _ in opened], GOALS[2])
    said("first content", [paint for _, paint in opened])
    missed = [size > GOALS[0], wall > GOALS[1], load > GOALS[2]]
    raise SystemExit("a goal is missed" if any(missed) else 0)


def prepare(options, folder):
    """The profile and what is made of it; they are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    profile, ranges, polynomials, verification = (
        folder / name
        for name in ("p.profile.h5", "ranges.json", "polynomials.json", "verification.json"))
    if not profile.exists():
        write_network(folder / "model.h5", options.sites)
        write_pictures(folder / "data.h5", options.inputs)
        run(options, "profile", folder / "model.h5", "--data", f"{folder}/data.h5:/x",
            "-o", profile)
    run(options, "recommend", profile, "-o", ranges)
    run(options, "fit", ranges, "-o", polynomials)
    run(options, "verify", folder / "model.h5", "--data", f"{folder}/data.h5:/x",
        "--polynomials", polynomials, "-o", verification)
    return [profile, ranges, polynomials, verification]


def run(options, *arguments):
    subprocess.run(
        [options.program, *arguments, "--quiet"], check=True, stdout=subprocess.DEVNULL)


def measured(command):
    """Seconds of a command, and of its processors, its children's included."""
    def spent():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    start, before = time.monotonic(), spent()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - start, spent() - before


def said(what, seconds, goal=None):
    middle = statistics.median(seconds)
    allowed = f" (at most {goal:g})" if goal else ""
    print(f"  {what:<22} {middle:.2f} s [{max(seconds):.2f}]{allowed}")
    return middle


def check_distinct(ranges):
    sites = json.loads(ranges.read_text())["sites"]
    intervals = {(option["lower"], option["upper"]) for site in sites for option in site["options"]}
    options = sum(len(site["options"]) for site in sites)
    assert len(intervals) > 0.9 * options, f"{len(intervals)} intervals of {options}"


if __name__ == "__main__":
    main()
