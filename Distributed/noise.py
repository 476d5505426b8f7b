"""Samples of noise of any number, for runs that are measured or killed."""

import pathlib
import random
import struct


def write(path, samples, shape, seed=1):
    """Writes a NumPy array of bytes; the first samples do not depend on how many there are."""
    extents = ", ".join(map(str, (samples, *shape)))
    header = f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({extents}), }}"
    header += " " * (-(len(header) + 11) % 64) + "\n"
    size = 1
    for extent in shape:
        size *= extent
    generator = random.Random(seed)
    with pathlib.Path(path).open("wb") as file:
        file.write(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode())
        for _ in range(samples):
            file.write(generator.randbytes(size))
