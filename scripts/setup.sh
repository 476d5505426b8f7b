#!/usr/bin/env bash
# Installs what Rangefinder needs from Debian, and the packages named as arguments, if they are
# missing. Swift itself must be there.
set -euo pipefail

packages=(
  libhdf5-dev libdnnl-dev zlib1g-dev libturbojpeg0-dev libpng-dev libwebp-dev
  pkg-config python3-jsonschema python3-numpy sollya
  "$@"
)

command -v swift >/dev/null || {
  echo "error: Swift 6.3 is needed and was not found. Get it from https://swift.org/install" >&2
  exit 1
}

missing=()
for package in "${packages[@]}"; do
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] ||
    missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

echo "Installing ${missing[*]} …" >&2
as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null || {
    echo "error: as root, run:  apt-get install ${missing[*]}" >&2
    exit 1
  }
  as_root=(sudo)
fi
export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update -qq
"${as_root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
