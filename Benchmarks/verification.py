"""What sample networks lose by polynomials, chosen in several ways: the tables of
docs/Verification.md.

Calibrated on data.h5:/x, verified on data.h5:/x_heldout. Usage:
    verification.py --program .build/release/rangefinder [network …]
"""

import argparse
import copy
import json
import pathlib
import re
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "SampleModels"


class Network:
    """A sample network, with its profile and the standard recommendation."""

    def __init__(self, program, name, folder):
        self.program, self.name = program, name
        self.folder = pathlib.Path(folder) / name
        self.folder.mkdir()
        self.model = str(SAMPLES / name / "model.h5")
        self.data = str(SAMPLES / name / "data.h5")
        self.profile = str(self.folder / "p.profile.h5")
        self.run("profile", self.model, "--data", f"{self.data}:/x", "-o", self.profile)
        self.ranges = self.recommend()

    def run(self, *arguments, check=True):
        result = subprocess.run(
            [self.program, *map(str, arguments), "--quiet"], capture_output=True, text=True)
        if check and result.returncode != 0:
            raise SystemExit(f"{self.name}: {' '.join(map(str, arguments))}\n{result.stderr}")
        return result

    def recommend(self, *options):
        return json.loads(self.run("recommend", self.profile, "--json", *options).stdout)

    def write(self, name, value):
        path = self.folder / name
        path.write_text(json.dumps(value))
        return path

    def verify(self, ranges, *fit, options=()):
        """Fits what the ranges say, and returns the verification on held-out data."""
        file = self.write("ranges.json", ranges)
        polynomials = self.folder / "polynomials.json"
        self.run("fit", file, "-o", polynomials, *fit)
        output = self.folder / "v.json"
        self.run(
            "verify", self.model, "--data", f"{self.data}:/x_heldout", "--polynomials", polynomials,
            "-o", output, *options)
        return json.loads(output.read_text())


def chosen(ranges):
    """The recommended policy's option of each site that has a polynomial."""
    for site in ranges["sites"]:
        for option in site["options"]:
            if option["policy"] == ranges["policy"] and "approximation" in option:
                yield site, option


def with_global_interval(network, ranges):
    """Every interval ±M for the greatest absolute value of all sites, the degrees as they are.

    Sites that only take positive numbers (the base of a power) keep their interval.
    """
    ranges = copy.deepcopy(ranges)
    bound = max(max(-option["lower"], option["upper"]) for _, option in chosen(ranges))
    for site, option in chosen(ranges):
        if not site["function"].startswith("power"):
            option["lower"], option["upper"] = -bound, bound
    return ranges


def with_degrees_of(ranges, other):
    """The ranges with another recommendation's degrees."""
    ranges = copy.deepcopy(ranges)
    degrees = {site["site"]: option["approximation"] for site, option in chosen(other)}
    for site, option in chosen(ranges):
        option["approximation"] = copy.deepcopy(degrees[site["site"]])
    return ranges


def row(network, label, verification):
    agreement, escapes = verification["agreement"], verification["escapes"]
    divergence = verification["divergence"].get("mean")
    return (
        f"| {network.name} | {label} | {100 * agreement['share']:.1f} % "
        f"| {100 * agreement.get('share_inside', 0):.1f} % | {escapes['blown_up_inside']} "
        f"of {escapes['inside']} | {escapes['blown_up']} "
        f"| {'–' if divergence is None else f'{divergence:.2g}'} "
        f"| {verification['depth']['total']} | {verification['depth']['critical_path']} |")


def methods(network):
    """The table of ways to choose intervals and fits."""
    ranges = network.ranges
    yield row(network, "recommended", network.verify(ranges))
    margin = network.recommend("--policy", "minmax", "--margin", "2")
    yield row(network, "min–max × 2, same degrees", network.verify(with_degrees_of(margin, ranges)))
    yield row(network, "min–max × 2, same tolerance", network.verify(margin))
    yield row(
        network, "one interval ±max, same degrees",
        network.verify(with_global_interval(network, ranges)))
    yield row(network, "Taylor, same degrees", network.verify(ranges, "--method", "taylor"))


def reprofiling(network):
    file = network.write("ranges.json", network.ranges)
    polynomials = network.folder / "polynomials.json"
    network.run("fit", file, "-o", polynomials)
    result = subprocess.run(
        [network.program, "verify", network.model, "--data", f"{network.data}:/x_heldout",
         "--polynomials", str(polynomials), "--ranges", str(file), "--reprofile", "5",
         "--calibration", f"{network.data}:/x", "-o", str(network.folder / "v.json")],
        capture_output=True, text=True)
    said = next(
        (line for line in result.stderr.splitlines() if line.startswith("Fixed point")),
        "diverges")
    return said, json.loads((network.folder / "v.json").read_text())


def allocation(network):
    """Uniform degrees, and degrees allocated within the same depth along the critical path."""
    for degree in (7, 15, 31):
        uniform = network.verify(network.ranges, "--degree", degree)
        budget = uniform["depth"]["critical_path"]
        file = network.folder / "allocated.json"
        said = network.run(
            "recommend", network.profile, "-o", file, "--budget", f"depth={budget}", "--model",
            network.model, "--data", f"{network.data}:/x", "--samples", "500").stdout
        predicted = [
            float(re.search(rf"^{line} +\d+ +(\S+)", said, re.MULTILINE)[1])
            for line in ("allocated", "uniform")]
        allocated = network.verify(json.loads(file.read_text()))
        before, after = uniform["divergence"].get("mean"), allocated["divergence"].get("mean")
        yield (
            f"| {network.name} | {degree} | {budget} | {allocated['depth']['critical_path']} "
            f"| {predicted[0] / predicted[1]:.2g} "
            f"| {before:.2g} | {after:.2g} | {after / before:.2g} "
            f"| {100 * uniform['agreement']['share']:.1f} % "
            f"| {100 * allocated['agreement']['share']:.1f} % "
            f"| {uniform['escapes']['blown_up']}, {allocated['escapes']['blown_up']} |")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", required=True)
    parser.add_argument("networks", nargs="*")
    arguments = parser.parse_args()
    names = arguments.networks or sorted(p.parent.name for p in SAMPLES.glob("*/model.h5"))
    with tempfile.TemporaryDirectory() as folder:
        networks = [Network(arguments.program, name, folder) for name in names]
        print("| network | polynomials | same class | of those inside | blown up of those inside "
              "| blown up | mean KL | depth | critical path |")
        print("|---|---|---:|---:|---:|---:|---:|---:|---:|")
        for network in networks:
            for line in methods(network):
                print(line, flush=True)
        print()
        print("| network | `--reprofile` | same class | blown up of those inside |")
        print("|---|---|---:|---:|")
        for network in networks:
            said, verification = reprofiling(network)
            escapes = verification["escapes"]
            print(
                f"| {network.name} | {said.rstrip('.')} "
                f"| {100 * verification['agreement']['share']:.1f} % "
                f"| {escapes['blown_up_inside']} of {escapes['inside']} |", flush=True)
        print()
        print("| network | uniform degree | depth | allocated depth | predicted ratio | KL uniform "
              "| KL allocated | ratio | same class, uniform | allocated | blown up |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
        for network in networks:
            for line in allocation(network):
                print(line, flush=True)


main()
