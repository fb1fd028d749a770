//! A cluster in time: what one minute after the other does to its pods and nodes.

use super::autoscaler::Window;
use super::pods::{Pod, Pods, Rest};
use super::split::{PodMemory, PodWork};
use super::tally::{AppOutcome, ClusterOutcome, GroupOutcome};
use super::{AppToReplay, Assumptions, ClusterToReplay, GroupToReplay, Load, Start};
use crate::pack::scheduler::{App, Operation, QueuePriority};
use crate::size::LoadSample;

/// Runs the loads over the cluster.
#[must_use]
pub fn replay(cluster: &ClusterToReplay<'_>, assumptions: &Assumptions) -> ClusterOutcome {
    replay_until(cluster, assumptions, |_| false)
}

/// The same, but given up at the end of the first day on which `is_enough` is true. It sees every app's outcome so far.
/// Minutes of apps that rest are not in it yet; nothing is missing, evicted, killed or waiting in them.
#[must_use]
pub fn replay_until(
    cluster: &ClusterToReplay<'_>,
    assumptions: &Assumptions,
    is_enough: impl Fn(&mut dyn Iterator<Item = &AppOutcome>) -> bool,
) -> ClusterOutcome {
    let apps = scheduled(cluster);
    let mut state = ClusterInTime::new(cluster, &apps, assumptions);
    let slots_of_a_day = (SECONDS_OF_A_DAY / assumptions.slot_seconds.max(1)).max(1) as usize;
    for (number, slot) in (1_usize..).zip(assumptions.slots.clone()) {
        state.slot(slot);
        if number.is_multiple_of(slots_of_a_day) {
            state.note_waiting();
            if is_enough(&mut state.apps.iter().map(|app| &app.outcome)) {
                break;
            }
        }
    }
    state.outcome()
}

const SECONDS_OF_A_DAY: u32 = 86_400;

/// The apps as the scheduler sees them.
pub(super) fn scheduled(cluster: &ClusterToReplay<'_>) -> Vec<App> {
    // Pods are handed to the scheduler one by one, by the priority of their class: its own queue is never long.
    let app = |app: &AppToReplay<'_>| App {
        requests: app.requests,
        replicas: app.replicas,
        priority: QueuePriority::default(),
    };
    cluster.apps.iter().map(app).collect()
}

pub(super) const MEBIBYTE: u64 = 1 << 20;

pub(super) fn mebibytes(bytes: u64) -> u32 {
    u32::try_from(bytes / MEBIBYTE).unwrap_or(u32::MAX)
}

/// One app with its pods.
#[derive(Debug, Clone)]
pub(super) struct AppInTime<'a> {
    pub(super) plan: &'a AppToReplay<'a>,
    pub(super) pods: Pods,
    /// Pods that there should be.
    pub(super) desired: u32,
    pub(super) window: Window,
    pub(super) recommended: u32,
    pub(super) revision: u32,
    pub(super) next_rollout: u32,
    /// What was last seen; a gap goes on as what was before it.
    pub(super) sample: LoadSample,
    pub(super) is_known: bool,
    /// What its serving pods are asked for and take in this minute.
    pub(super) work: PodWork,
    pub(super) memory: PodMemory,
    /// Whether that is written at each of them; where it is not, all serve, and each gets what it is asked for.
    pub(super) is_spread: bool,
    /// If nothing about it can happen for a while.
    pub(super) rest: Option<Rest>,
    pub(super) outcome: AppOutcome,
}

/// One node group with its nodes.
#[derive(Debug, Clone)]
pub(super) struct GroupInTime<'a> {
    pub(super) operation: Operation<'a>,
    /// By place; nodes that are gone keep theirs.
    pub(super) nodes: Vec<NodeInTime>,
    /// When nodes that were asked for will be there.
    pub(super) coming: Vec<u32>,
    pub(super) grew_at: Option<u32>,
    /// How often something had moved when cluster-autoscaler last looked which nodes are not needed.
    pub(super) judged: Option<u64>,
    pub(super) outcome: GroupOutcome,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct NodeInTime {
    pub(super) is_there: bool,
    pub(super) zone: usize,
    /// Since when cluster-autoscaler finds that it is not needed.
    pub(super) unneeded_since: Option<u32>,
    /// Millicores that its pods are asked for, and MiB that they take.
    pub(super) asked: u64,
    pub(super) memory: u64,
    /// The same of the pods of apps that rest.
    pub(super) resting_asked: u64,
    pub(super) resting_memory: u64,
}

