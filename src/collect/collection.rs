//! One scope from its first listing to the last point of its history.
//!
//! The region as a whole first, then the environments one after the other; as soon as a group of them is
//! known, its history is asked for, while the next ones are being read: Beanstalk and CloudWatch are slow
//! in different ways, and neither waits for the other.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::call_error::{CallError, CallResult};
use super::identity;
use super::inventory::{
    EnvironmentFacts, ListedEnvironment, RegionFacts, environment_facts, region_facts,
};
use super::measured::measured;
use super::metrics::{self, GroupHistory, MeasuredEnvironment, SeriesRequest};
use super::observer::{Observer, Progress, Stage};
use super::outcome::Outcome;
use super::parts;
use super::scope::{Scope, UnitOutcome};
use super::selection::Selection;
use crate::snapshot::{Coverage, Environment, EnvironmentKey, Gap, Inventory, SnapshotError};

/// Environments whose facts are asked for at the same time. Beanstalk's pace decides; these bridge the
/// time that an answer takes.
const ENVIRONMENTS_AT_ONCE: usize = 4;

/// Environments whose history is one part: enough to fill the calls, few enough to lose little when a run
/// is killed. A part takes some seconds and some 15 MB.
const ENVIRONMENTS_OF_PART: usize = 8;

/// Groups whose facts are known and whose history waits.
const WAITING: usize = 4;

/// What a scope came to.
#[derive(Debug)]
pub(super) struct Collection {
    pub(super) label: String,
    pub(super) account: String,
    pub(super) region: String,
    /// In the order of their ids, which is the order of the parts.
    pub(super) environments: Vec<Environment>,
    facts: Option<RegionFacts>,
    pub(super) gaps: Vec<Gap>,
    pub(super) coverage: Coverage,
    /// Why the environments could not be listed.
    pub(super) unlisted: Option<CallError>,
    pub(super) parts: Vec<PathBuf>,
    outcomes: Vec<Outcome>,
}

impl Collection {
    /// Puts its environments and what the region holds into `inventory`.
    pub(super) fn add_to(&mut self, inventory: &mut Inventory) {
        inventory
            .environments
            .extend(self.environments.iter().cloned());
        if let Some(facts) = self.facts.take() {
            facts.add_to(&self.account, &self.region, inventory);
        }
    }

    /// Applications that the region has, environments or not.
    pub(super) fn applications(&self) -> usize {
        self.facts
            .iter()
            .flat_map(|facts| &facts.applications)
            .map(Vec::len)
            .sum()
    }

    /// Application and name of every environment that was listed, wanted or not.
    pub(super) fn seen(&self) -> impl Iterator<Item = (&str, &str)> {
        let listed = self
            .facts
            .iter()
            .flat_map(|facts| &facts.environments)
            .flatten();
        listed.map(|one| (one.application.as_str(), one.name.as_str()))
    }

    /// Whether the same command could bring more: a refusal that may pass, or that a permission would lift.
    pub(super) fn may_continue(&self) -> bool {
        self.outcomes
            .iter()
            .any(|outcome| outcome.may_pass() || outcome.stops() || outcome.is_denied())
    }

    /// For the manifest: `complete`, or the worst that happened.
    pub(super) fn status(&self) -> String {
        match &self.unlisted {
            Some(refused) => refused.outcome.word().to_owned(),
            None if self.gaps.is_empty() => "complete".to_owned(),
            None => "incomplete".to_owned(),
        }
    }
}

