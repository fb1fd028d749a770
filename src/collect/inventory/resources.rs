//! DescribeEnvironmentResources: what belongs to an environment.

use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::super::outcome::Outcome;

/// Names of what belongs to it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct Resources {
    pub(in crate::collect) groups: Vec<String>,
    pub(in crate::collect) instances: Vec<String>,
    /// The name of a classic load balancer, the whole ARN of any other.
    pub(in crate::collect) balancers: Vec<String>,
    pub(in crate::collect) queues: Vec<String>,
}

/// By the environment's id, or its name where the id is not known.
pub(in crate::collect) async fn read(
    clients: &RegionClients,
    id: Option<&str>,
    name: &str,
) -> CallResult<Resources> {
    let call = clients.beanstalk.describe_environment_resources();
    let call = match id {
        Some(id) => call.environment_id(id),
        None => call.environment_name(name),
    };
    let answer = call
        .send()
        .await
        .map_err(|error| vanished(CallError::of(&error, &clients.region)))?;
    let found = answer.environment_resources.ok_or_else(|| {
        CallError::unparsable("DescribeEnvironmentResources answered without resources")
    })?;
    let names = |list: Vec<Option<String>>| {
        list.into_iter()
            .flatten()
            .filter(|name| !name.is_empty())
            .collect()
    };
    Ok(Resources {
        groups: names(
            found
                .auto_scaling_groups
                .unwrap_or_default()
                .into_iter()
                .map(|one| one.name)
                .collect(),
        ),
        instances: names(
            found
                .instances
                .unwrap_or_default()
                .into_iter()
                .map(|one| one.id)
                .collect(),
        ),
        balancers: names(
            found
                .load_balancers
                .unwrap_or_default()
                .into_iter()
                .map(|one| one.name)
                .collect(),
        ),
        queues: names(
            found
                .queues
                .unwrap_or_default()
                .into_iter()
                .map(|one| one.url.and_then(queue_name).or(one.name))
                .collect(),
        ),
    })
}

/// The last part of the address is the name that CloudWatch knows; Beanstalk's own name for it is a role.
fn queue_name(url: String) -> Option<String> {
    url.rsplit('/')
        .next()
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

/// What is asked about by its own name and is not there any more.
const GONE: [&str; 2] = ["ResourceNotFoundException", "LoadBalancerNotFound"];

/// An environment, or a part of it, that was terminated since it was listed. Beanstalk has a code for it
/// only where it is asked by ARN; elsewhere it is a wrong parameter, and words.
pub(super) fn vanished(refused: CallError) -> CallError {
    let is_told = refused.is_called(&["InvalidParameterValue"])
        && refused
            .message
            .to_ascii_lowercase()
            .contains("no environment found");
    if refused.outcome == Outcome::Failed && (is_told || refused.is_called(&GONE)) {
        return CallError {
            outcome: Outcome::Vanished,
            ..refused
        };
    }
    refused
}