/// All of it at a moment.
#[derive(Debug, Clone)]
pub(super) struct ClusterInTime<'a> {
    pub(super) plan: &'a ClusterToReplay<'a>,
    pub(super) assumptions: &'a Assumptions,
    pub(super) groups: Vec<GroupInTime<'a>>,
    pub(super) apps: Vec<AppInTime<'a>>,
    /// Since the start of the loads.
    pub(super) minute: u32,
    /// Up to this minute everything is counted but what rests.
    pub(super) counted: u32,
    pub(super) slot: u32,
    pub(super) slot_minutes: u32,
    /// Apps that do not rest, in their order.
    pub(super) awake: Vec<usize>,
    /// The first minute in which something can happen to an app that rests.
    pub(super) wakes_at: u32,
    /// Whether this minute changed anything that the next one has to look at.
    pub(super) has_changed: bool,
    /// Whether this cluster serves alone.
    pub(super) is_alone: bool,
}

impl<'a> ClusterInTime<'a> {
    pub(super) fn new(
        plan: &'a ClusterToReplay<'a>,
        scheduled: &'a [App],
        assumptions: &'a Assumptions,
    ) -> Self {
        let slot_minutes = (assumptions.slot_seconds / 60).max(1);
        let first = u32::try_from(assumptions.slots.start).unwrap_or(u32::MAX);
        let minute = first.saturating_mul(slot_minutes);
        let group = |(number, group): (u32, &'a GroupToReplay)| {
            let mut operation = Operation::new(&group.shape, scheduled, group.zones, number);
            let nodes = (0..group.nodes)
                .map(|_| NodeInTime::empty(operation.add_node().1))
                .collect();
            GroupInTime {
                operation,
                nodes,
                coming: Vec::new(),
                grew_at: None,
                judged: None,
                outcome: GroupOutcome {
                    nodes: (u32::MAX, 0),
                    ..GroupOutcome::default()
                },
            }
        };
        let count = u32::try_from(plan.apps.len()).unwrap_or(u32::MAX).max(1);
        let app = |(place, app): (u32, &'a AppToReplay<'a>)| AppInTime {
            plan: app,
            pods: Pods::default(),
            desired: app.replicas,
            window: Window::starting(minute, app.replicas),
            recommended: app.replicas,
            revision: 0,
            next_rollout: match assumptions.rollout_minutes {
                0 => u32::MAX,
                // One after the other, evenly.
                every => {
                    let offset = u64::from(every) * u64::from(place) / u64::from(count);
                    minute.saturating_add(u32::try_from(offset).unwrap_or(0) + every.min(60))
                }
            },
            sample: LoadSample::default(),
            is_known: false,
            work: PodWork::default(),
            memory: PodMemory::default(),
            is_spread: false,
            rest: None,
            outcome: AppOutcome {
                pods: (u32::MAX, 0),
                ..AppOutcome::default()
            },
        };
        let mut state = Self {
            plan,
            assumptions,
            groups: (0..).zip(&plan.groups).map(group).collect(),
            apps: (0..).zip(&plan.apps).map(app).collect(),
            minute,
            counted: minute,
            slot: first,
            slot_minutes,
            awake: (0..plan.apps.len()).collect(),
            wakes_at: u32::MAX,
            has_changed: false,
            is_alone: false,
        };
        state.start();
        state
    }

