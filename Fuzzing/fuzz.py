#!/usr/bin/env python3
"""Feeds damaged files to the program, and requires that it never comes to harm.

Each round takes a sound file (a network of any format, samples of any kind, a profile, or the JSON
made from it), damages it, and has the program read it. Allowed are exit codes 0 and 1, and 3 for a
promise that damaged data does not allow, in less than 10 seconds of work (and a minute in all) and
less than 1 GB of the program's own memory, with a line that begins with "error: " for a refusal.
What breaks this is kept, as are the files that crash or hang the process that reads them.

Needs Python 3.9 and nothing else. The same seed makes the same rounds.
"""

import argparse
import collections
import concurrent.futures
import gzip
import io
import json
import os
import random
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import threading
import time
import zipfile

SECONDS = 10
BYTES = 1 << 30

# Where HDF5 keeps what its library follows; the rest of a file is mostly numbers.
SIGNATURES = re.compile(rb"\x89HDF|OHDR|OCHK|TREE|SNOD|HEAP|GCOL|FRHP|FHDB|FHIB|BTHD|BTLF|BTIN")
STRUCTURES = ["\x00" * 8, "\xff" * 8, "\xff" * 4, "\x7f\xff\xff\xff", "\x00\x00\x00\x80"]
NUMBERS = [0, 1, -1, 2, 7, 255, 65536, 2**31 - 1, 2**31, 2**32, 2**53, 2**62, 2**63, 10**30, 0.5]
WORDS = ["", "relu", "softmax", "same", "valid", "channels_first", "linear", "None", "\u0000", "x" * 9999]


# ---- damage ---------------------------------------------------------------------------------


def flip(data, rng, places):
    for _ in range(1 << rng.randrange(5)):
        place = rng.choice(places) if places else rng.randrange(len(data))
        place = min(max(place, 0), len(data) - 1)
        kind = rng.randrange(4)
        if kind == 0:
            data[place] ^= 1 << rng.randrange(8)
        elif kind == 1:
            data[place] = rng.choice([0, 1, 2, 127, 128, 254, 255])
        elif kind == 2:
            data[place] = rng.randrange(256)
        else:
            new = rng.choice(STRUCTURES).encode("latin-1")
            data[place : place + len(new)] = new
    return data


def random_bytes(data, rng):
    return flip(data, rng, None)


def structure_bytes(data, rng):
    """Damage near HDF5's own structures, above all the first ones."""
    starts = [match.start() for match in SIGNATURES.finditer(data)] or [0]
    start = rng.choice(starts)
    return flip(data, rng, range(start, start + rng.choice([16, 64, 512])))


def attribute_bytes(data, rng):
    """Damage around names of attributes: their types, lengths, and values."""
    names = [b"model_config", b"layer_names", b"weight_names", b"keras_version", b"format_version",
             b"blocks", b"site_names", b"shape", b"data_digests", b"zeros", b"_offsets",
             b"channel_sum", b"sample_min"]
    starts = [m.start() for name in names for m in re.finditer(name, data)]
    if not starts:
        return structure_bytes(data, rng)
    start = rng.choice(starts)
    return flip(data, rng, range(start - 24, start + 72))


def truncated(data, rng):
    return data[: rng.randrange(len(data))]


def copied(data, rng):
    """A piece of the file over another: addresses that lead astray, and in circles."""
    size = rng.choice([8, 16, 64, 512])
    starts = [match.start() for match in SIGNATURES.finditer(data)] or [0]
    source, target = rng.choice(starts), rng.choice(starts) + rng.randrange(64)
    piece = data[source : source + size]
    data[target : target + len(piece)] = piece
    return data


