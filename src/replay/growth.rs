//! Nodes that come and go, and pods that look for one: kube-scheduler and cluster-autoscaler; and rollouts.

use super::cluster::{ClusterInTime, GroupInTime, NodeInTime};
use super::pods::Pod;
use crate::units::Resources;

/// cluster-autoscaler removes a node that was not needed for so long.
/// Source: kubernetes/autoscaler, `--scale-down-unneeded-time`.
const UNNEEDED_MINUTES: u32 = 10;

/// And not sooner than this after it added one: `--scale-down-delay-after-add`.
const AFTER_GROWTH_MINUTES: u32 = 10;

/// Of a node of which more is requested, it does not think so: `--scale-down-utilization-threshold` 0.5, here in
/// millionths.
const UNNEEDED_MILLIONTHS: u64 = 500_000;

impl ClusterInTime<'_> {
    /// Nodes that were asked for come up.
    pub(super) fn arrive(&mut self) {
        for group in &mut self.groups {
            let due = group.coming.iter().filter(|&&at| at <= self.minute).count();
            group.coming.retain(|&at| at > self.minute);
            for _ in 0..due {
                let (_, zone) = group.operation.add_node();
                group.nodes.push(NodeInTime::empty(zone));
            }
        }
    }

    /// Pods without a node, by priority and then the oldest first; then cluster-autoscaler for those that stay.
    pub(super) fn schedule(&mut self) {
        let mut queue: Vec<(std::cmp::Reverse<i32>, u32, usize, usize)> = Vec::new();
        for &place in &self.awake {
            let app = &self.apps[place];
            if app.is_settled() {
                continue;
            }
            for (number, pod) in app.pods.iter().enumerate() {
                if pod.node.is_none() && pod.ready_at <= self.minute {
                    queue.push((
                        std::cmp::Reverse(app.plan.priority),
                        pod.born,
                        place,
                        number,
                    ));
                }
            }
        }
        queue.sort_unstable();
        let mut pending: Vec<Vec<usize>> = vec![Vec::new(); self.groups.len()];
        for (_, _, app, number) in queue {
            let group = self.apps[app].plan.group;
            match self.groups[group].operation.schedule(app) {
                Some(node) => {
                    let app = &mut self.apps[app];
                    let pod = &mut app.pods.change()[number];
                    app.outcome.note_waited(pod.waited(self.minute));
                    pod.node = Some(node);
                    pod.ready_at = self.minute + self.assumptions.pod_start_minutes;
                }
                None => pending[group].push(app),
            }
        }
        for (number, pending) in pending.into_iter().enumerate() {
            if !pending.is_empty() {
                self.grow(number, &pending);
            }
        }
        let minute = self.minute;
        for &place in &self.awake {
            let app = &mut self.apps[place];
            if !app.is_settled() {
                app.pods.settle(minute, app.desired, app.revision);
            }
        }
    }

    fn grow(&mut self, number: usize, pending: &[usize]) {
        let most = self.plan.groups[number].max as usize;
        let group = &mut self.groups[number];
        let wanted = group
            .operation
            .nodes_for(pending)
            .saturating_sub(group.coming.len());
        let there = group.operation.nodes().len() + group.coming.len();
        let more = wanted.min(most.saturating_sub(there));
        let at = self.minute + self.assumptions.node_start_minutes.max(1);
        group.coming.extend(std::iter::repeat_n(at, more));
        if more > 0 {
            group.grew_at = Some(self.minute);
        }
    }

    /// A node that nothing needed for long enough goes, one at a time, and its pods look for another.
    pub(super) fn scale_down(&mut self) {
        for number in 0..self.groups.len() {
            let min = self.plan.groups[number].min as usize;
            if self.groups[number].operation.nodes().len() <= min {
                // What was not needed while there were more is not remembered.
                let group = &mut self.groups[number];
                group.judged = None;
                group
                    .nodes
                    .iter_mut()
                    .for_each(|node| node.unneeded_since = None);
                continue;
            }
            self.scale_down_group(number);
        }
    }

    fn scale_down_group(&mut self, number: usize) {
        let allocatable = self.plan.groups[number].shape.allocatable;
        let minute = self.minute;
        let is_growing = !self.groups[number].coming.is_empty()
            || self.groups[number]
                .grew_at
                .is_some_and(|at| minute < at + AFTER_GROWTH_MINUTES);
        self.groups[number].judge(minute, allocatable);
        let group = &self.groups[number];
        let is_due = |node: &usize| {
            let since = group.nodes[*node].unneeded_since;
            since.is_some_and(|since| minute >= since + UNNEEDED_MINUTES)
        };
        let gone = group
            .operation
            .nodes()
            .iter()
            .copied()
            .find(|node| !is_growing && is_due(node));
        if let Some(node) = gone {
            self.lose(number, |place, _| place == node, 0);
        }
    }

    /// The minute in which cluster-autoscaler may take a node away; every minute while it has not judged them.
    pub(super) fn shrinks_at(&self, number: usize) -> Option<u32> {
        let group = &self.groups[number];
        if group.operation.nodes().len() <= self.plan.groups[number].min as usize {
            return None;
        }
        if group.judged != Some(group.operation.changes()) {
            return Some(self.minute + 1);
        }
        let nodes = group.operation.nodes().iter();
        let first = nodes
            .filter_map(|&node| group.nodes[node].unneeded_since)
            .min()?;
        let grown = group.grew_at.map_or(0, |at| at + AFTER_GROWTH_MINUTES);
        Some((first + UNNEEDED_MINUTES).max(grown))
    }

    /// Nodes are gone; their pods are made anew after some minutes and look for others. A node is known by its place
    /// and its zone.
    pub(super) fn lose(
        &mut self,
        group: usize,
        is_lost: impl Fn(usize, usize) -> bool,
        detection_minutes: u32,
    ) {
        let minute = self.minute;
        let lost: Vec<bool> = self.groups[group]
            .nodes
            .iter()
            .enumerate()
            .map(|(place, node)| node.is_there && is_lost(place, node.zone))
            .collect();
        let is_gone = |node: usize| lost.get(node).copied().unwrap_or(false);
        self.groups[group].operation.lose(is_gone);
        for (node, is_lost) in self.groups[group].nodes.iter_mut().zip(&lost) {
            node.is_there &= !is_lost;
        }
        for place in 0..self.apps.len() {
            let app = &self.apps[place];
            let is_hit = || app.pods.iter().any(|pod| pod.node.is_some_and(is_gone));
            if app.plan.group != group || !is_hit() {
                continue;
            }
            self.wake(place);
            for pod in self.apps[place].pods.change() {
                if pod.node.is_some_and(is_gone) {
                    *pod = Pod {
                        ready_at: minute + detection_minutes,
                        ..Pod::new(minute, pod.revision)
                    };
                }
            }
        }
    }

    /// Apps whose turn it is begin to roll, and those that roll go on: new pods up to `maxSurge` more than desired,
    /// old ones go while `maxUnavailable` allows.
    ///
    /// Source: kubernetes `pkg/controller/deployment/rolling.go`.
    pub(super) fn roll(&mut self) {
        for number in 0..self.awake.len() {
            let place = self.awake[number];
            if self.apps[place].next_rollout <= self.minute {
                let every = self.assumptions.rollout_minutes;
                let app = &mut self.apps[place];
                app.next_rollout = self.minute.saturating_add(every.max(1));
                if app.plan.is_counted {
                    app.revision += 1;
                    self.has_changed = true;
                }
            }
            if self.apps[place].is_rolling() {
                self.roll_on(place);
            }
        }
    }

    fn roll_on(&mut self, place: usize) {
        let minute = self.minute;
        let app = &mut self.apps[place];
        let (surge, unavailable) = match (app.plan.surge, app.plan.unavailable) {
            // Kubernetes does not let both be zero.
            (0, 0) => (0, 1),
            both => both,
        };
        let desired = app.desired as usize;
        let revision = app.revision;
        let new = app
            .pods
            .iter()
            .filter(|pod| pod.revision == revision)
            .count();
        let more = (desired + surge as usize)
            .saturating_sub(app.pods.len())
            .min(desired.saturating_sub(new));
        let new = std::iter::repeat_n(Pod::new(minute, revision), more);
        app.pods.change().extend(new);
        self.has_changed |= more > 0;
        loop {
            let app = &self.apps[place];
            let available = app.pods.iter().filter(|pod| pod.serves(minute)).count();
            let Some(old) = self.least_missed(place, |pod| pod.revision != revision) else {
                break;
            };
            let is_available = self.apps[place].pods[old].serves(minute);
            let least = desired.saturating_sub(unavailable as usize);
            if is_available && available <= least {
                break;
            }
            self.remove(place, old);
            self.has_changed = true;
        }
    }
}

impl GroupInTime<'_> {
    /// Which nodes are not needed, and since when. As long as no pod and no node moved, the answer is the last one.
    fn judge(&mut self, minute: u32, allocatable: Resources) {
        let changes = self.operation.changes();
        if self.judged == Some(changes) {
            return;
        }
        self.judged = Some(changes);
        for node in self.operation.nodes().to_vec() {
            let is_unneeded = self
                .operation
                .requested(node)
                .dominant_millionths_of(allocatable)
                < UNNEEDED_MILLIONTHS
                && self.operation.can_do_without(node);
            let since = self.nodes[node].unneeded_since.unwrap_or(minute);
            self.nodes[node].unneeded_since = is_unneeded.then_some(since);
        }
    }
}
