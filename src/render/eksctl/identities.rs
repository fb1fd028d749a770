//! Permissions for the add-ons of the policy that call AWS, by Pod Identity and nobody else's.

use std::collections::BTreeMap;

use serde_json::json;

use super::config::PodIdentity;
use crate::plan::Policy;

/// Add-on in the policy, and eksctl's name for the permissions that it needs. Their charts use the
/// add-on's name for the service account, in `kube-system`.
const KNOWN: [(&str, &str); 3] = [
    ("cluster-autoscaler", "autoScaler"),
    ("aws-load-balancer-controller", "awsLoadBalancerController"),
    ("external-dns", "externalDNS"),
];

/// What the platform's other parts may do, where eksctl has no policy of that name: namespace, service account,
/// actions, resources.
const OWN: [(&str, &str, &[&str], &str); 3] = [
    (
        "external-secrets",
        "external-secrets",
        &[
            "secretsmanager:GetSecretValue",
            "secretsmanager:DescribeSecret",
        ],
        "*",
    ),
    (
        "keda",
        "keda-operator",
        &["sqs:GetQueueAttributes", "sqs:GetQueueUrl"],
        "*",
    ),
    (
        "monitoring",
        "fluent-bit",
        &[
            "s3:PutObject",
            "logs:CreateLogStream",
            "logs:CreateLogGroup",
            "logs:PutLogEvents",
            "logs:PutRetentionPolicy",
        ],
        "*",
    ),
];

/// One association for each add-on that the policy names, and for what helmfile installs.
pub(super) fn of(policy: &Policy) -> Option<Vec<PodIdentity>> {
    let known = KNOWN
        .iter()
        .filter(|(addon, _)| policy.addons.iter().any(|planned| planned.name == *addon));
    let mut identities: Vec<_> = known
        .map(|&(addon, permissions)| PodIdentity {
            namespace: "kube-system",
            service_account_name: addon,
            well_known_policies: BTreeMap::from([(permissions, true)]),
            permission_policy: None,
        })
        .collect();
    identities.extend(
        OWN.iter().map(
            |&(namespace, service_account_name, actions, resource)| PodIdentity {
                namespace,
                service_account_name,
                well_known_policies: BTreeMap::new(),
                permission_policy: Some(json!({
                    "Version": "2012-10-17",
                    "Statement": [{"Effect": "Allow", "Action": actions, "Resource": resource}],
                })),
            },
        ),
    );
    Some(identities)
}
