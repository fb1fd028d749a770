//! Nodes, zones and the other cluster, lost at the worst moments.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use super::cluster::{ClusterInTime, scheduled};
use super::tally::{ClusterOutcome, Minutes};
use super::{Assumptions, ClusterToReplay, Load};

/// What is lost, when, and how long it is followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failures {
    /// Slots at whose begin something is lost, in order.
    pub slots: Vec<usize>,
    /// How long each loss is followed.
    pub minutes: u32,
    /// From the loss of a node until its pods are made anew.
    pub detection_minutes: u32,
    /// Whether there is another cluster whose traffic comes here when it is lost.
    pub has_other_cluster: bool,
    /// Of many nodes so many at each moment, those with the most requested.
    pub most_nodes: usize,
}

/// What is taken away for a while.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LostPart {
    /// A node, by its group and place.
    Node(usize, usize),
    /// A zone, by its number.
    Zone(usize),
    /// The other cluster, so that this one carries all.
    OtherCluster,
}

/// One loss, less what would have happened without it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailureOutcome {
    /// What was taken away.
    pub lost: LostPart,
    /// At the begin of which slot.
    pub slot: usize,
    /// Minutes in which an app was starved, over all apps.
    pub starved_app_minutes: u64,
    /// Minutes that pods waited for a node.
    pub pending_pod_minutes: u64,
    /// Pods that kubelet evicted.
    pub evictions: u64,
    /// Containers that the kernel killed at their limit.
    pub kills: u64,
    /// The longest that a pod waited for a node.
    pub longest_pending_minutes: u32,
}

/// Runs the loads over the cluster, and each failure beside it.
#[must_use]
pub fn replay_with_failures(
    cluster: &ClusterToReplay<'_>,
    assumptions: &Assumptions,
    failures: &Failures,
) -> (ClusterOutcome, Vec<FailureOutcome>) {
    let apps = scheduled(cluster);
    let mut state = ClusterInTime::new(cluster, &apps, assumptions);
    let mut outcomes = Vec::new();
    for slot in assumptions.slots.clone() {
        if failures.slots.contains(&slot) {
            state.count_resting();
            outcomes.extend(at_slot(&state, slot, failures));
        }
        state.slot(slot);
    }
    (state.outcome(), outcomes)
}

fn at_slot(state: &ClusterInTime<'_>, slot: usize, failures: &Failures) -> Vec<FailureOutcome> {
    let mut state = state.clone();
    state.forget_outcomes();
    let slots = followed(&state, slot, failures.minutes);
    let mut cases: Vec<LostPart> = nodes(&state, failures.most_nodes);
    let zones: BTreeSet<usize> = state
        .groups
        .iter()
        .flat_map(|group| group.nodes.iter())
        .filter(|node| node.is_there)
        .map(|node| node.zone)
        .collect();
    if zones.len() > 1 {
        cases.extend(zones.into_iter().map(LostPart::Zone));
    }
    if failures.has_other_cluster {
        cases.push(LostPart::OtherCluster);
    }
    let without = {
        let mut state = state.clone();
        slots.clone().for_each(|slot| state.slot(slot));
        Harm::of(&state.outcome())
    };
    let case = |lost: &LostPart| {
        let mut state = state.clone();
        state.fail(*lost, slot, failures.detection_minutes);
        slots.clone().for_each(|slot| state.slot(slot));
        let harm = Harm::of(&state.outcome());
        FailureOutcome {
            lost: *lost,
            slot,
            starved_app_minutes: harm.starved.saturating_sub(without.starved),
            pending_pod_minutes: harm.pending.saturating_sub(without.pending),
            evictions: harm.evictions.saturating_sub(without.evictions),
            kills: harm.kills.saturating_sub(without.kills),
            longest_pending_minutes: harm.longest_pending,
        }
    };
    cases.par_iter().map(case).collect()
}

/// The slots from the loss on, as far as there is a history.
fn followed(state: &ClusterInTime<'_>, slot: usize, minutes: u32) -> Range<usize> {
    let seconds = u64::from(minutes) * 60;
    let count = seconds.div_ceil(u64::from(state.assumptions.slot_seconds.max(1)));
    let count = usize::try_from(count).unwrap_or(usize::MAX).max(1);
    slot..slot.saturating_add(count).min(state.assumptions.slots.end)
}

/// Each living node, of many those of which most is requested.
fn nodes(state: &ClusterInTime<'_>, most: usize) -> Vec<LostPart> {
    let mut nodes: Vec<(u64, usize, usize)> = Vec::new();
    for (number, (group, plan)) in state.groups.iter().zip(&state.plan.groups).enumerate() {
        for &node in group.operation.nodes() {
            let requested = group.operation.requested(node);
            let share = requested.dominant_millionths_of(plan.shape.allocatable);
            nodes.push((share, number, node));
        }
    }
    nodes.sort_by_key(|&(share, group, node)| (std::cmp::Reverse(share), group, node));
    nodes
        .into_iter()
        .take(most)
        .map(|(_, group, node)| LostPart::Node(group, node))
        .collect()
}