    /// Everything is in its place and serves before the first minute.
    fn start(&mut self) {
        let minute = self.minute;
        for (place, group) in self.plan.groups.iter().enumerate() {
            let Start::Placed(nodes) = &group.start else {
                continue;
            };
            for (node, pods) in nodes
                .iter()
                .enumerate()
                .take(self.groups[place].nodes.len())
            {
                for &(app, replicas) in pods {
                    for _ in 0..replicas {
                        self.groups[place].operation.put(app, node);
                        let mut pod = Pod::new(minute, 0);
                        pod.node = Some(node);
                        self.apps[app].pods.change().push(pod);
                    }
                }
            }
        }
        let mut order: Vec<usize> = (0..self.apps.len()).collect();
        order.sort_by_key(|&app| {
            let plan = self.apps[app].plan;
            let shape = &self.plan.groups[plan.group].shape;
            (
                std::cmp::Reverse(plan.requests.dominant_millionths_of(shape.allocatable)),
                app,
            )
        });
        for app in order {
            while self.apps[app].pods.len() < self.apps[app].desired as usize {
                let mut pod = Pod::new(minute, 0);
                pod.node = self.groups[self.apps[app].plan.group]
                    .operation
                    .schedule(app);
                self.apps[app].pods.change().push(pod);
            }
        }
    }

    /// All minutes of a slot; those in which nothing can happen are taken together.
    pub(super) fn slot(&mut self, slot: usize) {
        let start = u32::try_from(slot)
            .unwrap_or(u32::MAX)
            .saturating_mul(self.slot_minutes);
        let end = start.saturating_add(self.slot_minutes);
        self.minute = start;
        self.begin(slot);
        while self.minute < end {
            self.has_changed = false;
            self.arrive();
            self.wake_due();
            self.roll();
            self.reconcile();
            self.schedule();
            self.load();
            self.deliver();
            self.autoscale();
            let minutes = if self.assumptions.every_minute || self.has_changed {
                1
            } else {
                self.next_event().min(end).max(self.minute + 1) - self.minute
            };
            self.account(minutes);
            self.counted = self.minute + minutes;
            self.scale_down();
            self.minute += minutes;
        }
    }

    /// Pods that are there although fewer should be, or the other way round. While an app rolls, [`Self::roll`] counts.
    fn reconcile(&mut self) {
        for number in 0..self.awake.len() {
            let place = self.awake[number];
            let app = &mut self.apps[place];
            if app.is_settled() || app.is_rolling() {
                continue;
            }
            while app.pods.len() < app.desired as usize {
                app.pods.change().push(Pod::new(self.minute, app.revision));
                self.has_changed = true;
            }
            let excess = app.pods.len().saturating_sub(app.desired as usize);
            if excess > 0 {
                self.give_up(place, excess);
                self.has_changed = true;
            }
        }
    }

    /// So many pods of an app go, ranked once for all of them.
    fn give_up(&mut self, app: usize, count: usize) {
        let mut ranked: Vec<usize> = (0..self.apps[app].pods.len()).collect();
        ranked.sort_by_key(|&pod| self.rank(app, pod));
        ranked.truncate(count);
        ranked.sort_unstable();
        for pod in ranked.into_iter().rev() {
            self.remove(app, pod);
        }
    }

    /// Which pod a ReplicaSet gives up first: one without a node, one that does not serve, one beside more siblings,
    /// the youngest.
    ///
    /// Source: kubernetes `pkg/controller/controller_utils.go`, `ActivePodsWithRanks`. Left out: annotations of
    /// deletion cost.
    fn rank(&self, app: usize, place: usize) -> impl Ord + use<> {
        let pods = &self.apps[app].pods;
        let pod = &pods[place];
        let siblings = pod.node.map_or(0, |node| {
            pods.iter().filter(|pod| pod.node == Some(node)).count()
        });
        (
            pod.node.is_some(),
            pod.serves(self.minute),
            std::cmp::Reverse(siblings),
            std::cmp::Reverse(pod.born),
            std::cmp::Reverse(place),
        )
    }

