//! From a snapshot to a plan, step by step.

use jiff::tz::TimeZone;

use super::clusters::{self, Home};
use super::document::{Inputs, PLAN_FORMAT};
use super::environments::{Histories, Seen};
use super::node_types::NodeTypes;
use super::nodes::Nodes;
use super::scenario::{Fleet, Scenario};
use super::{Coverage, EnvironmentPlan, Outcome, Plan, addresses, load_test, manifests, network, notes, platform, remedies};
use crate::catalog::{KubernetesVersions, OperatingSystem, Support};
use crate::pack::{GroupError, NodeError, Simulated};
use crate::policy::Policy;
use crate::price::{Bill, Billed, PriceBook, PriceError, Saving, after_lines, today_lines};
use crate::snapshot::{Snapshot, SnapshotError};
use crate::translate::translate;

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// The facts cannot be read.
    #[error(transparent)]
    Snapshot(#[from] SnapshotError),
    /// The policy's node type cannot be a node.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// The clusters cannot be packed under the policy.
    #[error(transparent)]
    Group(#[from] GroupError),
    /// The same, with what was found to help.
    #[error("{}\nhint: any one of these in the policy makes it possible:\n  {}", .error.to_string().lines().next().unwrap_or_default(), .remedies.join("\n  "))]
    Infeasible {
        /// What cannot be.
        error: GroupError,
        /// Single changes to the policy, each tried; at least one.
        remedies: Vec<String>,
    },
    /// The embedded price book is broken.
    #[error(transparent)]
    Price(#[from] PriceError),
    /// EKS has no such version.
    #[error("Kubernetes version \"{version}\" (kubernetes.version) is none that EKS offers\nhint: choose one of {known}")]
    KubernetesVersion {
        /// As the policy has it.
        version: String,
        /// Those that EKS offers.
        known: String,
    },
}

/// Makes the plan. `progress` is told the share of the history that was read.
///
/// # Errors
/// When the snapshot is unreadable or the policy infeasible. What is wrong with a single environment is
/// no error: it is in the plan as unknown or excluded, with its reason.
pub fn build(snapshot: &Snapshot, policy: &Policy, progress: &(dyn Fn(f64) + Sync)) -> Result<Plan, PlanError> {
    let book = PriceBook::new(&policy.prices)?;
    let support = control_plane_support(snapshot, policy)?;
    let seen = Seen::of(&snapshot.inventory);
    let home = Home::of(&seen, policy);
    let network = network::of(&snapshot.inventory, &home, policy);
    let has_windows = seen.iter().any(|(environment, _)| environment.operating_system() == OperatingSystem::Windows);
    // Before the history is read, which takes longest.
    let nodes = Nodes::of(policy, has_windows)?;
    let histories = Histories::read(snapshot, &seen, &nodes, policy, progress)?;
    let fleet = Fleet { histories: &histories, home: &home, network: network.as_ref(), has_windows };
    let Scenario { mut environments, clusters } =
        fleet.under(policy, &nodes, Simulated::in_full(&policy.packing)).map_err(|error| with_remedies(error, &fleet, policy))?;
    let translation = translate(&seen.iter().map(|(environment, _)| environment).collect::<Vec<_>>(), policy);
    for (environment, translated) in environments.iter_mut().zip(translation.environments) {
        environment.translation = translated;
    }
    let (ingress_groups, waves) = manifests::complete(&mut environments, &nodes, policy);
    for (environment, traffic) in environments.iter_mut().zip(histories.traffic()) {
        environment.load_test = load_test::of(environment, &traffic);
    }

    let billed = |is_in: &dyn Fn(&EnvironmentPlan) -> bool| -> Vec<Billed<'_>> {
        let pairs = environments.iter().zip(seen.iter()).filter(|(plan, _)| is_in(plan));
        pairs.map(|(_, (environment, label))| Billed { environment, label }).collect()
    };
    let today = Bill::new("today", today_lines(&billed(&|_| true), &book, &policy.prices));
    let staying = billed(&|plan| plan.planned().is_none());
    let priced = clusters::to_price(&clusters, &environments, &seen, support);
    let after = Bill::new("after", after_lines(&priced, &staying, &book, policy));
    let node_types = NodeTypes { fleet: &fleet, seen: &seen, book: &book, support, policy }.compare(&environments, &clusters, &after);

    let terminated = snapshot.inventory.environments.len() - seen.iter().count();
    let platform = platform::of(&clusters, &environments, policy);
    let mut plan = Plan {
        format: PLAN_FORMAT.to_owned(),
        tool: concat!("eb2eks ", env!("CARGO_PKG_VERSION")).to_owned(),
        inputs: inputs(snapshot, policy),
        coverage: coverage(&environments, terminated),
        saving: Saving::between(&today, &after),
        bills: vec![today, after],
        coincidence: histories.coincidence(&environments),
        environments,
        options: translation.options,
        option_coverage: translation.coverage,
        ingress_groups,
        platform,
        waves,
        addresses: addresses::of(&clusters, network.as_ref(), &snapshot.inventory, policy),
        clusters,
        node_types,
        notes: Vec::new(),
    };
    plan.notes = notes::of(&plan, snapshot, support);
    Ok(plan)
}

fn with_remedies(error: PlanError, fleet: &Fleet<'_>, policy: &Policy) -> PlanError {
    let PlanError::Group(error) = error else { return error };
    let remedies = remedies::of(&error, fleet, policy);
    if remedies.is_empty() { PlanError::Group(error) } else { PlanError::Infeasible { error, remedies } }
}

fn control_plane_support(snapshot: &Snapshot, policy: &Policy) -> Result<Support, PlanError> {
    let known = KubernetesVersions::embedded();
    let version = &policy.kubernetes.version;
    let day = snapshot.manifest.collected_at.to_zoned(TimeZone::UTC).date();
    known
        .get(version)
        .map(|version| version.support_on(day))
        .ok_or_else(|| PlanError::KubernetesVersion { version: version.clone(), known: known.names().join(", ") })
}

fn inputs(snapshot: &Snapshot, policy: &Policy) -> Inputs {
    let manifest = &snapshot.manifest;
    Inputs {
        collected_at: manifest.collected_at,
        collected_by: manifest.tool.clone(),
        window: manifest.window,
        scopes: manifest.scopes.clone(),
        note: manifest.note.clone(),
        files: snapshot.files.clone(),
        price_book: PriceBook::date().to_owned(),
        policy: policy.clone(),
    }
}

fn coverage(environments: &[EnvironmentPlan], terminated: usize) -> Coverage {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let class = |is_in: fn(&Outcome) -> bool| count(environments.iter().filter(|environment| is_in(&environment.outcome)).count());
    Coverage {
        seen: count(environments.len()),
        planned: class(|outcome| matches!(outcome, Outcome::Planned { .. })),
        excluded: class(|outcome| matches!(outcome, Outcome::Excluded { .. })),
        unknown: class(|outcome| matches!(outcome, Outcome::Unknown { .. })),
        terminated: count(terminated),
    }
}
