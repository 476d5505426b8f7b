#!/usr/bin/env bash
# Makes the virtual environment with the peers, unless it is there already, and prints its Python.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
venv=${BENCH_CACHE:-$here/.cache}/venv
stamp=$venv/requirements.txt

cmp --quiet "$here/requirements.txt" "$stamp" || {
  echo "Installing the peers (about 2 GB) …" >&2
  python3 -m venv "$venv" >&2
  "$venv/bin/pip" install --quiet --requirement "$here/requirements.txt" >&2
  cp "$here/requirements.txt" "$stamp"
}
echo "$venv/bin/python"
