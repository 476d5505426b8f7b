#!/usr/bin/env python3
"""Starts a Ray cluster of two nodes on this machine, profiles in 16 shards, kills one node with
kill -9 midway, and compares the bytes with those of a run without Ray.

    acceptance_ray.py PROGRAM MODEL

MODEL takes pictures of 28×28×1.
"""

import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time

import noise

DRIVER = pathlib.Path(__file__).with_name("profile_ray.py")
RAY = str(pathlib.Path(sys.executable).with_name("ray"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def processes(mark):
    """The processes that were started with a mark in their environment, with their programs."""
    found = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (entry / "environ").read_bytes():
                found[int(entry.name)] = (entry / "cmdline").read_bytes().split(b"\0")[0].decode()
        except OSError:
            pass  # It has ended, or is another user's.
    return found


def start(mark, *options):
    """Starts a node and returns the process of its raylet."""

    def raylets():
        return {process for process, name in processes(mark).items() if name.endswith("/raylet")}

    before = raylets()
    subprocess.run(
        [RAY, "start", *options, "--node-ip-address", "127.0.0.1", "--num-cpus", "1",
         "--disable-usage-stats", "--object-store-memory", "100000000"],
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        env={**os.environ, "RANGEFINDER_TEST": mark})
    return (raylets() - before).pop()


def main():
    program, model = map(os.path.abspath, sys.argv[1:3])
    # A socket's path is short, and Ray puts sockets deep into its folder.
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        mark = f"acceptance of {folder}"
        try:
            data = f"{folder}/x.npy"
            noise.write(data, 16384, (28, 28, 1))
            compare(program, model, data, folder, mark)
        finally:
            for process in processes(mark):
                os.kill(process, signal.SIGKILL)


def compare(program, model, data, folder, mark):
    address = f"127.0.0.1:{free_port()}"
    start(mark, "--head", "--port", address.split(":")[1], "--include-dashboard", "false",
          "--temp-dir", f"{folder}/ray")
    second = start(mark, "--address", address)
    whole, merged = f"{folder}/whole.h5", f"{folder}/merged.h5"
    subprocess.run([program, "profile", model, "--data", data, "-o", whole, "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    began = time.monotonic()
    driver = subprocess.Popen(
        [sys.executable, str(DRIVER), "--shards", "16", "--program", program,
         "--address", address, "-o", merged, model, "--data", data],
        stderr=subprocess.PIPE, text=True, env={**os.environ, "RANGEFINDER_TEST": mark})
    is_killed = False
    for line in driver.stderr:
        found = re.match(r"(\d+) of 16 shards", line)
        if found or line.startswith("error"):  # Ray has much to say of a node that is lost.
            print(line, end="", flush=True)
        if found and int(found[1]) >= 4 and not is_killed:
            os.kill(second, signal.SIGKILL)
            is_killed = True
            print("kill -9 of one of two nodes", flush=True)
    if driver.wait() != 0 or not is_killed:
        sys.exit("error: the driver failed, or was done before a node could be killed")
    same = pathlib.Path(whole).read_bytes() == pathlib.Path(merged).read_bytes()
    print(f"{time.monotonic() - began:.0f} s, the bytes are {'the same' if same else 'NOT THE SAME'}")
    if not same:
        sys.exit(1)


if __name__ == "__main__":
    main()
