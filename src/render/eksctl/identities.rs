//! Permissions for the add-ons of the policy that call AWS, by Pod Identity and nobody else's.

use std::collections::BTreeMap;

use super::config::PodIdentity;
use crate::plan::Policy;

/// Add-on in the policy, and eksctl's name for the permissions that it needs. Their charts use the
/// add-on's name for the service account, in `kube-system`.
const KNOWN: [(&str, &str); 3] =
    [("cluster-autoscaler", "autoScaler"), ("aws-load-balancer-controller", "awsLoadBalancerController"), ("external-dns", "externalDNS")];

/// One association for each add-on that the policy names; `None` rather than an empty list.
pub(super) fn of(policy: &Policy) -> Option<Vec<PodIdentity>> {
    let identities: Vec<_> = KNOWN
        .iter()
        .filter(|(addon, _)| policy.addons.iter().any(|planned| planned.name == *addon))
        .map(|&(addon, permissions)| PodIdentity {
            namespace: "kube-system",
            service_account_name: addon,
            well_known_policies: BTreeMap::from([(permissions, true)]),
        })
        .collect();
    (!identities.is_empty()).then_some(identities)
}