/// Collects `scope`, whose account answered `identity`; parts of the history go into `folder`.
///
/// # Errors
/// When the disk refuses a part.
pub(super) async fn collect_scope(
    scope: Arc<Scope>,
    identity: CallResult<String>,
    selection: &Selection,
    folder: PathBuf,
    observer: Arc<dyn Observer>,
) -> Result<Collection, SnapshotError> {
    let name = scope.name();
    let tell = |stage, progress| {
        if !scope.control.is_stopped() {
            observer.stage(&name, stage, progress);
        }
    };
    let of = |total| Progress {
        total,
        ..Progress::default()
    };
    tell(Stage::Region, of(1));
    let facts = Arc::new(region_facts(&scope).await);
    tell(Stage::Region, of(1).and(facts.is_whole()));
    let listed_metrics = Arc::new(list_metrics(&scope).await);
    let account = account(&identity, facts.environments.as_ref().ok());

    let (mut wanted, mut filtered): (Vec<ListedEnvironment>, Vec<ListedEnvironment>) = facts
        .environments
        .iter()
        .flatten()
        .filter(|one| !one.is_ending())
        .cloned()
        .partition(|one| selection.filters.wants(&one.application, &one.name, None));
    wanted.sort_by(|one, other| one.id.cmp(&other.id));
    let total = wanted.len();
    tell(Stage::Environments, of(total));
    tell(Stage::History, of(total));

    let (known, mut waiting) = tokio::sync::mpsc::channel::<Vec<EnvironmentFacts>>(WAITING);
    let reading = tokio::task::spawn_local(read_environments(
        Arc::clone(&scope),
        Arc::clone(&facts),
        wanted,
        Arc::clone(&observer),
        known,
    ));
    let (mut environments, mut paths, mut number) = (Vec::new(), Vec::new(), 0);
    let mut progress = of(total);
    while let Some(group) = waiting.recv().await {
        let in_group = group.len();
        let mut is_answered = true;
        let (group, left_out): (Vec<EnvironmentFacts>, Vec<EnvironmentFacts>) =
            group.into_iter().partition(|one| {
                selection.filters.wants(
                    &one.listed.application,
                    &one.listed.name,
                    one.tags.as_ref().ok(),
                )
            });
        filtered.extend(left_out.into_iter().map(|one| one.listed));
        let of_group: Vec<(Environment, MeasuredEnvironment)> = group
            .iter()
            .map(|one| {
                let environment = facts.environment(&account, scope.clients.region.as_str(), one);
                let measured = measured(&environment, one, &facts);
                (environment, measured)
            })
            .collect();
        if !of_group.is_empty() {
            let is_known = facts.is_answered()
                && listed_metrics.1
                && group.iter().all(EnvironmentFacts::is_answered);
            let group = Group {
                number,
                members: of_group,
                is_known,
            };
            is_answered = history(&scope, selection, &group, &listed_metrics.0, &folder).await?;
            paths.push(parts::path(&folder, number));
            environments.extend(
                group
                    .members
                    .into_iter()
                    .map(|(environment, _)| environment),
            );
        }
        number += 1;
        for _ in 0..in_group {
            progress = progress.and(is_answered);
        }
        tell(Stage::History, progress);
    }
    // The task ends when it has sent everything; it does not panic.
    drop(reading.await);

    let mut gaps = gaps_of(&scope.ended());
    gaps.extend(facts.gaps(&account, scope.clients.region.as_str()));
    let mut units: BTreeMap<String, u64> = BTreeMap::new();
    let ended = scope.ended();
    for one in ended.values() {
        *units.entry(one.outcome.word().to_owned()).or_default() += 1;
    }
    let mut filtered: Vec<String> = filtered.into_iter().map(|one| one.name).collect();
    filtered.sort();
    let unlisted = facts.environments.as_ref().err().cloned();
    Ok(Collection {
        label: scope.label.clone(),
        account,
        region: scope.clients.region.as_str().to_owned(),
        environments,
        facts: Some(Arc::unwrap_or_clone(facts)),
        gaps,
        coverage: Coverage {
            filtered,
            units,
            ..Coverage::default()
        },
        unlisted,
        parts: paths,
        outcomes: ended.into_values().map(|one| one.outcome).collect(),
    })
}

/// By the caller's identity, or by the environments' own names.
fn account(identity: &CallResult<String>, listed: Option<&Vec<ListedEnvironment>>) -> String {
    let by_arn = || {
        listed?
            .iter()
            .find_map(|one| identity::of_arn(one.arn.as_deref()?).map(str::to_owned))
    };
    identity
        .as_ref()
        .ok()
        .cloned()
        .or_else(by_arn)
        .unwrap_or_else(|| "unknown".to_owned())
}

/// The metrics that are reported, in the order of what is sought; and whether every look-up was answered.
async fn list_metrics(scope: &Scope) -> (Vec<metrics::ListedMetrics>, bool) {
    let lists = metrics::METRIC_SEARCHES.iter().map(|sought| async move {
        scope
            .unit(
                &format!("metrics that exist: {}", sought.name),
                metrics::list(&scope.clients, *sought),
            )
            .await
    });
    let lists = futures_util::future::join_all(lists).await;
    let is_answered = lists.iter().all(Result::is_ok);
    (
        lists.into_iter().map(Result::unwrap_or_default).collect(),
        is_answered,
    )
}

