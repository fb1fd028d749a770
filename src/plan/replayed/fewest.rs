//! How few nodes would have passed the same replay, and what stands in the way of fewer.

use rayon::prelude::*;

use super::document::{FewestNodes, LimitingFactor};
use super::input::NamedCluster;
use crate::replay::{
    AppOutcome, Assumptions, ClusterOutcome, ClusterToReplay, GroupToReplay, replay, replay_until,
};
use crate::units::Resources;

/// A pod that finds no node for so long has none: rollouts and new nodes take less.
const NO_PLACE_MINUTES: u32 = 60;

/// What may not get worse with fewer nodes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Harm {
    starved: u64,
    evictions: u64,
    kills: u64,
    waited: u32,
}

impl Harm {
    fn of<'a>(apps: impl Iterator<Item = &'a AppOutcome>) -> Self {
        let mut harm = Self::default();
        for app in apps {
            harm.starved += app.work.starved + app.work.lost;
            harm.evictions += app.evictions;
            harm.kills += app.kills;
            harm.waited = harm.waited.max(app.longest_pending);
        }
        harm
    }

    /// What is worse than with all nodes.
    fn worse_than(self, all: Self) -> Option<Worse> {
        if self.waited > all.waited.max(NO_PLACE_MINUTES) {
            Some(Worse::Place)
        } else if self.evictions > all.evictions {
            Some(Worse::Evictions)
        } else if self.kills > all.kills {
            Some(Worse::Kills)
        } else if self.starved > all.starved {
            Some(Worse::Starved)
        } else {
            None
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Worse {
    Place,
    Evictions,
    Kills,
    Starved,
}

/// Of all clusters together. Each is run again over the slots of the assumptions, with nodes taken from its groups in
/// proportion and none added; what was in use is of everything that was replayed.
pub(super) fn fewest(
    clusters: &[NamedCluster<'_>],
    outcomes: &[ClusterOutcome],
    assumptions: &Assumptions,
) -> FewestNodes {
    let found: Vec<FewestNodes> = clusters
        .par_iter()
        .zip(outcomes)
        .map(|(cluster, outcome)| on_cluster(&cluster.cluster, outcome, assumptions))
        .collect();
    let binds = found
        .iter()
        .max_by_key(|one| one.enough)
        .and_then(|one| one.binds);
    FewestNodes {
        planned: found.iter().map(|one| one.planned).sum(),
        enough: found.iter().map(|one| one.enough).sum(),
        binds,
        in_use: found.iter().map(|one| one.in_use).sum(),
    }
}

fn on_cluster(
    cluster: &ClusterToReplay<'_>,
    planned: &ClusterOutcome,
    assumptions: &Assumptions,
) -> FewestNodes {
    let all: u32 = cluster.groups.iter().map(|group| group.nodes).sum();
    let in_use = in_use(cluster, planned);
    let harm = Harm::of(replay(&with(cluster, all, all), assumptions).apps.iter());
    // What is worse after some days stays worse.
    let worse = |nodes: u32| {
        let fewer = with(cluster, nodes, all);
        let outcome = replay_until(&fewer, assumptions, |apps| {
            Harm::of(apps).worse_than(harm).is_some()
        });
        Harm::of(outcome.apps.iter()).worse_than(harm)
    };
    // More nodes are never worse, so that halving finds the fewest.
    let (mut fails, mut passes, mut binds) = (in_use.saturating_sub(1).min(all), all, None);
    while passes - fails > 1 {
        let middle = fails + (passes - fails) / 2;
        match worse(middle) {
            None => passes = middle,
            Some(what) => {
                fails = middle;
                binds = Some(what);
            }
        }
    }
    FewestNodes {
        planned: all,
        enough: passes,
        binds: binds.map(|what| named(what, cluster)),
        in_use,
    }
}

/// The cluster with so many of its nodes, and no more.
fn with<'a>(cluster: &ClusterToReplay<'a>, nodes: u32, all: u32) -> ClusterToReplay<'a> {
    let group = |group: &GroupToReplay| {
        let own = u64::from(group.nodes) * u64::from(nodes);
        let own = u32::try_from(own.div_ceil(u64::from(all.max(1)))).unwrap_or(group.nodes);
        GroupToReplay {
            nodes: own,
            min: own,
            max: own,
            ..group.clone()
        }
    };
    ClusterToReplay {
        groups: cluster.groups.iter().map(group).collect(),
        apps: cluster.apps.clone(),
    }
}

/// Nodes that what was in use in each group's busiest hour would fill.
fn in_use(cluster: &ClusterToReplay<'_>, outcome: &ClusterOutcome) -> u32 {
    let of_group = |(group, outcome): (&GroupToReplay, &crate::replay::GroupOutcome)| {
        let has = group.shape.allocatable;
        let nodes = |used: &[u64], of_node: u64| {
            let busiest = used.iter().copied().max().unwrap_or(0);
            busiest.div_ceil((of_node * 60).max(1))
        };
        let cpu = nodes(&outcome.cpu_used, has.cpu.0);
        let memory = nodes(&outcome.memory_used, has.memory.0 >> 20);
        u32::try_from(cpu.max(memory)).unwrap_or(u32::MAX)
    };
    cluster
        .groups
        .iter()
        .zip(&outcome.groups)
        .map(of_group)
        .sum()
}

/// Pods without a place were refused for what is most requested: CPU or memory.
fn named(worse: Worse, cluster: &ClusterToReplay<'_>) -> LimitingFactor {
    match worse {
        Worse::Evictions => LimitingFactor::Evictions,
        Worse::Kills => LimitingFactor::Kills,
        Worse::Starved => LimitingFactor::Starved,
        Worse::Place => {
            let requested: Resources = cluster
                .apps
                .iter()
                .map(|app| app.requests * app.replicas)
                .sum();
            let has: Resources = cluster
                .groups
                .iter()
                .map(|group| group.shape.allocatable * group.nodes)
                .sum();
            let share =
                |part: u64, whole: u64| u128::from(part) * 1_000_000 / u128::from(whole.max(1));
            if share(requested.cpu.0, has.cpu.0) >= share(requested.memory.0, has.memory.0) {
                LimitingFactor::CpuRequests
            } else {
                LimitingFactor::MemoryRequests
            }
        }
    }
}
