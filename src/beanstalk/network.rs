//! Where an environment stands.

use std::collections::BTreeSet;

use super::options::Options;
use super::values;
use crate::snapshot::Environment;

/// Its place in the network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Network {
    /// `vpc-…`, as the settings have it.
    pub vpc: Option<String>,
    /// Subnets of its load balancer, by id.
    pub balancer_subnets: Vec<String>,
    /// Whether it is one instance without a load balancer.
    pub is_single_instance: bool,
}

const NETWORK: &str = "aws:ec2:vpc";

pub(super) fn of(options: &Options<'_>, is_single_instance: bool) -> Network {
    Network {
        vpc: options.get(NETWORK, "VPCId").map(str::to_owned),
        balancer_subnets: identifiers(options.get(NETWORK, "ELBSubnets"), "subnet-"),
        is_single_instance,
    }
}

/// What was seen wins: an environment with a load balancer is no single instance.
pub(super) fn is_single_instance(environment: &Environment, options: &Options<'_>) -> bool {
    environment.load_balancers.is_empty()
        && options.choice(
            "aws:elasticbeanstalk:environment",
            "EnvironmentType",
            &[("SingleInstance", true), ("LoadBalanced", false)],
        ) == Some(true)
}

/// Ids and ARNs that begin with `prefix`, sorted, each once.
pub(super) fn identifiers(text: Option<&str>, prefix: &str) -> Vec<String> {
    let ids: BTreeSet<String> = in_order(text, prefix).into_iter().collect();
    ids.into_iter().collect()
}

/// The same as they are set: of certificates the first is for clients that name no host.
pub(super) fn in_order(text: Option<&str>, prefix: &str) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for id in text
        .into_iter()
        .flat_map(values::list)
        .filter_map(values::identifier)
        .filter(|id| id.starts_with(prefix))
    {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids
}