/// Sends groups of environments in the order of their ids.
async fn read_environments(
    scope: Arc<Scope>,
    facts: Arc<RegionFacts>,
    wanted: Vec<ListedEnvironment>,
    observer: Arc<dyn Observer>,
    known: tokio::sync::mpsc::Sender<Vec<EnvironmentFacts>>,
) {
    let (total, name) = (wanted.len(), scope.name());
    let all = wanted
        .into_iter()
        .map(|listed| environment_facts(&scope, &facts, listed));
    let mut groups = futures_util::stream::iter(all)
        .buffered(ENVIRONMENTS_AT_ONCE)
        .chunks(ENVIRONMENTS_OF_PART);
    let mut progress = Progress {
        total,
        ..Progress::default()
    };
    while let Some(group) = groups.next().await {
        progress = group
            .iter()
            .fold(progress, |sum, one| sum.and(one.is_whole()));
        if !scope.control.is_stopped() {
            observer.stage(&name, Stage::Environments, progress);
        }
        // Nobody waits any more: the run was stopped.
        if known.send(group).await.is_err() {
            return;
        }
    }
}

/// Kept in the journal for a part that nothing can be added to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct PartDone {
    /// What its calls met, where not all were answered.
    environments: Vec<String>,
    /// Of the series that were wanted: with other facts the same environments have others.
    #[serde(default)]
    wanted: String,
}

/// A group of environments whose facts are known.
struct Group {
    number: usize,
    members: Vec<(Environment, MeasuredEnvironment)>,
    /// Whether nothing that its history depends on could still come.
    is_known: bool,
}

/// The history of a group, unless an earlier run has it already. Returns whether all of it was answered.
async fn history(
    scope: &Scope,
    selection: &Selection,
    group: &Group,
    listed: &[metrics::ListedMetrics],
    folder: &Path,
) -> Result<bool, SnapshotError> {
    let (number, members) = (group.number, &group.members);
    let unit = format!("history {number}");
    let ids: Vec<String> = members
        .iter()
        .map(|(environment, _)| environment.id.clone())
        .collect();
    let ended = |outcome, message: &str| UnitOutcome {
        outcome,
        message: message.to_owned(),
    };
    let of_member = |(place, (_, measured)): (usize, &(Environment, MeasuredEnvironment))| {
        metrics::of(place, measured, listed, selection.spans)
    };
    let mut wanted: Vec<_> = members.iter().enumerate().flat_map(of_member).collect();
    let done = PartDone {
        environments: ids,
        wanted: fingerprint(&wanted),
    };
    if scope
        .journal
        .answer::<PartDone>(&unit)
        .is_some_and(|known| known == done)
        && parts::is_there(folder, number)
    {
        scope.end(&unit, ended(Outcome::Ok, ""));
        return Ok(true);
    }
    for one in &mut wanted {
        one.span = selection.retention.within(one.span);
    }
    let GroupHistory {
        series,
        is_answered,
        refused,
    } = metrics::gather(scope, &wanted, members.len()).await;
    if scope.control.is_stopped() {
        return Ok(false);
    }
    let keys: Vec<EnvironmentKey> = members
        .iter()
        .map(|(environment, _)| environment.key())
        .collect();
    let rows = keys
        .into_iter()
        .zip(series)
        .flat_map(|(key, series)| series.into_iter().map(move |series| (key.clone(), series)))
        .collect();
    let (folder, kept) = (folder.to_owned(), folder.to_owned());
    // Compressing takes a while, and the calls on their way should not wait for it.
    let written = tokio::task::spawn_blocking(move || parts::write(&folder, number, rows)).await;
    written.map_err(|error| SnapshotError::Unwritable {
        path: parts::path(&kept, number),
        source: std::io::Error::other(error),
    })??;
    if is_answered {
        scope.end(&unit, ended(Outcome::Ok, ""));
        if group.is_known {
            scope.keep(&unit, &done);
        }
        return Ok(true);
    }
    let (outcome, message) = refused
        .into_iter()
        .next()
        .unwrap_or((Outcome::Failed, String::new()));
    let names: Vec<&str> = members
        .iter()
        .map(|(environment, _)| environment.name.as_str())
        .collect();
    scope.end(
        &format!("history of {}", names.join(", ")),
        ended(outcome, &message),
    );
    Ok(false)
}

/// Of what is wanted, in the words of this version: another one asks again.
fn fingerprint(wanted: &[SeriesRequest]) -> String {
    Sha256::digest(format!("{wanted:?}"))
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

fn gaps_of(ended: &BTreeMap<String, UnitOutcome>) -> Vec<Gap> {
    let is_gap = |(_, ended): &(&String, &UnitOutcome)| {
        !matches!(
            ended.outcome,
            Outcome::Ok | Outcome::Empty | Outcome::Vanished
        )
    };
    let gap = |(unit, ended): (&String, &UnitOutcome)| Gap {
        what: unit.clone(),
        why: format!("{}: {}", ended.outcome, ended.message),
    };
    ended.iter().filter(is_gap).map(gap).collect()
}
