#!/usr/bin/env python3
"""Measures how runs and merges scale, for docs/Scaling.md.

    measure.py PROGRAM MODEL PART…      parts: inputs, processes, merge

MODEL takes pictures of 28×28×1; merge takes a network of its own.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

import narrow
import noise

ROUNDS = 3  # the fastest counts


def timed(*arguments):
    """Seconds and the largest resident set in MB, by GNU time, children included."""
    result = subprocess.run(
        ["/usr/bin/time", "-f", "%e %M", *map(str, arguments)],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if result.returncode != 0:
        sys.exit(result.stderr)
    seconds, kibibytes = result.stderr.split()[-2:]
    return float(seconds), int(kibibytes) * 1024 / 1e6


def fastest(*arguments):
    runs = [timed(*arguments) for _ in range(ROUNDS)]
    return min(seconds for seconds, _ in runs), max(peak for _, peak in runs)


def inputs(options, folder):
    """Time and memory at 1, 2, 4 and 8 times the inputs."""
    noise.write(folder / "x.npy", 8 * options.samples, (28, 28, 1))
    table = []
    for factor in (1, 2, 4, 8):
        table.append((factor, *fastest(
            options.program, "profile", options.model, "--data", folder / "x.npy",
            "--samples", factor * options.samples, "-o", folder / "p.h5", "--quiet")))
    # Whatever a run takes before its first input is in all four: the slope is what an input takes.
    slope = (table[3][1] - table[0][1]) / 7
    start = table[0][1] - slope
    print(f"start {start:.2f} s, then {1e6 * slope / options.samples:.1f} µs an input")
    for factor, seconds, peak in table:
        print(f"× {factor}: {factor * options.samples} inputs, {seconds:.2f} s, "
              f"{seconds / (start + factor * slope):.3f} of the line, peak {peak:.0f} MB")


def processes(options, folder):
    """One process with one thread, one with two, and two with one each."""
    noise.write(folder / "x.npy", 4 * options.samples, (28, 28, 1))
    common = [options.program, "profile", options.model, "--data", folder / "x.npy", "--quiet"]
    one, _ = fastest(*common, "-o", folder / "p.h5", "--threads", 1)
    two, _ = fastest(*common, "-o", folder / "p.h5", "--threads", 2)
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.monotonic()
        runs = [subprocess.Popen(
            [*map(str, common), "-o", str(folder / f"{shard}.h5"), "--threads", "1",
             "--shard", f"{shard}/2"], stdout=subprocess.DEVNULL) for shard in (1, 2)]
        if any(run.wait() for run in runs):
            sys.exit("error: a shard failed")
        best = min(best, time.monotonic() - began)
    print(f"one process: one thread {one:.2f} s, two threads {two:.2f} s; two processes {best:.2f} s")
    print(f"two processes are {one / best:.2f} × as fast as one thread, "
          f"{two / best:.2f} × as fast as two threads")


def merge(options, folder):
    """A merge of many shards of a profile with 50 sites."""
    sites, shards = 50, options.shards
    narrow.write(folder / "model.h5", sites)
    noise.write(folder / "x.npy", 256 * shards, (narrow.UNITS,))
    common = [options.program, "profile", folder / "model.h5", "--data", folder / "x.npy",
              "--scale", "1/255", "--quiet"]
    _, whole = timed(*common, "-o", folder / "whole.h5")
    began = time.monotonic()
    for shard in range(1, shards + 1):
        subprocess.run([*map(str, common), "-o", str(folder / f"{shard}.shard"), "--threads", "1",
                        "--shard", f"{shard}/{shards}"], check=True, stdout=subprocess.DEVNULL)
    print(f"{shards} shards in {time.monotonic() - began:.0f} s")
    paths = [folder / f"{shard}.shard" for shard in range(1, shards + 1)]
    _, two = timed(options.program, "merge", *paths[:2], "-o", folder / "two.h5", "--quiet")
    seconds, peak = timed(
        options.program, "merge", *reversed(paths), "-o", folder / "merged.h5", "--quiet")
    same = (folder / "merged.h5").read_bytes() == (folder / "whole.h5").read_bytes()
    print(f"merge of {shards} shards of {sites} sites: {seconds:.1f} s, peak {peak:.0f} MB "
          f"(two shards {two:.0f} MB, the whole run {whole:.0f} MB); "
          f"the bytes are {'the same' if same else 'NOT THE SAME'}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("model")
    parser.add_argument("parts", nargs="+", choices=["inputs", "processes", "merge"])
    parser.add_argument("--samples", type=int, default=8192, help="at × 1")
    parser.add_argument("--shards", type=int, default=1000)
    options = parser.parse_args()
    for part in options.parts:
        with tempfile.TemporaryDirectory() as folder:
            globals()[part](options, pathlib.Path(folder))


if __name__ == "__main__":
    main()
