//! `eb2eks collect --dry-run`, and the last part of `eb2eks doctor`: what a run would take.

use std::time::Duration;

use super::accounts::accounts;
use super::arguments::CollectArgs;
use super::call_error::{CallError, CallResult};
use super::clients::RegionClients;
use super::collect_error::CollectError;
use super::estimate::{Census, Estimate, estimate};
use super::filter::Filters;
use super::inventory::{list_environments, list_groups};
use super::retry_policy::RetryPolicy;
use super::run::paces;
use super::wire::{Ledger, paced_http_client};
use crate::policy::Collect;

/// What a run would take in one account and region, or why nobody can say.
#[derive(Debug, Clone)]
pub struct DryScope {
    /// `prod in ap-northeast-1`
    pub name: String,
    /// How many environments and instances it has.
    pub census: Census,
    /// What it takes, or why the listing failed.
    pub estimate: Result<Estimate, String>,
}

/// Lists environments and groups (two cheap calls for each page) and counts what everything else takes.
///
/// # Errors
/// [`CollectError`] where nobody can be asked.
pub fn dry_run(args: &CollectArgs, policy: &Collect) -> Result<Vec<DryScope>, CollectError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(CollectError::EventLoop)?;
    let result = runtime.block_on(async {
        // Somebody waits, and two listings are all that is asked.
        let retry_policy = RetryPolicy {
            operation: Duration::from_secs(14),
            ..RetryPolicy::default()
        };
        let filters = Filters {
            include: args.include.clone(),
            exclude: args.exclude.clone(),
        };
        let mut dry = Vec::new();
        for account in accounts(&args.profiles, &args.roles, &args.regions, &retry_policy).await? {
            let config = account
                .config
                .to_builder()
                .http_client(paced_http_client(
                    paces(policy),
                    Ledger::default(),
                    retry_policy.attempt,
                    account.http.clone(),
                ))
                .build();
            for region in &account.regions {
                let clients = RegionClients::new(&config, region.clone(), &retry_policy);
                dry.push(
                    dry_scope(
                        &format!("{} in {region}", account.label),
                        &clients,
                        &filters,
                        policy,
                    )
                    .await,
                );
            }
        }
        Ok(dry)
    });
    runtime.shutdown_background();
    result
}

/// The same for clients that are there already.
pub(super) async fn dry_scope(
    name: &str,
    clients: &RegionClients,
    filters: &Filters,
    policy: &Collect,
) -> DryScope {
    let (census, estimate) = match census(clients, filters).await {
        Ok(census) => (census, Ok(estimate(census, policy))),
        Err(CallError { message, .. }) => (Census::default(), Err(message)),
    };
    DryScope {
        name: name.to_owned(),
        census,
        estimate,
    }
}

/// Tags are not read for this: what only a tag could leave out is counted.
async fn census(clients: &RegionClients, filters: &Filters) -> CallResult<Census> {
    let listed = list_environments(clients).await?;
    let wanted: Vec<_> = listed
        .iter()
        .filter(|one| !one.is_ending())
        .filter(|one| filters.wants(&one.application, &one.name, None))
        .collect();
    let groups = list_groups(clients).await?;
    let is_wanted =
        |name: &Option<String>| wanted.iter().any(|one| Some(&one.name) == name.as_ref());
    let instances: Vec<_> = groups
        .iter()
        .filter(|group| is_wanted(&group.environment_name))
        .flat_map(|group| &group.instances)
        .collect();
    let burstable = instances
        .iter()
        .filter(|instance| super::metrics::is_burstable(&instance.instance_type))
        .count();
    Ok(Census {
        environments: wanted.len() as u64,
        instances: instances.len() as u64,
        burstable: burstable as u64,
    })
}
