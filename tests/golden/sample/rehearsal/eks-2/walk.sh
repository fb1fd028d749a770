#!/bin/sh
# Puts the plan on a cluster without machines, wave by wave, to see where its scheduler places every pod:
#   sh rehearsal/eks-2/walk.sh CONTEXT [PAUSE]
# CONTEXT is that cluster's in kubectl's configuration; PAUSE the seconds after each wave (10). Definitions of the
# custom resources are there before (see docs/SIMULATE.md). Nobody scales here: each app gets the replicas that the
# plan has for normal times.
set -eu
context=${1:?"the context of a cluster without machines"}
pause=${2:-10}
cd "$(dirname "$0")/../.."
app() { # folder, namespace, name, replicas
  kubectl --context "$context" apply --server-side -k "$1"
  kubectl --context "$context" -n "$2" scale deployment "$3" --replicas "$4"
}
kubectl --context "$context" apply --server-side -f platform/eks-2/objects/priority-classes/templates
kubectl --context "$context" apply -f rehearsal/eks-2/nodes.yaml
kubectl --context "$context" apply --server-side -f rehearsal/eks-2/stand-ins.yaml
kubectl --context "$context" apply --server-side -f apps/namespaces/eks-2.yaml
sleep "$pause"
echo 'wave 3'
app apps/campaign/campaign-prod/eks-2 campaign campaign-prod 2
app apps/coupon/coupon-prod/eks-2 coupon coupon-prod 2
app apps/faq/faq-prod/eks-2 faq faq-prod 2
app apps/image/image-prod/eks-2 image image-prod 2
app apps/notice/notice-prod/eks-2 notice notice-prod 2
app apps/point/point-prod/eks-2 point point-prod 2
sleep "$pause"
echo 'wave 4'
app apps/booking/booking-prod/eks-2 booking booking-prod 2
app apps/hotel/hotel-prod/eks-2 hotel hotel-prod 3
app apps/member/member-prod/eks-2 member member-prod 2
app apps/restaurant/restaurant-prod/eks-2 restaurant restaurant-prod 2
app apps/review/review-prod/eks-2 review review-prod 2
app apps/search/search-prod/eks-2 search search-prod 2
sleep "$pause"
echo 'wave 5'
app apps/booking-worker/booking-worker-prod/eks-2 booking-worker booking-worker-prod 2
app apps/mail-worker/mail-worker-prod/eks-2 mail-worker mail-worker-prod 2
app apps/ranking-worker/ranking-worker-prod/eks-2 ranking-worker ranking-worker-prod 2
sleep "$pause"
echo 'wave 6'
app apps/inventory/inventory-prod/eks-2 inventory inventory-prod 2
app apps/partner/partner-prod/eks-2 partner partner-prod 2
sleep "$pause"
echo 'pods without a node:'
kubectl --context "$context" get pods -A --field-selector spec.nodeName=
