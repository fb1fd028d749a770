//! From a snapshot to a plan, step by step.

use jiff::tz::TimeZone;

use super::document::{Inputs, PLAN_FORMAT};
use super::economics::{self, Estate, Layout, PricedPlan};
use super::fleet::Fleet;
use super::histories::{Histories, PastMoment};
use super::live::LiveEnvironments;
use super::nodes::Nodes;
use super::plan_basis::PlanBasis;
use super::replayed::{FewerNodes, ReplayInput};
use super::scenario::Scenario;
use super::site::ClusterSite;
use super::{
    Coverage, EnvironmentPlan, Outcome, Plan, PlanError, Replay, ReplayRun, addresses, clusters,
    node_types, notes, platform, remedies, replayed, waves,
};
use crate::catalog::{KubernetesVersions, OperatingSystem, Support};
use crate::pack::SimulationSettings;
use crate::policy::Policy;
use crate::price::{BillExport, Levels, PriceBook, PriceFile, Pricing};
use crate::snapshot::{InputFile, Snapshot};

/// What may be given beside a snapshot and a policy.
#[derive(Debug, Clone, Default)]
pub struct OptionalInputs {
    /// Prices that win over the policy's, and the file that they are from.
    pub prices: Option<(PriceFile, InputFile)>,
    /// What AWS charged, and the file that it is from.
    pub bill: Option<(BillExport, InputFile)>,
}

