#!/bin/bash
# usage: coverage-profiles.sh PROGRAM FOLDER: profiles the networks of the coverage experiment.
set -euo pipefail
program=$1
folder=$2
mkdir -p "$folder"

profile() { # NAME MODEL DATA [OPTION…]
  [ -e "$folder/$1.profile.h5" ] ||
    "$program" profile "$2" --data "$3" -o "$folder/$1.profile.h5" --quiet "${@:4}" >/dev/null
}

for sample in SampleModels/*/; do
  profile "$(basename "$sample")" "$sample/model.h5" "$sample/data.h5"
done

# Networks that others trained lie beside some checkouts, as for the parity tests.
shared=$PWD
while [ "$shared" != / ] && [ ! -d "$shared/shared/models/models" ]; do
  shared=$(dirname "$shared")
done
models=$shared/shared/models
if [ -d "$models/models" ]; then
  profile deeplift_mnist_prelu "$models/models/deeplift_mnist_prelu_weights.h5" \
    "$models/data/mnist_t10k_2000.h5:/x" --scale 1/255 \
    --architecture "$models/models/architectures/deeplift_mnist_prelu.json"
  profile ethnicolr "$models/models/ethnicolr_census2010_lstm.h5" \
    "$models/data/census_surnames_1000.h5:/x"
  profile hddm "$models/models/hddm_lan_ddm.h5" "$models/data/hddm_cavanagh_600.h5:/x"
else
  echo "shared/models is not there: only the sample models are measured" >&2
fi
