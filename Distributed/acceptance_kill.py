#!/usr/bin/env python3
"""Kills runs with kill -9 at random moments, lets each go on, and compares the bytes with those of a
run that was left alone. Prints how much work was lost, in seconds of running.

    acceptance_kill.py PROGRAM MODEL [--kills 50] [--seed 1]

MODEL takes pictures of 28×28×1.
"""

import argparse
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

import noise

INTERVAL = 0.3  # seconds between checkpoints; the program's own are 30 apart


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("program")
    parser.add_argument("model")
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--samples", type=int, default=16384)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    generator = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        noise.write(folder / "x.npy", options.samples, (28, 28, 1))

        def start(output, *more):
            return subprocess.Popen(
                [options.program, "profile", options.model, "--data", folder / "x.npy", "-o", output,
                 "--checkpoint-interval", str(INTERVAL), "--quiet", *more],
                stdout=subprocess.DEVNULL)

        began = time.monotonic()
        if start(folder / "whole.h5").wait() != 0:
            sys.exit("error: the run that is left alone fails")
        whole = time.monotonic() - began
        print(f"a whole run takes {whole:.1f} s; checkpoints are {INTERVAL} s apart")

        lost, finished, partial = [], 0, 0
        for kill in range(options.kills):
            output = folder / f"{kill}.h5"
            checkpoint = pathlib.Path(f"{output}.checkpoint")
            run = start(output)
            time.sleep(generator.uniform(0, whole))
            run.send_signal(signal.SIGKILL)
            killed = time.time()
            if run.wait() == 0:
                finished += 1
            elif checkpoint.exists():
                lost.append(killed - checkpoint.stat().st_mtime)
            partial += len(list(folder.glob(f"{kill}.h5*.partial")))
            if start(output, "--resume").wait() != 0:
                sys.exit(f"error: kill {kill}: the run does not go on")
            if output.read_bytes() != (folder / "whole.h5").read_bytes():
                sys.exit(f"error: kill {kill}: the bytes differ")
            if checkpoint.exists():
                sys.exit(f"error: kill {kill}: the checkpoint is left")
        early = options.kills - finished - len(lost)
        print(f"{options.kills} kills ({early} before the first checkpoint, {finished} after the end, "
              f"{partial} while a file was written): all went on to the same bytes")
        if lost:
            print(f"work lost after a checkpoint: {max(lost):.2f} s at most, "
                  f"{sorted(lost)[len(lost) // 2]:.2f} s in the middle")


if __name__ == "__main__":
    main()
