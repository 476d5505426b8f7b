#!/bin/bash
# Profiles a network on a Slurm cluster: shards are the tasks of an array, a job after them merges.
#
#   profile_slurm.sh SHARDS P.profile.h5 MODEL --data DATA [options of rangefinder profile]
#
# The result has the bytes of a run on one machine. All nodes see the same files. A task that loses its
# node, or nears its time limit, is queued again and goes on from its checkpoint. Options for sbatch
# (partition, account, --cpus-per-task, --time) come from SBATCH_… variables or SBATCH_OPTIONS.
# RANGEFINDER names the program. Prints the number of the last job: when it is done, all is.
set -euo pipefail

[ $# -ge 3 ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
shards=$1 output=$(realpath --canonicalize-missing "$2")
shift 2
program=$(realpath "$(command -v "${RANGEFINDER:-rangefinder}")")
folder=$output.shards
mkdir -p "$folder"
printf -v arguments '%q ' "$@"

# The program leaves a checkpoint when it is asked to end, and exits with 130.
array=$(sbatch --parsable ${SBATCH_OPTIONS:-} --array="1-$shards" --requeue --open-mode=append \
  --signal=B:TERM@120 --output="$folder/%a.log" <<END
#!/bin/bash
trap 'kill -TERM \$child' TERM
shard="$folder/\$SLURM_ARRAY_TASK_ID.h5"
[ -e "\$shard" ] && exit 0
$program profile $arguments --shard "\$SLURM_ARRAY_TASK_ID/$shards" --resume -o "\$shard" \
  --threads "\${SLURM_CPUS_PER_TASK:-1}" >/dev/null &
child=\$!
# A signal ends the first wait before the program has ended.
wait \$child || wait \$child
code=\$?
[ \$code -ne 130 ] || scontrol requeue "\$SLURM_ARRAY_JOB_ID"_"\$SLURM_ARRAY_TASK_ID"
exit \$code
END
)

sbatch --parsable ${SBATCH_OPTIONS:-} --dependency="afterok:$array" --kill-on-invalid-dep=yes \
  --output="$folder/merge.log" <<END
#!/bin/bash
cd "$folder" && $program merge $(printf '%d.h5 ' $(seq "$shards")) -o "$output" >/dev/null &&
  rm -r "$folder"
END
