#!/usr/bin/env bash
# Whether this account has room for the clusters: quotas, addresses, ways out, names. Needs the AWS CLI.
# Reads, and changes nothing: every call is a get, a list or a describe.
set -uo pipefail

failed=0
pass() { printf 'ok    %s\n' "$1"; }
fail() {
  printf 'FAIL  %s\n      %s\n' "$1" "$2"
  failed=1
}
unknown() { printf '?     %s\n      %s\n' "$1" "$2"; }

# What, how many there must be, how many there are; and what to do where there are fewer.
at_least() {
  local what=$1 needed=$2 there=${3%.*} remedy=$4
  if [[ ! $there =~ ^[0-9]+$ ]]; then
    unknown "$what: $needed needed" "AWS did not say how many there are"
  elif ((there >= needed)); then
    pass "$what: $needed needed, $there there"
  else
    fail "$what: $needed needed, $there there" "$remedy"
  fi
}

account() {
  local there
  there=$(aws sts get-caller-identity --query Account --output text 2>/dev/null)
  if [[ $there == "$1" ]]; then pass "account $1"; else fail "account $1" "these credentials are of '${there:-nobody}'"; fi
}

quota() { # service, code
  aws service-quotas get-service-quota --region "$region" --service-code "$1" --quota-code "$2" --query Quota.Value --output text 2>/dev/null
}

# vCPUs of on-demand instances of the standard families that run now, by EC2's own count.
vcpus_in_use() {
  aws cloudwatch get-metric-statistics --region "$region" --namespace AWS/Usage --metric-name ResourceCount \
    --dimensions Name=Service,Value=EC2 Name=Type,Value=Resource Name=Resource,Value=vCPU Name=Class,Value=Standard/OnDemand \
    --start-time "$(date -u -d '-1 hour' +%FT%TZ 2>/dev/null || date -u -v-1H +%FT%TZ)" --end-time "$(date -u +%FT%TZ)" \
    --period 3600 --statistics Maximum --query 'Datapoints[0].Maximum' --output text 2>/dev/null
}

vcpus() { # most that the clusters take
  local limit used
  limit=$(quota ec2 L-1216C47A)
  used=$(vcpus_in_use)
  used=${used%.*}
  [[ $used =~ ^[0-9]+$ ]] || used=0
  at_least "vCPUs of on-demand instances, beside the $used of today" $(($1 + used)) "$limit" \
    "ask for more of EC2's quota L-1216C47A (Running On-Demand Standard instances)"
}

clusters() { # how many are new
  local there
  there=$(aws eks list-clusters --region "$region" --query 'length(clusters)' --output text 2>/dev/null)
  [[ $there =~ ^[0-9]+$ ]] || there=0
  at_least "EKS clusters, beside the $there of today" $(($1 + there)) "$(quota eks L-1194D53C)" "ask for more of EKS' quota L-1194D53C"
}

balancers() { # how many are new
  local there
  there=$(aws elbv2 describe-load-balancers --region "$region" --query "length(LoadBalancers[?Type=='application'])" --output text 2>/dev/null)
  [[ $there =~ ^[0-9]+$ ]] || there=0
  at_least "application load balancers, beside the $there of today" $(($1 + there)) "$(quota elasticloadbalancing L-53DA6B97)" \
    "ask for more of the quota L-53DA6B97, or raise load_balancers.apps_per_load_balancer"
}

version() {
  if aws eks describe-cluster-versions --region "$region" --cluster-versions "$1" --query 'clusterVersions[0].clusterVersion' --output text 2>/dev/null | grep -q "^$1\$"; then
    pass "EKS offers Kubernetes $1"
  else
    unknown "EKS offers Kubernetes $1" "AWS did not say so: see aws eks describe-cluster-versions"
  fi
}

subnet() { # id, addresses that the clusters take there at most
  at_least "free addresses in $1" "$2" \
    "$(aws ec2 describe-subnets --region "$region" --subnet-ids "$1" --query 'Subnets[0].AvailableIpAddressCount' --output text 2>/dev/null)" \
    "name larger subnets in nodes.subnets, or another way of nodes.addresses"
}

way_out() { # private subnet, its VPC: nodes load their images from outside
  local way
  way=$(aws ec2 describe-route-tables --region "$region" --filters "Name=association.subnet-id,Values=$1" \
    --query "RouteTables[].Routes[?DestinationCidrBlock=='0.0.0.0/0'][].[NatGatewayId,TransitGatewayId,NetworkInterfaceId]" --output text 2>/dev/null)
  if [[ -z ${way//[[:space:]]/} ]]; then
    way=$(aws ec2 describe-route-tables --region "$region" --filters "Name=vpc-id,Values=$2" Name=association.main,Values=true \
      --query "RouteTables[].Routes[?DestinationCidrBlock=='0.0.0.0/0'][].[NatGatewayId,TransitGatewayId,NetworkInterfaceId]" --output text 2>/dev/null)
  fi
  if [[ $way =~ (nat|tgw|eni)- ]]; then pass "$1 has a way out"; else fail "$1 has a way out" "no default route to a NAT or transit gateway: nodes could load no image"; fi
}

security_group() {
  if aws ec2 describe-security-groups --region "$region" --group-ids "$1" >/dev/null 2>&1; then pass "$1 is there"; else fail "$1 is there" "name another in nodes.security_groups, or let its balancer have its own"; fi
}

key_pair() {
  if aws ec2 describe-key-pairs --region "$region" --key-names "$1" >/dev/null 2>&1; then pass "key pair $1 is there"; else fail "key pair $1 is there" "make it, or empty nodes.ssh_key_name"; fi
}

role() { # name
  if aws iam get-role --role-name "$1" >/dev/null 2>&1; then pass "role $1 is there"; else fail "role $1 is there" "EKS refuses an access entry for a role that does not exist"; fi
}

zone() {
  if aws route53 list-hosted-zones-by-name --dns-name "$1." --max-items 1 --query 'HostedZones[0].Name' --output text 2>/dev/null | grep -qx "$1\\."; then
    pass "zone $1 in Route 53"
  else
    fail "zone $1 in Route 53" "set platform.domain to one that this account has"
  fi
}

region='ap-northeast-1'
account '111122223333'
version '1.35'
clusters '2'
vcpus '328'
balancers '8'
subnet 'subnet-0aa10000000000001' '468'
subnet 'subnet-0cc10000000000001' '438'
subnet 'subnet-0dd10000000000001' '393'
way_out 'subnet-0aa10000000000001' 'vpc-0a1b2c3d4e5f60718'
way_out 'subnet-0cc10000000000001' 'vpc-0a1b2c3d4e5f60718'
way_out 'subnet-0dd10000000000001' 'vpc-0a1b2c3d4e5f60718'
security_group 'sg-00000000000000002'
zone 'example.com'

exit "$failed"