def damaged_value(value, rng, depth=0):
    """A JSON value with one of its parts changed."""
    if isinstance(value, (dict, list)) and value and rng.random() < (0.97 if depth < 9 else 0.5):
        key = rng.choice(list(value) if isinstance(value, dict) else range(len(value)))
        change = rng.random()
        if change < 0.04:
            del value[key]
        elif change < 0.08 and isinstance(value, list):
            value.append(value[key])
        else:
            value[key] = damaged_value(value[key], rng, depth + 1)
        return value
    kind = rng.randrange(8)
    if kind == 0:
        deep = rng.choice([50, 255, 257, 5000])
        for _ in range(deep):
            value = [value]
        return value
    if kind < 5:
        number = rng.choice(NUMBERS)
        return -number if rng.random() < 0.2 else number
    return rng.choice([None, True, {}, [], [0, 0], [[]], rng.choice(WORDS), [value, value]])


def dumps(value):
    try:
        return json.dumps(value)
    except RecursionError:
        return "[" * 6000 + "]" * 6000


def damaged_json(text, rng):
    if rng.random() < 0.15:
        return bytes(random_bytes(bytearray(text), rng))
    try:
        value = json.loads(text)
        for _ in range(1 << rng.randrange(2)):
            value = damaged_value(value, rng)
        return dumps(value).encode()
    except ValueError:
        return text


