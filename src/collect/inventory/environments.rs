//! What DescribeEnvironments answers of each environment.

use serde::{Deserialize, Serialize};

use super::super::call_error::{CallError, CallResult};
use super::super::clients::RegionClients;
use super::pages;
use super::secret;

/// An environment, as the listing has it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::collect) struct ListedEnvironment {
    pub(in crate::collect) application: String,
    pub(in crate::collect) name: String,
    /// `e-xxxxxxxxxx`
    pub(in crate::collect) id: String,
    /// Whether the listing gave no id, so that only the name can be asked about.
    #[serde(default)]
    pub(in crate::collect) only_named: bool,
    pub(in crate::collect) arn: Option<String>,
    /// `WebServer`, `Worker`, `Cluster`
    pub(in crate::collect) tier: String,
    /// Solution stack, or the platform's ARN where there is none.
    pub(in crate::collect) platform: String,
    pub(in crate::collect) status: String,
    pub(in crate::collect) health: String,
    pub(in crate::collect) cname: Option<String>,
    pub(in crate::collect) version_label: Option<String>,
}

impl ListedEnvironment {
    /// Whether it is going or gone. Its groups and instances carry its tags a while longer.
    pub(in crate::collect) fn is_ending(&self) -> bool {
        matches!(self.status.as_str(), "Terminated" | "Terminating")
    }
}

/// What enhanced health says beyond a colour: grey may be an environment that starts, and one that nobody looks at.
const SAY_MORE: [&str; 3] = ["Degraded", "Severe", "Suspended"];

/// The largest page that Beanstalk serves.
const PAGE: i32 = 1_000;

/// Every environment that is shown, those that are ending included.
pub(in crate::collect) async fn read(
    clients: &RegionClients,
) -> CallResult<Vec<ListedEnvironment>> {
    let all = pages::all("DescribeEnvironments", |token| async move {
        let call = clients
            .beanstalk
            .describe_environments()
            .include_deleted(false)
            .max_records(PAGE)
            .set_next_token(token);
        let answer = call
            .send()
            .await
            .map_err(|error| CallError::of(&error, &clients.region))?;
        let environments = pages::listed("DescribeEnvironments", answer.environments)?;
        Ok((
            environments.into_iter().filter_map(listed).collect(),
            answer.next_token,
        ))
    });
    let mut all: Vec<ListedEnvironment> = all.await?;
    // Tokens may overlap while environments come and go.
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|one| seen.insert((one.id.clone(), one.name.clone())));
    Ok(all)
}

fn listed(
    environment: aws_sdk_elasticbeanstalk::types::EnvironmentDescription,
) -> Option<ListedEnvironment> {
    let status = environment
        .status
        .map_or_else(String::new, |status| status.as_str().to_owned());
    let health = environment
        .health_status
        .map(|status| status.as_str().to_owned())
        .filter(|status| SAY_MORE.contains(&status.as_str()))
        .or(environment.health.map(|colour| colour.as_str().to_owned()))
        .unwrap_or_default();
    Some(ListedEnvironment {
        application: environment.application_name.unwrap_or_default(),
        name: environment.environment_name?,
        only_named: environment
            .environment_id
            .as_deref()
            .unwrap_or_default()
            .is_empty(),
        id: environment.environment_id.unwrap_or_default(),
        arn: environment.environment_arn,
        tier: environment
            .tier
            .and_then(|tier| tier.name)
            .unwrap_or_default(),
        platform: environment
            .solution_stack_name
            .filter(|name| !name.is_empty())
            .or(environment.platform_arn)
            .unwrap_or_default(),
        status,
        health,
        cname: environment.cname.filter(|name| !name.is_empty()),
        version_label: environment.version_label.map(secret::text),
    })
}
