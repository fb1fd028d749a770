//! What eksctl, EKS or AWS would reject, found before a file exists.

use std::collections::BTreeSet;

use super::node_group::role;
use crate::plan::{ClusterPlan, OperatingSystem, Plan};

/// Why a cluster cannot be written as an eksctl file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[expect(missing_docs, reason = "each message says it")]
pub enum EksctlRefusal {
    #[error(
        "cluster name {name:?} is not one that EKS accepts\nhint: topology.clusters allows letters, digits and hyphens, a letter in front, at most 100"
    )]
    ClusterName { name: String },
    #[error("two clusters are called {name:?}\nhint: name them apart in topology.clusters")]
    ClusterTwice { name: String },
    #[error(
        "node group {name:?} of cluster \"{cluster}\" has a name that eksctl refuses\nhint: letters, digits and hyphens, at most 63"
    )]
    GroupName { cluster: String, name: String },
    #[error(
        "cluster \"{cluster}\" has two node groups called \"{name}\"\nhint: this is a mistake in the plan, please report it"
    )]
    GroupTwice { cluster: String, name: String },
    #[error(
        "sizes {min} <= {desired} <= {max} of node group \"{name}\" of cluster \"{cluster}\" are out of order\nhint: this is a mistake in the plan, please report it"
    )]
    Sizes {
        cluster: String,
        name: String,
        min: u32,
        desired: u32,
        max: u32,
    },
    #[error(
        "{value:?} is no value for a Kubernetes label\nhint: nodes.role_label allows letters, digits, '-', '_' and '.', at most 63"
    )]
    Label { value: String },
    #[error(
        "cluster \"{cluster}\" joins {count} private subnets, but EKS needs them in at least two zones\nhint: name more in nodes.subnets"
    )]
    TooFewSubnets { cluster: String, count: usize },
    #[error(
        "cluster \"{cluster}\" has only Windows nodes, but CoreDNS needs Linux ones\nhint: this is a mistake in the plan, please report it"
    )]
    OnlyWindows { cluster: String },
    #[error("cluster \"{cluster}\" cannot be written as YAML: {message}")]
    Yaml { cluster: String, message: String },
}

/// Refuses what the schema would let through.
pub(super) fn check(cluster: &ClusterPlan, plan: &Plan) -> Result<(), EksctlRefusal> {
    if !is_cluster_name(&cluster.name) {
        return Err(EksctlRefusal::ClusterName {
            name: cluster.name.clone(),
        });
    }
    let named = || cluster.name.clone();
    if let Some(network) = cluster
        .network
        .as_ref()
        .filter(|network| network.private_subnets.len() < 2)
    {
        return Err(EksctlRefusal::TooFewSubnets {
            cluster: named(),
            count: network.private_subnets.len(),
        });
    }
    let mut taken = BTreeSet::new();
    for group in &cluster.node_groups {
        let name = group.name.clone();
        if !is_group_name(&name) {
            return Err(EksctlRefusal::GroupName {
                cluster: named(),
                name,
            });
        }
        if !taken.insert(&group.name) {
            return Err(EksctlRefusal::GroupTwice {
                cluster: named(),
                name,
            });
        }
        let (min, desired, max) = (group.min_size, group.desired_capacity, group.max_size);
        if min > desired || desired > max {
            return Err(EksctlRefusal::Sizes {
                cluster: named(),
                name,
                min,
                desired,
                max,
            });
        }
        let role = role(group, &plan.inputs.policy);
        if !is_label_value(role) {
            return Err(EksctlRefusal::Label {
                value: role.to_owned(),
            });
        }
    }
    let is_linux = |system: OperatingSystem| system == OperatingSystem::Linux;
    if !cluster.node_groups.is_empty()
        && !cluster
            .node_groups
            .iter()
            .any(|group| is_linux(group.operating_system))
    {
        return Err(EksctlRefusal::OnlyWindows { cluster: named() });
    }
    Ok(())
}

/// EKS takes underscores too; the CloudFormation stack that eksctl names after the cluster does not.
/// The name is also the file's: none with a slash or a dot passes.
fn is_cluster_name(name: &str) -> bool {
    name.len() <= 100
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_group_name(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Kubernetes' rule; empty is allowed there but makes no role.
fn is_label_value(value: &str) -> bool {
    (1..=63).contains(&value.len())
        && value.starts_with(|c: char| c.is_ascii_alphanumeric())
        && value.ends_with(|c: char| c.is_ascii_alphanumeric())
        && value
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::super::cluster_configs;
    use super::*;
    use crate::render::test_plan::hand_made;

    fn refusal(spoil: impl FnOnce(&mut Plan)) -> EksctlRefusal {
        let mut plan = hand_made();
        spoil(&mut plan);
        cluster_configs(&plan).expect_err("the plan was spoilt")
    }

    #[test]
    fn what_eksctl_would_refuse_is_refused_here() {
        let names = ["", "1-eks", "eks/1", "../eks", "eks_1", "eks 1", "eks\n1"];
        for name in names {
            assert!(
                matches!(
                    refusal(|plan| plan.clusters[0].name = name.to_owned()),
                    EksctlRefusal::ClusterName { .. }
                ),
                "{name:?}"
            );
        }
        assert!(matches!(
            refusal(|plan| plan.clusters[1].name = "eks-1".to_owned()),
            EksctlRefusal::ClusterTwice { .. }
        ));
        assert!(matches!(
            refusal(|plan| plan.clusters[0].node_groups[0].name = "a b".to_owned()),
            EksctlRefusal::GroupName { .. }
        ));
        assert!(matches!(
            refusal(|plan| plan.clusters[0].node_groups[1].name = "workers".to_owned()),
            EksctlRefusal::GroupTwice { .. }
        ));
        assert!(matches!(
            refusal(|plan| plan.clusters[0].node_groups[0].min_size = 99),
            EksctlRefusal::Sizes { .. }
        ));
        assert!(matches!(
            refusal(|plan| plan.inputs.policy.nodes.role_label = "a b".to_owned()),
            EksctlRefusal::Label { .. }
        ));
        assert!(matches!(
            refusal(|plan| drop(plan.clusters[0].node_groups.remove(0))),
            EksctlRefusal::OnlyWindows { .. }
        ));
        let one_subnet = |plan: &mut Plan| {
            let network = plan.clusters[0].network.as_mut().expect("a network");
            while network.private_subnets.len() > 1 {
                network.private_subnets.pop_last();
            }
        };
        assert!(matches!(
            refusal(one_subnet),
            EksctlRefusal::TooFewSubnets { count: 1, .. }
        ));
    }
}
