//! Into how many pods of which size an app is cut, and where they run.

use std::collections::BTreeMap;

use super::autoscaling::{most_pods, with_headroom};
use super::headroom::Level;
use super::profile::Profile;
use super::replicas::{failing_over, least, spread};
use super::whole_replica::WholeReplica;
use super::{ClusterReplicas, Stage};
use crate::policy::Policy;
use crate::units::{Bytes, Resources};

/// The pods of an app.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shape {
    /// Pods that each of today's instances becomes.
    pub(super) pieces: u32,
    /// Pods that carry all of the traffic as the instances did.
    pub(super) full_load: u32,
    pub(super) clusters: BTreeMap<String, ClusterReplicas>,
    /// Pods at most, on all clusters together or on one that serves alone.
    pub(super) most: u32,
    /// What each pod reserves after a split.
    pub(super) requests: Resources,
}

impl Shape {
    /// `None` if not even in the most pieces that the policy allows a pod fits a node.
    pub(super) fn of(
        profile: &Profile,
        whole: &WholeReplica,
        (stage, room): (Stage, Resources),
        level: Level,
        policy: &Policy,
    ) -> Option<Self> {
        Self::with_replicas(profile, whole, (stage, room), level, None, policy)
    }

    /// The same with the replicas that a load test found.
    pub(super) fn with_replicas(
        profile: &Profile,
        whole: &WholeReplica,
        (stage, room): (Stage, Resources),
        level: Level,
        replicas: Option<u32>,
        policy: &Policy,
    ) -> Option<Self> {
        let rules = &policy.sizing;
        // What must be split is split until pieces share a node: one just over half of a node would waste the rest.
        let (whole_room, piece_room) = (
            room.share(rules.max_node_share.get()),
            room.share(rules.split_node_share.get()),
        );
        let fits = |&pieces: &u32| {
            let may_take = if pieces == 1 { whole_room } else { piece_room };
            whole
                .piece(pieces, 1.0, (level, room), policy)
                .fits(may_take)
                // What it was seen to hold, it holds again: no limit that a node can give may be under it.
                && whole.memory_seen / f64::from(pieces) <= largest_limit(room, policy).as_f64()
        };
        let pieces = (1..=rules.max_split).find(fits)?;
        let full_load = replicas
            .unwrap_or_else(|| profile.replicas.saturating_mul(pieces))
            .max(least(stage, rules));
        let mut clusters = spread(full_load, stage, &policy.topology, rules);
        let normal: u32 = clusters.values().map(|on| on.normal).sum();
        let most = with_headroom(normal, &profile.cpu.rhythm, rules)
            .max(most_pods(profile).saturating_mul(pieces));
        failing_over(&mut clusters, most, stage, &policy.topology);
        // More pods than it takes are there for failures: each carries less, and what a failure asks of it, it takes
        // from what its node has left until more pods run.
        let share = f64::from(full_load) / f64::from(normal.max(1));
        Some(Self {
            pieces,
            full_load,
            clusters,
            most,
            requests: whole.piece(pieces, share, (level, room), policy),
        })
    }
}

/// The largest memory limit that an empty node holds, in the policy's steps.
pub(super) fn largest_limit(room: Resources, policy: &Policy) -> Bytes {
    let step = policy.sizing.memory_step.0.max(1);
    Bytes(room.memory.0 / step * step)
}
