#!/usr/bin/env bash
# Changes the code of a room in small ways, one at a time, and tells which changes no test of the room notices.
#
#   .ci/mutants.sh ROOM [options of cargo mutants, such as --re read or --shard 1/4]
#
# It works in a copy with the room and the rooms that it names, which is built in seconds. The first run takes
# minutes: target/mutants keeps the copy.
set -euo pipefail
cd "$(dirname "$0")/.."
room=${1:?"which room of src?"}
shift
if ! cargo mutants --version >/dev/null 2>&1; then
  echo "hint: cargo install --locked cargo-mutants"
  exit 1
fi

rooms=$room
while true; do
  named=$(for known in $rooms; do
    echo "$known"
    # Lines of comments name rooms that the code does not.
    { grep -rh --include='*.rs' -v '^ *//' "src/$known" || true; } | grep -oE 'crate::[a-z]+' | sed 's/crate:://' || true
  done | sort -u | while read -r known; do [ -d "src/$known" ] && echo "$known"; done)
  [ "$named" = "$rooms" ] && break
  rooms=$named
done

copy=$PWD/target/mutants
mkdir -p "$copy/tests/it"
rm -rf "$copy/src"
cp -r Cargo.toml Cargo.lock clippy.toml src benches docs fixtures schemas "$copy"
rm "$copy/src/main.rs"
: >"$copy/tests/it/main.rs"
sed -i '/^default-run/d; /^\[\[bin\]\]/,/^$/d' "$copy/Cargo.toml"
{
  echo '#![allow(missing_docs, dead_code, unused_imports)]'
  for known in $rooms; do echo "pub mod $known;"; done
} >"$copy/src/lib.rs"
# Unoptimised: what each mutant takes is building it.
export CARGO_PROFILE_DEV_OPT_LEVEL=0 CARGO_PROFILE_DEV_DEBUG=false
cd "$copy"
nice -n 10 cargo mutants --in-place --no-default-features --file "src/$room/**" --minimum-test-timeout 60 \
  --no-shuffle --colors never --output "$copy/of-$room" "$@" -- --lib "$room::"
