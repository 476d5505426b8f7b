#!/usr/bin/env bash
# Times fits beside Sollya's remez and NumPy's Chebyshev interpolation, in one run.
set -euo pipefail
cd "$(dirname "$0")/approximation"
exec swift run --quiet --configuration release approximation