def zip_bytes(data, rng):
    """Damage in a zip archive's headers, or a member that is damaged and packed again."""
    starts = [m.start() for m in re.finditer(rb"PK(\x01\x02|\x03\x04|\x05\x06|\x06\x06)", data)]
    if rng.random() < 0.4 or not starts:
        start = rng.choice(starts) if starts else 0
        return flip(data, rng, range(start, start + 50))
    old, new = zipfile.ZipFile(io.BytesIO(bytes(data))), io.BytesIO()
    victim = rng.choice(old.namelist())
    with zipfile.ZipFile(new, "w", rng.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as out:
        for name in old.namelist():
            content = old.read(name)
            if name == victim:
                damages = (
                    [damaged_json] if name.endswith(".json")
                    else [numpy_header, random_bytes] if name.endswith(".npy") else HDF5_DAMAGE)
                content = bytes(rng.choice(damages)(bytearray(content), rng))
            out.writestr(name, content)
    return bytearray(new.getvalue())


def numpy_header(data, rng):
    length = struct.unpack("<H", data[8:10])[0]
    return flip(data, rng, range(0, 10 + length))


def file_header(data, rng):
    return flip(data, rng, range(0, min(len(data), 64)))


def packed_again(data, rng):
    """Damage inside a gzip file, which is whole outside."""
    content = bytearray(gzip.decompress(bytes(data)))
    return bytearray(gzip.compress(bytes(file_header(content, rng))))


LINES = ["", "- - - - - - - -", ": : :", "*a", "&a *a", "!!python/object/apply:os.system [x]", "|", "'", '"',
         "[" * 300, "{" * 5000, "- " * 5000, "a: " * 400, "\t", "1e999", "nan", ",,,,,,,,", '"' * 9, "9" * 400,
         "\u2028", "x" * 99999, "<<: *x", "%YAML 9", "---", "..."]


def text_lines(data, rng):
    """Lines that are gone, doubled, moved, of another depth, or of another kind."""
    lines = data.decode("utf-8", "replace").split("\n")
    for _ in range(1 << rng.randrange(4)):
        place = rng.randrange(len(lines))
        change = rng.randrange(6)
        if change == 0 and len(lines) > 1:
            del lines[place]
        elif change == 1:
            lines.insert(rng.randrange(len(lines)), lines[place])
        elif change == 2:
            lines[place] = " " * rng.randrange(1, 9) + lines[place]
        elif change == 3:
            lines[place] = lines[place][rng.randrange(len(lines[place]) + 1):]
        elif change == 4:
            lines[place] = lines[place][: rng.randrange(len(lines[place]) + 1)] + rng.choice(LINES)
        else:
            words = re.split(r"([,: ])", lines[place])
            words[rng.randrange(len(words))] = str(rng.choice(NUMBERS + WORDS + LINES))
            lines[place] = "".join(words)
    return bytearray("\n".join(lines).encode())


def yaml_text(value, indent=""):
    """YAML in the block style that Keras 1 and 2 wrote."""
    def entry(item):
        return "\n" + yaml_text(item, indent + "  ") if item and isinstance(item, (dict, list)) else (
            " " + json.dumps(item))
    if isinstance(value, dict):
        return "\n".join(f"{indent}{key}:{entry(item)}" for key, item in value.items())
    lines = []
    for item in value:
        if item and isinstance(item, (dict, list)):
            lines.append(f"{indent}- " + yaml_text(item, indent + "  ").lstrip())
        else:
            lines.append(f"{indent}- {json.dumps(item)}")
    return "\n".join(lines)


def damaged_yaml(text, rng):
    if rng.random() < 0.15:
        return random_bytes(bytearray(text), rng)
    return text_lines(text, rng)


HDF5_DAMAGE = [random_bytes, structure_bytes, structure_bytes, structure_bytes, attribute_bytes,
               attribute_bytes, truncated, copied]
FILE_DAMAGE = [random_bytes, file_header, file_header, truncated]

# How the files of a kind are damaged, and how often the kind has its turn.
KINDS = {
    "model": (HDF5_DAMAGE, 22),
    "architecture": ([damaged_json], 18),
    "yaml": ([damaged_yaml], 8),
    "keras": ([zip_bytes], 12),
    "weights": (HDF5_DAMAGE, 8),
    "other": (HDF5_DAMAGE, 8),
    "data": (HDF5_DAMAGE, 8),
    "profile": (HDF5_DAMAGE, 12),
    "ranges": ([damaged_json], 3),
    "polynomials": ([damaged_json], 3),
    "npy": ([numpy_header, numpy_header, truncated], 4),
    "npz": ([zip_bytes], 4),
    "csv": ([text_lines, random_bytes, truncated], 4),
    "idx": (FILE_DAMAGE, 3),
    "gz": ([packed_again, random_bytes, truncated], 2),
    "image": (FILE_DAMAGE, 8),
}


# ---- what is run ----------------------------------------------------------------------------


class Seeds:
    """Sound files, by kind: the package's own networks, and what the program makes of them."""

    def __init__(self, program, folder, models, others):
        self.by_kind = collections.defaultdict(list)
        self.data = {}
        small = sorted(os.listdir(models))
        for name in small:
            model, data = (os.path.join(models, name, f) for f in ("model.h5", "data.h5"))
            if not os.path.exists(model):
                continue
            self.add("model", model, data)
            self.add("data", data, model)
        first = os.path.join(models, "digits-mlp")
        self.model, self.samples = (os.path.join(first, f) for f in ("model.h5", "data.h5"))
        made = {name: os.path.join(folder, name) for name in
                ("p.profile.h5", "ranges.json", "polynomials.json")}
        commands = [
            ["profile", self.model, "--data", self.samples, "-o", made["p.profile.h5"]],
            ["recommend", made["p.profile.h5"], "-o", made["ranges.json"]],
            ["fit", made["ranges.json"], "-o", made["polynomials.json"]],
        ]
        for command in commands:
            subprocess.run([program, *command, "--quiet"], check=True, stdout=subprocess.DEVNULL)
        self.add("profile", made["p.profile.h5"])
        self.add("ranges", made["ranges.json"])
        self.add("polynomials", made["polynomials.json"])
        self.pixels = os.path.join(models, "mnist-cnn", "model.h5")
        for name in small:
            text = architecture(os.path.join(models, name, "model.h5"))
            partners = [os.path.join(models, name, file) for file in ("model.h5", "data.h5")]
            if text:
                self.write("architecture", folder, name + ".json", text, *partners)
                self.write("yaml", folder, name + ".yaml", yaml_text(json.loads(text)).encode(),
                           *partners)
        self.add_samples(folder)
        tests = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "Tests")
        for root in [tests] + ([others] if others else []):
            self.add_found(root, folder)

    def add_samples(self, folder):
        """Samples of every kind that the standard library can write."""
        numbers = [float(value % 17) for value in range(40 * 64)]
        self.write("npy", folder, "x.npy", numpy_file((40, 8, 8, 1), numbers))
        npz = io.BytesIO()
        with zipfile.ZipFile(npz, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("x.npy", numpy_file((40, 8, 8, 1), numbers))
            archive.writestr("y.npy", numpy_file((40,), numbers[:40]))
        self.write("npz", folder, "x.npz", npz.getvalue())
        header = ",".join(f"pixel{index}" for index in range(64))
        rows = [",".join(map(str, numbers[start : start + 64])) for start in range(0, 2560, 64)]
        self.write("csv", folder, "x.csv", "\n".join([header, *rows]).encode())
        self.write("csv", folder, "z.csv", "\n".join(rows).replace("3.0", '"3.0"').encode())
        idx = b"\0\0\x08\x03" + struct.pack(">3I", 30, 28, 28)
        idx += bytes(index % 251 for index in range(30 * 784))
        self.write("idx", folder, "images-idx3-ubyte", idx)
        self.write("gz", folder, "images-idx3-ubyte.gz", gzip.compress(idx))
        # What the networks of Tests/ParityTests/Fixtures/*.keras take.
        self.tree_inputs = [os.path.join(folder, name) for name in ("picture.npy", "sequence.npy")]
        for path, shape in zip(self.tree_inputs, [(1, 6, 6, 3), (1, 5, 4)]):
            with open(path, "wb") as file:
                file.write(numpy_file(shape, [0.5] * (108 if shape[1] == 6 else 20)))

    def add_found(self, root, folder):
        """Networks and pictures in a folder; of an archive of Keras 3 also its parts."""
        for place, _, files in sorted(os.walk(root)):
            for file in sorted(files):
                path, name = os.path.join(place, file), os.path.splitext(file)[0]
                if os.path.getsize(path) > 4 << 20:
                    continue
                if file.endswith(".keras"):
                    self.add("keras", path)
                    with zipfile.ZipFile(path) as archive:
                        parts = [os.path.join(folder, name + end) for end in (".config.json", ".weights.h5")]
                        for part, member in zip(parts, ("config.json", "model.weights.h5")):
                            with open(part, "wb") as out:
                                out.write(archive.read(member))
                    self.add("weights", parts[1], parts[0])
                elif file.endswith(".profile.h5"):
                    self.add("profile", path)
                elif file.endswith((".h5", ".hdf5")):
                    self.add("other", path)
                elif file.endswith((".jpg", ".png", ".webp")):
                    self.add("image", path)
                elif file.endswith((".yaml", ".yml")):
                    self.add("yaml", path, self.model, self.samples)

    def write(self, kind, folder, name, content, *partners):
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(content)
        self.add(kind, path, *partners)

    def add(self, kind, path, *partners):
        with open(path, "rb") as file:
            self.by_kind[kind].append((path, file.read(), partners))


def numpy_file(shape, numbers):
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"
    header += " " * (117 - len(header)) + "\n"
    return (b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode()
            + struct.pack(f"<{len(numbers)}f", *numbers))


def architecture(path):
    """The text of `model_config` in a file, found without a library."""
    if not os.path.exists(path):
        return None
    with open(path, "rb") as file:
        data = file.read()
    start = data.find(b'{"')
    while start >= 0:
        try:
            value, _ = json.JSONDecoder().raw_decode(data[start : start + (1 << 20)].decode("latin-1"))
            if "class_name" in value:
                return json.dumps(value).encode()
        except ValueError:
            pass
        start = data.find(b'{"', start + 1)
    return None


def make_round(seeds, number, seed, folder):
    """Damages a file; returns what was done, the file's path, and the program's arguments."""
    rng = random.Random(f"{seed} {number}")
    kinds = [kind for kind in KINDS if seeds.by_kind[kind]]
    kind = rng.choices(kinds, [KINDS[kind][1] for kind in kinds])[0]
    path, content, partners = rng.choice(seeds.by_kind[kind])
    name, extension = os.path.splitext(os.path.basename(path))
    target = os.path.join(folder, f"{number}{extension}")
    report = os.path.join(folder, f"{number}.report")
    profile = os.path.join(folder, f"{number}.out")
    ranges = seeds.by_kind["ranges"][0][0]
    damage = rng.choice(KINDS[kind][0])
    with open(target, "wb") as file:
        file.write(damage(bytearray(content), rng))
    few = ["--samples", "8", "--no-record", "--threads", "1"]
    arguments = {
        "model": lambda: rng.choice([
            ["inspect", target], ["profile", target, "--data", partners[0], *few]]),
        "architecture": lambda: rng.choice([
            ["inspect", partners[0], "--architecture", target],
            ["profile", partners[0], "--architecture", target, "--data", partners[1], *few]]),
        "data": lambda: ["profile", partners[0], "--data", target, *few],
        "yaml": lambda: rng.choice([
            ["inspect", partners[0], "--architecture", target],
            ["profile", partners[0], "--architecture", target, "--data", partners[1], *few]]),
        "keras": lambda: rng.choice([
            ["inspect", target], ["profile", target, *data(seeds.tree_inputs), *few]]),
        "weights": lambda: [
            "profile", target, "--architecture", partners[0], *data(seeds.tree_inputs), *few],
        "npy": lambda: ["profile", seeds.model, *data([target]), *few],
        "npz": lambda: ["profile", seeds.model, *data([target]), *few],
        "csv": lambda: ["profile", seeds.model, *data([target]), *few],
        "idx": lambda: ["profile", seeds.pixels, *data([target]), *few],
        "gz": lambda: ["profile", seeds.pixels, *data([target]), *few],
        "image": lambda: ["profile", seeds.pixels, *data([target]), "--resize", "28x28", *few],
        "other": lambda: rng.choice([
            ["inspect", target], ["profile", seeds.model, "--data", target, *few]]),
        "profile": lambda: rng.choice([
            ["report", target, ranges, "-o", report],
            ["recommend", target, "--policy", "minmax"],
            ["merge", target, "-o", profile]]),
        "ranges": lambda: rng.choice([
            ["report", seeds.by_kind["profile"][0][0], target, "-o", report],
            ["fit", target, "-o", profile]]),
        "polynomials": lambda: [
            "report", seeds.by_kind["profile"][0][0], ranges, target, "-o", report],
    }[kind]()
    return f"{kind}, {damage.__name__}", target, [*arguments, "--quiet"]


def data(paths):
    return [word for path in paths for word in ("--data", path)]


class Run:
    """What a command did."""

    def __init__(self, program, arguments):
        self.promises = arguments[0] in ("recommend", "report", "fit")
        start = time.monotonic()
        with tempfile.TemporaryFile() as errors:
            process = subprocess.Popen(
                [program, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=errors)
            self.timed_out = False

            def stop():
                self.timed_out = True
                # Not Popen.kill, which would take the process' end away from wait4.
                os.kill(process.pid, signal.SIGKILL)

            timer = threading.Timer(6 * SECONDS, stop)
            try:
                timer.start()
                _, status, usage = os.wait4(process.pid, 0)
            finally:
                timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            errors.seek(0)
            self.errors = errors.read().decode("utf-8", "replace")
        self.seconds = time.monotonic() - start
        self.processor_seconds = usage.ru_utime + usage.ru_stime
        self.code = process.returncode
        self.bytes = usage.ru_maxrss * 1024

    def faults(self):
        # Only what promises something can find that the data does not allow it.
        if self.code not in ((0, 1, 3) if self.promises else (0, 1)):
            yield f"exit code {self.code}"
        if self.code in (1, 3) and not re.search(r"^error: ", self.errors, re.MULTILINE):
            yield "a refusal without 'error: '"
        # On a machine that is busy with other things, a round takes longer than it works.
        if self.processor_seconds >= SECONDS or self.timed_out:
            yield f"{self.processor_seconds:.1f} s of work in {self.seconds:.1f} s"
        if self.bytes >= BYTES:
            yield f"{self.bytes >> 20} MiB"

    def reader_end(self):
        """How the process that reads the file ended, if it did before its time."""
        found = re.search(r"(?s)crashed the HDF5 library.*?signal (\d+)|kept the HDF5 library busy|"
                          r"more than there is memory for|was killed|ended without|nonsense|nothing has come",
                          self.errors)
        if not found:
            return None
        return f"signal {found[1]}" if found[1] else found[0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".build/release/rangefinder")
    parser.add_argument("--models", default="SampleModels", help="folders with model.h5 and data.h5")
    parser.add_argument("--others", help="a folder with further networks (.h5, .keras)")
    parser.add_argument("--rounds", type=int, default=20_000)
    parser.add_argument("--first", type=int, default=0, help="the first round's number")
    parser.add_argument("--seed", default="1")
    parser.add_argument("--jobs", type=int, default=3)
    parser.add_argument("--out", default="Fuzzing/found", help="where offenders are kept")
    parser.add_argument("--keep-crashers", action="store_true",
                        help="also keep the files that crash the process that reads them")
    options = parser.parse_args()
    program = os.path.abspath(options.program)

    ends, codes, done, offences = (collections.Counter() for _ in range(4))
    slowest, largest, start = 0.0, 0, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rangefinder-fuzz-") as folder:
        seeds = Seeds(program, folder, options.models, options.others)

        def one(number):
            what, target, arguments = make_round(seeds, number, options.seed, folder)
            return number, what, target, arguments, Run(program, arguments)

        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            numbers = range(options.first, options.first + options.rounds)
            for number, what, target, arguments, run in pool.map(one, numbers):
                done[what] += 1
                codes[run.code] += 1
                slowest, largest = max(slowest, run.seconds), max(largest, run.bytes)
                faults = list(run.faults())
                end = run.reader_end()
                if end:
                    ends[end] += 1
                if faults or (end and options.keep_crashers):
                    os.makedirs(options.out, exist_ok=True)
                    kept = os.path.join(options.out, os.path.basename(target))
                    shutil.copy(target, kept)
                    with open(kept + ".txt", "w") as file:
                        file.write(f"{what}\n{' '.join(arguments)}\n{faults or end}\n{run.errors}")
                if faults:
                    offences[", ".join(faults)] += 1
                    print(f"round {number} ({what}): {', '.join(faults)}; kept {kept}", flush=True)
                for leftover in (target, target.rsplit(".", 1)[0] + ".out"):
                    if os.path.exists(leftover):
                        os.remove(leftover)
                shutil.rmtree(os.path.join(folder, f"{number}.report"), ignore_errors=True)
    seconds = time.monotonic() - start
    print(f"{sum(done.values())} rounds in {seconds:.0f} s")
    for what, count in sorted(done.items()):
        print(f"  {count:6}  {what}")
    print("exit codes: " + ", ".join(f"{code}: {n}" for code, n in sorted(codes.items())))
    print("ends of the reading process: "
          + (", ".join(f"{end}: {n}" for end, n in ends.most_common()) or "none"))
    print(f"slowest {slowest:.1f} s, largest {largest >> 20} MiB")
    print(f"{sum(offences.values())} offences")
    raise SystemExit(1 if offences else 0)


if __name__ == "__main__":
    main()
