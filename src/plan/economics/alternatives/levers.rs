//! What single changes to the plan would give, each by itself: why it costs what it costs.

use rayon::prelude::*;

use super::candidate::Candidate;
use super::offer::Baseline;
use super::policies::{is_windows, moving, quoted, without};
use super::search;
use crate::plan::economics::{Layout, Lever, LeverKind};
use crate::policy::{MinReplicasOn, Survive};
use crate::units::Money;
use crate::wording::{Text, text};

/// Windows types that are packed.
const WINDOWS: usize = 3;

/// Those that save something, most first. Each was packed.
pub(super) fn of(baseline: &Baseline<'_>) -> Vec<Lever> {
    let policy = baseline.estate.pricing.policy;
    let plan = Candidate::asked(policy);
    let mut tried: Vec<(LeverKind, Text, Candidate)> = Vec::new();
    let cheapest = baseline
        .node_types
        .iter()
        .find(|row| !row.needs_other_images && row.per_month().is_some());
    if let Some(row) = cheapest
        && let Some(candidate) = plan.on_workers(row)
    {
        let title = text!("lever-workers", type = row.name());
        tried.push((LeverKind::Workers, title, candidate));
    }
    let survive: Vec<Survive> = {
        let asked = policy.topology.survive.iter().copied();
        let mut rest: Vec<Survive> = asked.filter(|one| *one != Survive::Cluster).collect();
        rest.sort_unstable();
        rest
    };
    if policy.topology.clusters.len() > 1 {
        if let Some(candidate) = plan.on_clusters_for(&survive) {
            tried.push((LeverKind::OneCluster, text!("lever-one-cluster"), candidate));
        }
        let candidate = plan.with_least_on(MinReplicasOn::AllClusters);
        tried.push((
            LeverKind::LeastReplicas,
            text!("lever-least-replicas"),
            candidate,
        ));
    }
    if baseline.layout.environments.iter().any(is_windows) {
        for name in search::windows_by_memory(baseline, WINDOWS) {
            let candidate = plan.with_windows(&name);
            let title = text!("lever-windows-type", type = name);
            tried.push((LeverKind::WindowsType, title, candidate));
        }
        let mut candidate = plan.clone();
        candidate.policy = without(policy, moving(baseline.layout, is_windows));
        let patterns = candidate.policy.scope.exclude_environments.iter();
        let names: Vec<String> = patterns.map(|pattern| quoted(pattern.as_str())).collect();
        candidate
            .settings
            .push(format!("scope.exclude_environments=[{}]", names.join(", ")));
        tried.push((
            LeverKind::WindowsStays,
            text!("lever-windows-stays"),
            candidate,
        ));
    }
    let mut levers: Vec<Lever> = tried
        .into_par_iter()
        .filter(|(.., candidate)| !candidate.settings.is_empty())
        .filter_map(|(kind, title, candidate)| {
            let layout = Layout::under(baseline.estate, candidate.policy).ok()?;
            let monthly = match kind {
                LeverKind::WindowsStays => search::total(baseline, &layout)?,
                _ => search::monthly(baseline, &layout)?,
            };
            Some(Lever {
                kind,
                title,
                monthly,
                saving: baseline.after.total - monthly,
                settings: candidate.settings,
            })
        })
        .filter(|lever| lever.saving > Money::ZERO)
        .collect();
    levers.sort_by(|one, other| (other.saving, one.kind).cmp(&(one.saving, other.kind)));
    let mut kinds = std::collections::BTreeSet::new();
    levers.retain(|lever| kinds.insert(lever.kind));
    levers
}
