#!/usr/bin/env bash
# Tries the files of an output folder with the tools that will read them: try.sh FOLDER SCRATCH
#
# - kustomize makes something of every overlay, with the tag that delivery will set.
# - ShellCheck reads the scripts; role-trusts.sh runs against a stand-in of AWS: shown, applied, applied again, undone.
# - check-queue-daemon.py takes a daemon that keeps its contract, and none that breaks it.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$1 scratch=$2/tried
rm -rf "$scratch"
mkdir -p "$scratch/roles"

overlays=0
for file in "$folder"/apps/*/*/*/kustomization.yaml; do
  overlay=${file%/kustomization.yaml}
  [[ $overlay == */base ]] && continue
  kubectl kustomize "$overlay" >"$scratch/overlay.yaml"
  if grep -E '^ *- image: [^:@]+$' "$scratch/overlay.yaml"; then
    echo "$overlay: an image without a tag" >&2
    exit 1
  fi
  overlays=$((overlays + 1))
done
test "$overlays" -gt 0
echo "kustomize: $overlays overlays"

if command -v shellcheck >/dev/null; then
  # A function that this plan has no use for is there for others.
  shellcheck --exclude=SC2329,SC2317 "$folder/preflight.sh" "$folder/bootstrap/role-trusts.sh"
  echo "shellcheck: two scripts"
fi

cp "$folder/bootstrap/role-trusts.sh" "$scratch"
trusts() { FAKE_AWS="$scratch/roles" PATH="$here:$PATH" bash "$scratch/role-trusts.sh" "$1"; }
trusts show >"$scratch/before.txt"
if grep -v 'does not trust its clusters yet$' "$scratch/before.txt"; then exit 1; fi
trusts apply >/dev/null
trusts show >"$scratch/after.txt"
if grep -v 'trusts its clusters$' "$scratch/after.txt" || grep 'not trust' "$scratch/after.txt"; then exit 1; fi
cp -r "$scratch/roles" "$scratch/once"
trusts apply >/dev/null
diff -r "$scratch/roles" "$scratch/once"
for role in "$scratch"/roles/*; do
  jq -e '[.Statement[].Principal | select(.Service == "ec2.amazonaws.com")] | length == 1' "$role" >/dev/null
done
trusts undo >/dev/null
trusts show | cmp - "$scratch/before.txt"
echo "role-trusts.sh: $(wc -l <"$scratch/before.txt") roles there and back"

if [ -f "$folder/handover/check-queue-daemon.py" ]; then
  check() { python3 "$folder/handover/check-queue-daemon.py" -- python3 "$here/queue_daemon.py" "$1"; }
  check good
  for broken in dies batches deletes-first; do
    if check "$broken" >"$scratch/$broken.txt"; then
      echo "a daemon that $broken was taken" >&2
      exit 1
    fi
  done
fi
