#!/usr/bin/env python3
"""Profiles a network on a Ray cluster: shards are tasks, merges are a tree.

    profile_ray.py --shards 64 -o P.profile.h5 MODEL --data DATA [options of rangefinder profile]

The result has the bytes of a run on one machine. What is needed on every node: the program, the
network's files and the samples, by the same paths. Profiles travel through Ray; a task that is lost
with its node, or whose result is, is run again on another one.
"""

import argparse
import pathlib
import re
import subprocess
import sys
import tempfile

import ray
from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

# How many profiles a merge takes: its time grows with it, the depth of the tree shrinks.
MERGED_AT_ONCE = 16


class Killed(Exception):
    """The program was ended by a signal, for want of memory, say: worth another try."""


def run(arguments, report=lambda line: None):
    """Runs the program, which ends with this process, and reports the lines that it says."""
    words = ["setpriv", "--pdeathsig", "KILL", *arguments]
    process = subprocess.Popen(
        words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, bufsize=1)
    said = []
    for line in process.stderr:
        said.append(line)
        report(line)
    code = process.wait()
    if code < 0:
        raise Killed(f"signal {-code}: {' '.join(arguments)}")
    if code != 0:
        raise RuntimeError("".join(said[-20:]))


@ray.remote(num_cpus=0)
class Progress:
    """Adds up what the shards report."""

    def __init__(self):
        self.samples = {}

    def note(self, shard, samples):
        self.samples[shard] = samples

    def total(self):
        return sum(self.samples.values())


@ray.remote(max_retries=-1, retry_exceptions=[Killed])
def profile(program, arguments, shard, shards, threads, progress):
    """Runs one shard and returns the bytes of its profile."""

    def report(line):
        if found := re.match(r"(\d+) of \d+ samples", line):
            progress.note.remote(shard, int(found[1]))

    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "shard.h5")
        run([program, "profile", *arguments, "--shard", f"{shard}/{shards}",
             "--threads", str(threads), "-o", str(path)], report)
        return path.read_bytes()


@ray.remote(max_retries=-1, retry_exceptions=[Killed])
def merge(program, *profiles):
    """Merges profiles, given and returned as bytes."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [pathlib.Path(folder, f"{index}.h5") for index in range(len(profiles))]
        for path, content in zip(paths, profiles):
            path.write_bytes(content)
        merged = pathlib.Path(folder, "merged.h5")
        run([program, "merge", *map(str, paths), "-o", str(merged), "--quiet"])
        return merged.read_bytes()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shards", type=int, required=True, help="tasks; docs/Scaling.md: how many")
    parser.add_argument("-o", "--output", type=pathlib.Path, required=True)
    parser.add_argument("--program", default="rangefinder", help="on every node")
    parser.add_argument("--threads", type=int, default=1, help="cores of a task")
    parser.add_argument("--address", default="auto", help="of the cluster; 'local' starts one here")
    options, arguments = parser.parse_known_args()

    address = None if options.address == "local" else options.address
    ray.init(address=address, log_to_driver=False, logging_level="error")
    # On the driver's own node: with any other node the count, and then the driver, would be lost.
    here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
    progress = Progress.options(scheduling_strategy=here).remote()
    task = profile.options(num_cpus=options.threads)
    shards = [
        task.remote(options.program, arguments, index, options.shards, options.threads, progress)
        for index in range(1, options.shards + 1)]
    level = shards
    while len(level) > 1:
        level = [merge.remote(options.program, *level[start:start + MERGED_AT_ONCE])
                 for start in range(0, len(level), MERGED_AT_ONCE)]

    waiting = [*shards, *(level if level is not shards else [])]
    while waiting:
        done, waiting = ray.wait(waiting, timeout=10, fetch_local=False)
        try:
            ray.get([reference for reference in done if reference not in level])
        except ray.exceptions.RayTaskError as error:
            sys.exit(f"error: a shard failed: {error.cause}")
        left = sum(reference in shards for reference in waiting)
        print(f"{options.shards - left} of {options.shards} shards, "
              f"{ray.get(progress.total.remote())} samples", file=sys.stderr, flush=True)

    partial = options.output.with_name(options.output.name + ".partial")
    partial.write_bytes(ray.get(level[0]))
    partial.replace(options.output)


if __name__ == "__main__":
    main()
