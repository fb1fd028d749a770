#!/usr/bin/env bash
# Lets the roles of today's instance profiles be taken over by the apps' pods.
#
#   role-trusts.sh show    prints each app's role, as AWS has it, and whether it trusts its clusters
#   role-trusts.sh apply   lets each role trust them, beside whom it trusts today; what was before goes to role-trusts.before/
#   role-trusts.sh undo    puts back what was before
#
# Needs the AWS CLI and jq. Roles of Linux pods trust EKS Pod Identity; Windows has none, so roles of Windows pods trust
# each cluster's OpenID Connect provider: run it again when the clusters are there.
set -euo pipefail
cd "$(dirname "$0")"

mode=${1:-show}
before='role-trusts.before'

role_of() { # profile, role as planned or -
  if [[ $2 == - ]]; then
    aws iam get-instance-profile --instance-profile-name "$1" --query 'InstanceProfile.Roles[0].Arn' --output text
  else
    printf '%s\n' "$2"
  fi
}

pod_identity() { # clusters' ARNs, with commas between
  jq -nc --arg account "$account" --arg clusters "$1" '{
    Sid: "EksPodIdentity", Effect: "Allow", Principal: {Service: "pods.eks.amazonaws.com"},
    Action: ["sts:AssumeRole", "sts:TagSession"],
    Condition: {StringEquals: {"aws:SourceAccount": $account}, ArnEquals: {"aws:SourceArn": ($clusters | split(","))}}
  }'
}

open_id() { # cluster, namespace, service account
  local issuer
  issuer=$(aws eks describe-cluster --region "$region" --name "$1" --query cluster.identity.oidc.issuer --output text 2>/dev/null) || return 0
  issuer=${issuer#https://}
  jq -nc --arg sid "Eks$(tr -cd '[:alnum:]' <<<"$1$2$3")" --arg provider "arn:$partition:iam::$account:oidc-provider/$issuer" \
    --arg issuer "$issuer" --arg subject "system:serviceaccount:$2:$3" '{
    Sid: $sid, Effect: "Allow", Principal: {Federated: $provider}, Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {StringEquals: {($issuer + ":aud"): "sts.amazonaws.com", ($issuer + ":sub"): $subject}}
  }'
}

# Statements of the same name are replaced, all others stay.
merged() { # document, statements one a line
  jq -c --slurpfile new <(printf '%s\n' "$2") '
    ($new | map(.Sid)) as $names
    | .Statement |= ((if type == "array" then . else [.] end) | map(select((.Sid // "") as $sid | $names | index($sid) | not)) + $new)
  ' <<<"$1"
}

# The same for documents that say the same.
in_order() { jq -cS '.Statement |= ((if type == "array" then . else [.] end) | sort_by(tojson))'; }

one() { # app, profile, role or -, system, namespace, service account, clusters' names, clusters' ARNs
  local role name document statements='' wanted cluster
  role=$(role_of "$2" "$3")
  name=${role##*/}
  if [[ $mode == undo ]]; then
    if [[ -f $before/$name.json ]]; then
      aws iam update-assume-role-policy --role-name "$name" --policy-document "file://$before/$name.json"
      printf '%s: %s trusts whom it trusted before\n' "$1" "$role"
    fi
    return
  fi
  document=$(aws iam get-role --role-name "$name" --query Role.AssumeRolePolicyDocument --output json)
  if [[ $4 == windows ]]; then
    for cluster in ${7//,/ }; do
      statements+=$(open_id "$cluster" "$5" "$6")$'\n'
    done
  else
    statements=$(pod_identity "$8")
  fi
  if [[ -z ${statements//[[:space:]]/} ]]; then
    printf '%s: %s: no cluster is there yet\n' "$1" "$role"
    return
  fi
  wanted=$(merged "$document" "$statements")
  if [[ "$(in_order <<<"$document")" == "$(in_order <<<"$wanted")" ]]; then
    printf '%s: %s trusts its clusters\n' "$1" "$role"
  elif [[ $mode == apply ]]; then
    # IAM User Guide, "IAM and AWS STS quotas": a role trust policy has at most 2,048 characters, by request 4,096.
    if ((${#wanted} > 2048)); then
      printf '%s: the trust policy of %s would have %d characters, and IAM takes 2048: split the role\n' "$1" "$role" "${#wanted}" >&2
    fi
    mkdir -p "$before"
    [[ -f $before/$name.json ]] || printf '%s\n' "$document" >"$before/$name.json"
    aws iam update-assume-role-policy --role-name "$name" --policy-document "$wanted"
    printf '%s: %s now trusts its clusters\n' "$1" "$role"
  else
    printf '%s: %s does not trust its clusters yet\n' "$1" "$role"
  fi
}

region='ap-northeast-1'
account='111122223333'
partition='aws'
: "$region" "$partition"
one 'inventory-prod' 'inventory-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/inventory-app' 'windows' 'inventory' 'inventory-prod' 'eks-1,eks-2' ''
one 'partner-prod' 'partner-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/partner-app' 'windows' 'partner' 'partner-prod' 'eks-1,eks-2' ''
one 'partner-stg' 'partner-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/partner-app' 'windows' 'partner-staging' 'partner-stg' 'eks-1' ''
one 'booking-prod,booking-stg' 'booking-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/booking-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'booking-worker-prod' 'booking-worker-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/booking-worker-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'campaign-prod' 'campaign-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/campaign-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'coupon-prod,coupon-stg' 'coupon-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/coupon-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'faq-prod' 'faq-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/faq-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'hotel-prod' 'hotel-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/hotel-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'image-prod' 'image-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/image-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'mail-worker-prod' 'mail-worker-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/mail-worker-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'member-prod,member-stg' 'member-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/member-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'notice-prod' 'notice-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/notice-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'point-prod' 'point-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/point-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'ranking-worker-prod' 'ranking-worker-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/ranking-worker-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'restaurant-prod,restaurant-stg' 'restaurant-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/restaurant-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'review-prod,review-stg' 'review-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/review-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
one 'search-prod,search-stg' 'search-instance-profile' 'arn:aws:iam::111122223333:role/beanstalk/search-app' 'linux' '' '' 'eks-1,eks-2' 'arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-1,arn:aws:eks:ap-northeast-1:111122223333:cluster/eks-2'
