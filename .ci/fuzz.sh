#!/usr/bin/env bash
# Feeds every reader of files from outside with what nobody would write, two readers at a time.
#
#   .ci/fuzz.sh SECONDS [READER…]     each so long; without names all of them
#
# Each time along much the same way; SEED=0 .ci/fuzz.sh … goes another one each time.
# A panic, an abort, an answer that takes 10 seconds, 1 GiB that is alive and a wrong sum are findings: it then
# ends with 1 and says which bytes did it. What was learnt stays in target/fuzz for the next run.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:?"how many seconds for each reader?"}
shift

host=$(rustc -vV | sed -n 's/^host: //p')
export learnt=$PWD/target/fuzz/learnt findings=$PWD/target/fuzz/findings
export programs=$PWD/target/fuzz/$host/release seconds
# A run of .ci/run fails for what was changed, not for what chance found: that is for whoever looks for it.
export seed=${SEED:-1}

if ! command -v c++ >/dev/null; then
  echo "left out: there is no C++ compiler to build libFuzzer with"
  exit 0
fi
# The product's versions of everything that is in the product.
cp Cargo.lock fuzz/Cargo.lock
if ! cargo fetch --quiet --manifest-path fuzz/Cargo.toml --target "$host"; then
  echo "left out: libFuzzer cannot be had here"
  exit 0
fi
# Coverage as libFuzzer reads it, by flags of the stable compiler. With --target, so that what runs while building
# is built without them.
coverage='-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares'
RUSTFLAGS=$coverage cargo build --quiet --release --manifest-path fuzz/Cargo.toml --target-dir target/fuzz --target "$host"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export scratch
# Readers of folders write each input to a file: to memory, where there is such a place.
if [ -w /dev/shm ]; then
  files=$(mktemp -d -p /dev/shm)
  trap 'rm -rf "$scratch" "$files"' EXIT
  export TMPDIR=$files
fi
export RAYON_NUM_THREADS=1

# Words that are compared as a whole, so that no letter of them is found by itself.
words() {
  sed -e 's/[\\"]/\\&/g' -e 's/.*/"&"/' | sort -u
}
grep -oE '^(\[+[a-z_.]+\]+|[a-z_]+ = )' src/policy/defaults.toml | words >"$scratch/policy.words"
tail -n +2 src/translate/options.csv | cut -d, -f1,2 | tr , '\n' | words >"$scratch/inventory.words"

fuzz() { # reader
  local reader=$1 log=$scratch/$1.log words=()
  mkdir -p "$learnt/$reader" "$findings"
  [ -f "$scratch/$reader.words" ] && words=(-dict="$scratch/$reader.words")
  # What is learnt goes to the first folder; the others are read.
  if nice -n 10 "$programs/$reader" -seed="$seed" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1536 -print_final_stats=1 \
    -artifact_prefix="$findings/$reader-" "${words[@]}" "$learnt/$reader" "fuzz/corpus/$reader" $(find "fuzz/found/$reader" -maxdepth 0 2>/dev/null) >"$log" 2>&1; then
    echo "$reader: $(sed -n 's/^stat::number_of_executed_units: *//p' "$log") inputs, $(grep -oE 'cov: [0-9]+' "$log" | tail -n 1)"
  else
    grep -vE '^#|^stat::' "$log" | tail -n 40
    echo "$reader: a finding; again with $programs/$reader FILE"
    return 1
  fi
}
export -f fuzz

if [ $# -eq 0 ]; then
  mapfile -t readers < <(sed -n 's/^pub fn \([a-z]*\)(bytes.*/\1/p' fuzz/src/readers.rs)
  set -- "${readers[@]}"
fi
printf '%s\n' "$@" | xargs -P 2 -I{} bash -c 'fuzz {}'
