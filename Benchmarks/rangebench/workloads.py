"""What is run: a network, how many samples, and the batches that peers may choose from."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("BENCH_CACHE", ROOT / "Benchmarks/.cache"))
# How many times its samples a workload has for the measurement of memory.
TIMES = (1, 2, 4)
# The visual-wake-words network of MLPerf Tiny, which cannot be shipped with the project.
MOBILENET = "shared/models/models/mlperftiny_vww_mobilenet.h5"


@dataclass(frozen=True)
class Workload:
    name: str
    title: str
    samples: int
    # All divide the number of samples, so that no peer runs a short batch.
    batches: tuple[int, ...]

    @property
    def folder(self) -> Path:
        return CACHE / self.name

    @property
    def model(self) -> Path:
        return self.folder / "model.h5"

    @property
    def onnx(self) -> Path:
        return self.folder / "network.onnx"

    def data(self, times: int = 1) -> Path:
        """Inputs `x`, NHWC float32; `times` as many samples, of which the first are the same."""
        return self.folder / f"data{times}.h5"


def mobilenet_file() -> Path | None:
    """The network's file, if a folder with it lies beside the checkout or above it."""
    for folder in ROOT.parents:
        if (folder / MOBILENET).exists():
            return folder / MOBILENET
    return None


ALL = [
    Workload("vgg16", "VGG16 224², 32 images", 32, (4, 8, 16)),
    Workload("alexnet", "AlexNet 227², 64 images", 64, (8, 16, 32)),
    Workload("googlenet", "GoogLeNet 224², 32 images", 32, (4, 8, 16)),
    Workload("mnist_cnn", "MNIST CNN, 10,000", 10_000, (50, 100, 250, 500)),
    Workload("mlp", "MLP 784-512-512-10, 60,000", 60_000, (250, 500, 1000, 2000)),
    Workload("resnet20", "ResNet-20 32², 2,000", 2_000, (10, 25, 50, 100)),
    Workload("mobilenet", "MobileNet-like 96², 1,000", 1_000, (10, 20, 50, 100)),
]


def chosen(names: list[str]) -> list[Workload]:
    """The named workloads; all if none is named, but for one whose network is not there."""
    unknown = set(names) - {workload.name for workload in ALL}
    if unknown:
        raise SystemExit(f"no such workload: {', '.join(sorted(unknown))}")
    if names:
        return [workload for workload in ALL if workload.name in names]
    return [w for w in ALL if w.name != "mobilenet" or mobilenet_file()]