/// Makes the plan. `progress` is told the share of the history that was read.
///
/// # Errors
/// When the snapshot is unreadable or the policy infeasible. What is wrong with a single environment is
/// no error: it is in the plan as unknown or excluded, with its reason.
pub fn build(
    snapshot: &Snapshot,
    policy: &Policy,
    given: &OptionalInputs,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<Plan, PlanError> {
    let book = PriceBook::new(
        &policy.prices,
        given.prices.as_ref().map(|(prices, _)| prices),
    )?;
    let support = control_plane_support(snapshot, policy)?;
    let plan_basis = PlanBasis::of(snapshot, policy)?;
    let PlanBasis {
        live,
        site,
        network,
        nodes,
        ..
    } = &plan_basis;
    let others = node_types::compared(policy);
    let holdout = replayed::holdout(snapshot.manifest.window, policy);
    let (histories, past) = Histories::read(
        snapshot,
        live,
        (nodes, &others),
        policy,
        holdout.map(|moment| PastMoment {
            moment,
            with_peers: false,
        }),
        progress,
    )?;
    let translations = plan_basis.translations(policy);
    let over_time = histories.over_time();
    let fleet = plan_basis.fleet(&histories, &translations, &over_time);
    let Scenario {
        environments,
        ingress_groups,
        clusters,
    } = fleet
        .under(policy, nodes, SimulationSettings::in_full(&policy.packing))
        .map_err(|error| with_remedies(error, &fleet, policy))?;
    let estate = Estate {
        fleet: &fleet,
        live,
        support,
        day: snapshot
            .manifest
            .collected_at
            .to_zoned(TimeZone::UTC)
            .date(),
        pricing: Pricing {
            book: &book,
            policy,
            levels: Levels::RANGED,
            growth: economics::growth(&environments),
        },
    };
    let replay = policy.replay.enabled.then(|| {
        let today = ReplayInput {
            environments: &environments,
            clusters: &clusters,
            loads: histories.loads(&environments),
            zones: clusters::zones(site, network.as_ref()).len(),
            window: snapshot.manifest.window,
            policy,
        };
        let past = past.as_ref().zip(holdout);
        Replay {
            unseen: past.and_then(|(past, moment)| {
                replayed::unseen(&today, &fleet.as_known_by(past), nodes, moment)
            }),
            year: today.of_the_year(histories.year_loads(&environments)),
            seen: today.run(snapshot.manifest.window.start, FewerNodes::Tried),
        }
    });
    let layout = Layout::of(&estate, nodes, policy, &environments, &clusters);
    let PricedPlan {
        bills,
        saving,
        node_types,
        economics,
    } = economics::of(
        &estate,
        &layout,
        replay.as_ref().map(|replay| &replay.seen),
        given.bill.as_ref().map(|(bill, _)| bill),
    );

    let phases = waves::phases(&environments, &economics.move_.waves);
    let terminated = snapshot.inventory.environments.len() - live.iter().count();
    let platform = platform::of(
        &clusters,
        &environments,
        &ingress_groups,
        &snapshot.inventory.subnets,
        policy,
    );
    let mut plan = Plan {
        format: PLAN_FORMAT.to_owned(),
        tool: concat!("eb2eks ", env!("CARGO_PKG_VERSION")).to_owned(),
        inputs: inputs(snapshot, policy, given),
        coverage: coverage(&environments, terminated),
        saving,
        bills,
        economics,
        utilisation: histories.utilisation(policy),
        coincidence: histories.coincidence(&environments),
        environments,
        options: translations.options,
        option_coverage: translations.coverage,
        ingress_groups,
        platform,
        phases,
        addresses: addresses::of(&clusters, network.as_ref(), &snapshot.inventory, policy),
        clusters,
        node_types,
        replay,
        notes: Vec::new(),
    };
    plan.notes = notes::of(
        &plan,
        snapshot,
        live,
        support,
        &translations.refused_subnets,
    );
    Ok(plan)
}

/// Runs a plan that was made over a snapshot's history: the one that it was made from, or a later one, whose days it has
/// not seen. Apps are found by their environments' ids.
///
/// # Errors
/// When the snapshot is unreadable.
pub fn replay_over(
    plan: &Plan,
    snapshot: &Snapshot,
    rules: &crate::policy::Replay,
    progress: &(dyn Fn(f64) + Sync),
) -> Result<ReplayRun, PlanError> {
    let policy = Policy {
        replay: crate::policy::Replay {
            enabled: true,
            ..rules.clone()
        },
        ..plan.inputs.policy.clone()
    };
    let live = LiveEnvironments::of(&snapshot.inventory);
    let has_windows = live
        .iter()
        .any(|one| one.environment.operating_system() == OperatingSystem::Windows);
    let nodes = Nodes::of(&policy, has_windows)?;
    let site = ClusterSite::of(&live, &policy);
    let (histories, _) = Histories::read(snapshot, &live, (&nodes, &[]), &policy, None, progress)?;
    let zones = plan
        .clusters
        .iter()
        .filter_map(|cluster| cluster.network.as_ref())
        .map(|network| network.private_subnets.len())
        .max()
        .unwrap_or(site.zones.len());
    Ok(ReplayInput {
        environments: &plan.environments,
        clusters: &plan.clusters,
        loads: histories.loads(&plan.environments),
        zones: zones.max(1),
        window: snapshot.manifest.window,
        policy: &policy,
    }
    .run(snapshot.manifest.window.start, FewerNodes::Tried))
}

fn with_remedies(error: PlanError, fleet: &Fleet<'_>, policy: &Policy) -> PlanError {
    let PlanError::Group(error) = error else {
        return error;
    };
    let remedies = remedies::of(&error, fleet, policy);
    if remedies.is_empty() {
        PlanError::Group(error)
    } else {
        PlanError::Infeasible { error, remedies }
    }
}

fn control_plane_support(snapshot: &Snapshot, policy: &Policy) -> Result<Support, PlanError> {
    let known = KubernetesVersions::embedded();
    let version = &policy.kubernetes.version;
    let day = snapshot
        .manifest
        .collected_at
        .to_zoned(TimeZone::UTC)
        .date();
    known
        .get(version)
        .map(|version| version.support_on(day))
        .ok_or_else(|| PlanError::KubernetesVersion {
            version: version.clone(),
            known: known.names().join(", "),
        })
}

fn inputs(snapshot: &Snapshot, policy: &Policy, given: &OptionalInputs) -> Inputs {
    let manifest = &snapshot.manifest;
    let beside = [
        given.prices.as_ref().map(|(_, file)| file),
        given.bill.as_ref().map(|(_, file)| file),
    ];
    Inputs {
        collected_at: manifest.collected_at,
        collected_by: manifest.tool.clone(),
        window: manifest.window,
        scopes: manifest.scopes.clone(),
        note: manifest.note.clone(),
        files: snapshot
            .files
            .iter()
            .chain(beside.into_iter().flatten())
            .cloned()
            .collect(),
        price_book: PriceBook::date().to_owned(),
        policy: policy.clone(),
    }
}

fn coverage(environments: &[EnvironmentPlan], terminated: usize) -> Coverage {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let class = |is_in: fn(&Outcome) -> bool| {
        count(
            environments
                .iter()
                .filter(|environment| is_in(&environment.outcome))
                .count(),
        )
    };
    Coverage {
        seen: count(environments.len()),
        planned: class(|outcome| matches!(outcome, Outcome::Planned { .. })),
        excluded: class(|outcome| matches!(outcome, Outcome::Excluded { .. })),
        unknown: class(|outcome| matches!(outcome, Outcome::Unknown { .. })),
        terminated: count(terminated),
    }
}
