#!/usr/bin/env bash
# Installs the tools that exports are written for into .peers, so that tests can run them.
# What cannot be had here is left out with a message; the tests of it are skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

# OpenFHE's wheels on PyPI are for Python 3.10 (Ubuntu 22.04) and need glibc 2.35.
python=python3
for candidate in python3.10 "$HOME"/.pyenv/versions/3.10.*/bin/python; do
  if "$candidate" -c "import venv" 2>/dev/null; then
    python=$candidate
    break
  fi
done

"$python" -m venv .peers
for package in numpy tenseal onnx onnxruntime heir_py ezkl openfhe; do
  .peers/bin/pip install --quiet --disable-pip-version-check "$package" ||
    echo "note: $package cannot be installed here; its tests will be skipped" >&2
done
.peers/bin/python -c "import openfhe" 2>/dev/null ||
  echo "note: openfhe cannot be loaded by $("$python" --version); it needs Python 3.10" >&2
