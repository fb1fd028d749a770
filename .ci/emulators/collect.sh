#!/usr/bin/env bash
# Collects from AWS emulators that the project did not write: moto for Beanstalk, EC2, Auto Scaling, load
# balancing and STS, ministack for CloudWatch (it speaks CBOR), and microburst, which puts faults in between.
# usage: collect.sh EB2EKS SCRATCH
set -euo pipefail
eb2eks=$1
scratch=$2/emulators
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$scratch"
pids=()
stop() {
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
}
trap stop EXIT

# botocore's pins differ, so each has a home of its own.
home() { # name, packages...
  local name=$1
  shift
  python3 -m venv "$scratch/$name"
  "$scratch/$name/bin/pip" install --quiet --disable-pip-version-check "$@"
}
home moto 'moto==5.2.5' flask flask-cors cbor2 boto3
home ministack 'ministack==1.5.33' cbor2
home microburst 'microburst==0.10.0'

free_port() {
  python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
wait_for() { # url
  for _ in $(seq 100); do
    if curl --silent --output /dev/null "$1"; then return; fi
    sleep 0.3
  done
  echo "$1 does not answer" >&2
  return 1
}

moto=http://127.0.0.1:$(free_port)
"$scratch/moto/bin/moto_server" -H 127.0.0.1 -p "${moto##*:}" >"$scratch/moto.log" 2>&1 &
pids+=($!)
ministack=http://127.0.0.1:$(free_port)
BIND_HOST=127.0.0.1 GATEWAY_PORT=${ministack##*:} "$scratch/ministack/bin/ministack" >"$scratch/ministack.log" 2>&1 &
pids+=($!)
faults=http://127.0.0.1:$(free_port)
echo '[]' >"$scratch/rules.yaml"
"$scratch/microburst/bin/microburst" --upstream "$moto" --host 127.0.0.1 --port "${faults##*:}" >"$scratch/microburst.log" 2>&1 &
pids+=($!)
wait_for "$moto/moto-api/"
wait_for "$ministack"
wait_for "$faults/_microburst/fired"
"$scratch/moto/bin/python" "$here/seed.py" "$moto" "$ministack"

export AWS_ACCESS_KEY_ID=testing AWS_SECRET_ACCESS_KEY=testing AWS_EC2_METADATA_DISABLED=true
export AWS_REGION=ap-northeast-1 AWS_ENDPOINT_URL_CLOUDWATCH=$ministack
# Emulators have no limits to respect, and what moto does not know is refused at every attempt.
cat >"$scratch/fast.toml" <<'TOML'
[collect]
five_minute_days = 2
hourly_days = 2
beanstalk_per_second = 100.0
other_per_second = 100.0
attempts = 3
TOML

collect() { # endpoint, folder: 3 is "written, with gaps"
  AWS_ENDPOINT_URL=$1 "$eb2eks" collect --out "$2" --policy "$scratch/fast.toml" >"$2.txt" 2>"$2.log" || test $? -eq 3
}

collect "$moto" "$scratch/plain"
cat "$scratch/plain.txt"
"$eb2eks" plan "$scratch/plain" --out "$scratch/plan" >"$scratch/plan.txt" || test $? -eq 3
head -n 5 "$scratch/plan.txt"

# The same through a proxy that throttles, resets and answers 503: nothing may be different.
fault() { # rules
  curl --silent --fail --output /dev/null -X POST "$faults/_microburst/rules" -H 'content-type: application/json' -d "$1"
}
fault '[
  {"service": "elasticbeanstalk", "operation": "DescribeEnvironments", "times": 2, "error": {"code": "Throttling", "status": 400, "message": "Rate exceeded"}},
  {"service": "elasticbeanstalk", "operation": "ListTagsForResource", "times": 1, "reset": true},
  {"service": "ec2", "operation": "DescribeInstances", "times": 1, "error": {"code": "RequestLimitExceeded", "status": 503, "message": "slow down"}},
  {"service": "ec2", "operation": "DescribeSubnets", "times": 1, "truncate_frac": 0.5},
  {"service": "autoscaling", "operation": "DescribeAutoScalingGroups", "times": 1, "truncate_frac": 0.5}
]'
sed -i 's/attempts = 3/attempts = 6/' "$scratch/fast.toml"
collect "$faults" "$scratch/faulty"
fired=$(curl --silent "$faults/_microburst/fired" | python3 -c 'import json, sys; print(len(json.load(sys.stdin)))')
echo "microburst injected $fired faults"
test "$fired" -ge 5
"$scratch/moto/bin/python" "$here/same_facts.py" "$scratch/plain" "$scratch/faulty"
