#!/usr/bin/env bash
# Kills `plan --out` at every call that changes a name on disk, and at random, and looks at what is left.
# Usage: kills.sh PROGRAM SCRATCH [RANDOM_KILLS]
# Whoever reads the folder sees the old plan or the new one, whole; the next run removes every leftover.
set -euo pipefail
program=$1 scratch=$2 kills=${3:-60}
desk=$(mktemp -d -p "$scratch")
"$program" sample --environments 2 --days 2 --out "$desk/snapshot" 2>/dev/null
"$program" sample --environments 3 --days 2 --seed 2 --out "$desk/other" 2>/dev/null
cd "$desk"

plan() { # snapshot
  "$program" plan "$1" --out out >/dev/null 2>&1 || test $? -eq 3
}

whole() { # after a kill: the old files or the new ones, every one of them as its index says
  (cd out && sha256sum --quiet --check files.sha256)
}

clean() { # the next run leaves nothing but what it was asked for
  plan snapshot
  whole
  local left
  left=$(find . -maxdepth 1 ! -name . ! -name out ! -name snapshot ! -name other)
  test -z "$left" || { echo "left behind: $left"; exit 1; }
}

plan snapshot
calls=rename,renameat,renameat2,mkdir,mkdirat,rmdir,unlink,unlinkat
killed=0
if command -v strace >/dev/null; then
  at=1
  while :; do
    code=0
    (strace -f -qq -o /dev/null -e "trace=$calls" -e "inject=$calls:signal=KILL:when=$at" \
      "$program" plan other --out out >/dev/null 2>&1) 2>/dev/null || code=$?
    whole
    test "$code" -eq 137 || break
    clean
    killed=$((killed + 1))
    # The first twenty one by one, then every seventh: most remove one file each.
    test "$at" -lt 20 && at=$((at + 1)) || at=$((at + 7))
  done
  echo "killed at $killed calls that change names"
fi
for number in $(seq "$kills"); do
  "$program" plan other --out out >/dev/null 2>&1 &
  running=$!
  sleep "0.$(printf '%03d' $((RANDOM % 700)))"
  kill -9 "$running" 2>/dev/null || true
  wait "$running" 2>/dev/null || true
  whole
  test $((number % 5)) -ne 0 || clean
done
clean
echo "killed $kills times at random"
rm -rf "$desk"
