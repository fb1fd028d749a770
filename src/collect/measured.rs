//! What of an environment CloudWatch may know, in CloudWatch's own names.

use super::inventory::{EnvironmentFacts, RegionFacts};
use super::metrics::{MeasuredBalancer, MeasuredEnvironment, MeasuredInstance};
use crate::snapshot::Environment;

/// From the assembled environment, and from the ARNs that the snapshot has no use for.
pub(super) fn measured(
    environment: &Environment,
    facts: &EnvironmentFacts,
    region: &RegionFacts,
) -> MeasuredEnvironment {
    let instances = environment
        .instances
        .iter()
        .map(|instance| MeasuredInstance {
            id: instance.id.clone(),
            instance_type: instance.instance_type.clone(),
            launched: instance.launched_at.map(|time| time.as_second()),
            terminated: instance.terminated_at.map(|time| time.as_second()),
            detailed_monitoring: instance.detailed_monitoring,
        });
    let names = facts
        .resources
        .iter()
        .flat_map(|resources| &resources.balancers);
    let balancers = names
        .zip(&environment.load_balancers)
        .filter_map(|(name, balancer)| match balancer.kind.as_str() {
            "classic" => Some(MeasuredBalancer::Classic(name.clone())),
            "application" => {
                let shared = if balancer.shared {
                    region.targets(facts, name)
                } else {
                    Vec::new()
                };
                // Which of its requests are this environment's nobody knows then, and all of them are not.
                if balancer.shared && shared.is_empty() {
                    return None;
                }
                let target_groups = shared.iter().filter_map(|arn| {
                    after(arn, ":targetgroup/").map(|rest| format!("targetgroup/{rest}"))
                });
                Some(MeasuredBalancer::Application {
                    balancer: after(name, "loadbalancer/")?.to_owned(),
                    target_groups: target_groups.collect(),
                })
            }
            // A network load balancer counts connections and bytes, not requests.
            _ => None,
        });
    MeasuredEnvironment {
        name: environment.name.clone(),
        groups: facts
            .groups
            .iter()
            .map(|group| group.name.clone())
            .collect(),
        instances: instances.collect(),
        balancers: balancers.collect(),
        queues: environment.queues.clone(),
    }
}

/// `app/name/id` of an ARN, which is its dimension in CloudWatch.
fn after<'a>(arn: &'a str, part: &str) -> Option<&'a str> {
    arn.split_once(part).map(|(_, rest)| rest)
}
