"""The machine, in words that name no maker."""

import os
from pathlib import Path


def description():
    flags = set(Path("/proc/cpuinfo").read_text().split())
    instructions = "AVX-512" if "avx512f" in flags else "AVX2" if "avx2" in flags else "no AVX2"
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores with {instructions}, {memory:.0f} GiB of memory"