    /// Of the pods that are such, the one that is given up first.
    pub(super) fn least_missed(&self, app: usize, is_such: impl Fn(&Pod) -> bool) -> Option<usize> {
        let pods = self.apps[app].pods.iter().enumerate();
        pods.filter(|(_, pod)| is_such(pod))
            .map(|(place, _)| place)
            .min_by_key(|&place| self.rank(app, place))
    }

    pub(super) fn remove(&mut self, app: usize, pod: usize) {
        let group = self.apps[app].plan.group;
        let pod = self.apps[app].pods.change().remove(pod);
        match pod.node {
            Some(node) => self.groups[group].operation.remove(app, node),
            None => self.apps[app].outcome.note_waited(pod.waited(self.minute)),
        }
    }

    pub(super) fn first_minute(&self) -> u32 {
        u32::try_from(self.assumptions.slots.start)
            .unwrap_or(u32::MAX)
            .saturating_mul(self.slot_minutes)
    }

    /// The first minute in which something happens by itself.
    fn next_event(&self) -> u32 {
        let mut next = self.wakes_at;
        for &place in &self.awake {
            let app = &self.apps[place];
            next = next.min(app.next_rollout);
            // A pod without a node waits for another event: looking again at the same nodes changes nothing.
            if !app.is_settled() {
                let starting = app.pods.iter().filter(|pod| pod.ready_at > self.minute);
                next = starting.map(|pod| pod.ready_at).fold(next, u32::min);
            }
            let forgets = app
                .plan
                .scaling
                .and_then(|scaling| app.window.forgets_at(scaling));
            next = next.min(forgets.unwrap_or(u32::MAX));
        }
        for (number, group) in self.groups.iter().enumerate() {
            next = next.min(self.shrinks_at(number).unwrap_or(u32::MAX));
            next = group.coming.iter().copied().fold(next, u32::min);
        }
        next
    }

    /// What still waits has waited until now.
    fn note_waiting(&mut self) {
        let minute = self.minute;
        for app in &mut self.apps {
            let waiting = app.pods.iter().filter(|pod| pod.node.is_none());
            let longest = waiting.map(|pod| pod.waited(minute)).max();
            app.outcome.note_waited(longest.unwrap_or(0));
        }
    }

    pub(super) fn outcome(mut self) -> ClusterOutcome {
        self.count_resting();
        self.note_waiting();
        for app in &mut self.apps {
            app.outcome.end_day();
        }
        ClusterOutcome {
            apps: self.apps.into_iter().map(|app| app.outcome).collect(),
            groups: self.groups.into_iter().map(|group| group.outcome).collect(),
        }
    }
}

impl NodeInTime {
    pub(super) const fn empty(zone: usize) -> Self {
        Self {
            is_there: true,
            zone,
            unneeded_since: None,
            asked: 0,
            memory: 0,
            resting_asked: 0,
            resting_memory: 0,
        }
    }
}

impl AppInTime<'_> {
    pub(super) fn serving(&self, minute: u32) -> u32 {
        if self.is_settled() {
            return self.pods.count();
        }
        let serving = self.pods.iter().filter(|pod| pod.serves(minute)).count();
        u32::try_from(serving).unwrap_or(u32::MAX)
    }

    /// Whether nothing about its pods moves by itself.
    pub(super) fn is_settled(&self) -> bool {
        self.pods.are_settled(self.desired, self.revision)
    }

    pub(super) fn is_rolling(&self) -> bool {
        !self.is_settled() && self.pods.iter().any(|pod| pod.revision != self.revision)
    }

    /// Of a recorded load, what this cluster carries.
    pub(super) fn carries(&self, is_alone: bool) -> u64 {
        let work = u64::from(self.sample.work_millicores);
        if is_alone {
            work
        } else {
            self.plan.share.of(work)
        }
    }

    /// All that is asked of it in this minute, whoever is there.
    pub(super) fn asked_of_all(&self, is_alone: bool, serving: u32) -> u64 {
        match self.plan.load {
            Load::Constant(each) => each.cpu.0 * u64::from(serving),
            Load::Recorded(_) => self.carries(is_alone),
        }
    }
}
