#!/bin/bash
# Starts a Slurm cluster of two nodes on this machine, profiles in 16 shards, kills one node with
# kill -9 midway, starts it again, and compares the bytes with those of a run without Slurm.
#
#   acceptance_slurm.sh PROGRAM MODEL
#
# MODEL takes pictures of 28×28×1. Needs root, and Debian's slurm-wlm. No configuration outside a temporary folder is touched.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
program=$(realpath "$1") model=$(realpath "$2")
folder=$(mktemp -d)
data=$folder/x.npy
PYTHONPATH=$here python3 -c "import noise; noise.write('$data', 16384, (28, 28, 1))"
chmod 755 "$folder"
mkdir "$folder/state"
host=$(hostname -s)
export SLURM_CONF=$folder/slurm.conf RANGEFINDER=$program

stop() {
  scancel --user root 2>/dev/null || true
  sleep 2
  for file in "$folder"/*.pid; do kill "$(cat "$file")" 2>/dev/null || true; done
  sleep 1
  rm -rf "$folder"
}
trap stop EXIT

head -c 1024 /dev/urandom >"$folder/munge.key"
chmod 600 "$folder/munge.key"
munged --force --key-file="$folder/munge.key" --socket="$folder/munge.sock" \
  --pid-file="$folder/munge.pid" --log-file="$folder/munge.log" --seed-file="$folder/munge.seed"
cat >"$SLURM_CONF" <<END
ClusterName=rangefinder
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=16817
SlurmUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.sock
SlurmctldPidFile=$folder/controller.pid
SlurmctldLogFile=$folder/controller.log
SlurmdPidFile=$folder/%n.pid
SlurmdLogFile=$folder/%n.log
SlurmdSpoolDir=$folder/%n
StateSaveLocation=$folder/state
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
ReturnToService=2
SlurmdTimeout=5
MinJobAge=2
SchedulerParameters=sched_interval=2,bf_interval=2,requeue_delay=1
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=16818 CPUs=1
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=16819 CPUs=1
PartitionName=all Nodes=n1,n2 Default=YES State=UP
END
slurmctld
for node in n1 n2; do slurmd -N $node; done
until [ "$(sinfo --noheader --states=idle --format=%D)" = 2 ]; do sleep 0.5; done

"$program" profile "$model" --data "$data" -o "$folder/whole.h5" --quiet >/dev/null
output=$folder/p.h5
"$here/profile_slurm.sh" 16 "$output" "$model" --data "$data" >/dev/null
count() { find "$output.shards" -name '*.h5' | wc -l; }
until [ "$(count)" -ge 4 ]; do sleep 0.1; done

# The daemon, the step that it runs, and all that the step has started.
descendants() {
  for child in $(pgrep --parent "$1"); do
    echo "$child"
    descendants "$child"
  done
}
until job=$(squeue --noheader --states=R --nodelist=n2 --format=%A | grep .); do sleep 0.1; done
step=$(pgrep --full "slurmstepd: \[$job\.batch\]")
# What ends with its parent is gone before it is this one's turn.
kill -9 "$(cat "$folder/n2.pid")" "$step" $(descendants "$step") 2>/dev/null || true
echo "kill -9 of one of two nodes after $(count) of 16 shards"
until [ "$(sinfo --noheader --nodes=n2 --format=%t)" = "down*" ] || [ -e "$output" ]; do sleep 0.5; done
echo "the node is $(sinfo --noheader --nodes=n2 --format=%t); it is started again after $(count) shards"
slurmd -N n2

for _ in $(seq 600); do
  [ -e "$output" ] && break
  sleep 0.5
done
cmp "$folder/whole.h5" "$output"
echo "the bytes are the same"