struct Harm {
    starved: u64,
    pending: u64,
    evictions: u64,
    kills: u64,
    longest_pending: u32,
}

impl Harm {
    fn of(outcome: &ClusterOutcome) -> Self {
        let apps = || outcome.apps.iter();
        Self {
            starved: apps().map(|app| app.starved.sum()).sum(),
            pending: apps().map(|app| app.pending_pod_minutes).sum(),
            evictions: apps().map(|app| app.evictions).sum(),
            kills: apps().map(|app| app.kills).sum(),
            longest_pending: apps().map(|app| app.longest_pending).max().unwrap_or(0),
        }
    }
}

impl ClusterInTime<'_> {
    fn forget_outcomes(&mut self) {
        for app in &mut self.apps {
            app.outcome.forget();
        }
        for group in &mut self.groups {
            group.outcome = super::tally::GroupOutcome::default();
        }
    }

    fn fail(&mut self, lost: LostPart, slot: usize, detection_minutes: u32) {
        let slot = u32::try_from(slot).unwrap_or(u32::MAX);
        self.minute = slot.saturating_mul((self.assumptions.slot_seconds / 60).max(1));
        match lost {
            LostPart::Node(group, node) => {
                self.lose_and_replace(group, |place, _| place == node, detection_minutes);
            }
            LostPart::Zone(zone) => {
                for group in 0..self.groups.len() {
                    self.groups[group].operation.close(zone);
                    self.lose_and_replace(group, |_, other| other == zone, detection_minutes);
                }
            }
            LostPart::OtherCluster => self.is_alone = true,
        }
    }

    /// The auto scaling group starts as many nodes as it lost, elsewhere where a zone is gone.
    fn lose_and_replace(
        &mut self,
        group: usize,
        is_lost: impl Fn(usize, usize) -> bool,
        detection_minutes: u32,
    ) {
        let before = self.groups[group].operation.nodes().len();
        self.lose(group, is_lost, detection_minutes);
        let lost = before - self.groups[group].operation.nodes().len();
        let at = self.minute + self.assumptions.node_start_minutes.max(1);
        self.groups[group]
            .coming
            .extend(std::iter::repeat_n(at, lost));
    }
}

/// The slots in which the apps of some clusters together used most CPU, and those in which they used most memory, in
/// turn, `count` in all: at most one of each on a day, in order of time.
#[must_use]
pub fn worst_slots(
    clusters: &[&ClusterToReplay<'_>],
    assumptions: &Assumptions,
    count: usize,
) -> Vec<usize> {
    let slots = assumptions.slots.clone();
    let (mut cpu, mut memory) = (vec![0_u64; slots.len()], vec![0_u64; slots.len()]);
    for app in clusters.iter().flat_map(|cluster| &cluster.apps) {
        let Load::Recorded(load) = app.load else {
            continue;
        };
        let period = u64::from(load.period_seconds.max(1));
        for (place, slot) in slots.clone().enumerate() {
            let at = slot as u64 * u64::from(assumptions.slot_seconds) / period;
            let sample = usize::try_from(at)
                .ok()
                .and_then(|at| load.samples.get(at))
                .filter(|sample| sample.is_known());
            if let Some(sample) = sample {
                cpu[place] += app.share.of(u64::from(sample.work_millicores));
                let used = u64::from(sample.memory_mean) * u64::from(sample.instances);
                memory[place] += app.share.of(used * u64::from(load.memory_unit_mebibytes));
            }
        }
    }
    let day = (86_400 / assumptions.slot_seconds.max(1)).max(1) as usize;
    let worst_of_days = |used: &[u64]| {
        let mut worst: Vec<(u64, usize)> = used
            .chunks(day)
            .enumerate()
            .filter_map(|(number, of_day)| {
                let (place, most) = of_day
                    .iter()
                    .enumerate()
                    .max_by_key(|&(place, used)| (*used, std::cmp::Reverse(place)))?;
                Some((*most, slots.start + number * day + place))
            })
            .collect();
        worst.sort_by_key(|&(most, slot)| (std::cmp::Reverse(most), slot));
        worst
    };
    let (cpu, memory) = (worst_of_days(&cpu), worst_of_days(&memory));
    let mut chosen = BTreeSet::new();
    let in_turn = cpu.iter().zip(&memory).flat_map(|(a, b)| [a.1, b.1]);
    for slot in in_turn {
        if chosen.len() < count {
            chosen.insert(slot);
        }
    }
    chosen.into_iter().collect()
}

impl super::tally::AppOutcome {
    fn forget(&mut self) {
        *self = Self {
            starved: Minutes::default(),
            pods: (u32::MAX, 0),
            ..Self::default()
        };
    }
}
