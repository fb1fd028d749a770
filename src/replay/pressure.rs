//! One minute: what pods are asked for and take, whom the kernel kills, whom kubelet evicts, and what is delivered.

use super::cluster::{AppInTime, ClusterInTime, MEBIBYTE, NodeInTime, mebibytes};
use super::cpu::{CpuClaim, shared, weight};
use super::memory::{Evictable, in_order_of_eviction};
use super::pods::Pod;
use super::split::{PodMemory, PodWork, Serving};
use super::tally::{Happening, HappeningKind};
use super::{AppToReplay, Load, MemoryModel};
use crate::pack::scheduler::NodeShape;

/// Kubelet looks at its signals every ten seconds, and evicts one pod each time.
/// Source: kubernetes `pkg/kubelet/kubelet.go`, `evictionMonitoringPeriod`.
const EVICTIONS_IN_A_MINUTE: usize = 6;

/// A container that ran for so long is well again: kubelet starts its back-off from the beginning.
const FORGOTTEN_MINUTES: u32 = 10;

impl ClusterInTime<'_> {
    /// Work and memory of every pod, and of every node. Kills what is over its limit and evicts where a node is over
    /// what it has: the next minute looks at what that changed.
    pub(super) fn load(&mut self) {
        let (minute, is_alone, assumptions) = (self.minute, self.is_alone, self.assumptions);
        for group in &mut self.groups {
            for node in &mut group.nodes {
                (node.asked, node.memory) = (node.resting_asked, node.resting_memory);
            }
        }
        let mut has_killed = false;
        for &place in &self.awake {
            let app = &mut self.apps[place];
            app.asks(minute, is_alone, assumptions.memory);
            let nodes = &mut self.groups[app.plan.group].nodes;
            if app.is_settled() && app.is_within_memory_limit() {
                app.is_spread = false;
                app.each_on_its_node(|node, asked, memory| {
                    if let Some(node) = nodes.get_mut(node) {
                        node.asked += asked;
                        node.memory += memory;
                    }
                });
            } else {
                app.is_spread = true;
                has_killed |= app.load_pods(nodes, minute, assumptions.pod_start_minutes);
            }
        }
        let has_evicted = self.evict();
        self.has_changed |= has_killed || has_evicted;
    }

    /// Apps with pods on a node are awake, and what is asked of each pod is written at each.
    fn look_at(&mut self, group: usize, node: usize) {
        for place in 0..self.apps.len() {
            let app = &self.apps[place];
            if app.plan.group == group && app.pods.iter().any(|pod| pod.node == Some(node)) {
                self.wake(place);
                self.apps[place].spread();
            }
        }
    }

    /// Kubelet evicts one pod after the other until the node has enough. Six times in a minute it looks.
    fn evict(&mut self) -> bool {
        let mut any = false;
        for group in 0..self.groups.len() {
            let shape = &self.plan.groups[group].shape;
            let has = self.room(shape);
            let short: Vec<usize> = (0..self.groups[group].nodes.len())
                .filter(|&node| {
                    let node = &self.groups[group].nodes[node];
                    node.is_there && node.memory > has.1
                })
                .collect();
            for node in short {
                self.look_at(group, node);
                any |= self.evict_from(group, node, has.1);
            }
        }
        any
    }

    fn evict_from(&mut self, group: usize, node: usize, has: u64) -> bool {
        let mut pods: Vec<Evictable> = Vec::new();
        for &place in &self.awake {
            let app = &self.apps[place];
            if app.plan.group != group {
                continue;
            }
            for (number, pod) in app.pods.iter().enumerate() {
                // What was killed in this very minute has given its memory back.
                let is_there = pod.kills == 0 || pod.serves(self.minute);
                if pod.node == Some(node) && pod.memory > 0 && is_there {
                    pods.push(Evictable {
                        pod: (place, number),
                        priority: app.plan.priority,
                        used_mebibytes: pod.memory,
                        requested_mebibytes: mebibytes(app.plan.requests.memory.0),
                    });
                }
            }
        }
        in_order_of_eviction(&mut pods);
        let mut any = false;
        for evicted in pods.into_iter().take(EVICTIONS_IN_A_MINUTE) {
            if self.groups[group].nodes[node].memory <= has {
                break;
            }
            any = true;
            let (place, number) = evicted.pod;
            self.groups[group].nodes[node].memory -= u64::from(evicted.used_mebibytes);
            self.groups[group].operation.remove(place, node);
            let minute = self.minute;
            let app = &mut self.apps[place];
            let pod = app.pods[number];
            self.groups[group].nodes[node].asked -= pod.asked;
            if pod.is_in_trouble(minute) {
                app.outcome.repeats += 1;
            } else {
                app.outcome.evictions += 1;
            }
            app.outcome.hour(minute).evictions += 1;
            app.outcome.tell(Happening {
                minute,
                kind: HappeningKind::Evicted,
                amount: u64::from(evicted.used_mebibytes),
                of: u64::from(evicted.requested_mebibytes),
            });
            // Its ReplicaSet makes another.
            app.pods.change()[number] = Pod {
                asked: pod.asked,
                is_back: true,
                ..Pod::new(minute, pod.revision)
            };
        }
        any
    }

    /// CPU and memory in MiB that pods may take of a node of that shape.
    pub(super) fn room(&self, shape: &NodeShape) -> (u64, u64) {
        let used = |requested: u64| requested * u64::from(self.assumptions.daemon_use) / 1_000;
        (
            shape
                .allocatable
                .cpu
                .0
                .saturating_sub(used(shape.daemons.cpu.0)),
            shape
                .allocatable
                .memory
                .0
                .saturating_sub(used(shape.daemons.memory.0))
                / MEBIBYTE,
        )
    }

    /// What each serving pod gets: what it is asked for, or where a node's CPU is short its part by weight.
    pub(super) fn deliver(&mut self) {
        let minute = self.minute;
        for &place in &self.awake {
            let app = &mut self.apps[place];
            let limit = app.cpu_limit();
            if app.work.most() > limit {
                app.spread();
            }
            if !app.is_spread {
                continue;
            }
            for pod in app.pods.loads() {
                if pod.serves(minute) {
                    pod.got = pod.asked.min(limit);
                }
            }
        }
        for group in 0..self.groups.len() {
            let (cpu, _) = self.room(&self.plan.groups[group].shape);
            let short: Vec<usize> = (0..self.groups[group].nodes.len())
                .filter(|&node| self.groups[group].nodes[node].asked > cpu)
                .collect();
            for node in short {
                self.look_at(group, node);
                self.share(group, node, cpu);
            }
        }
    }

    fn share(&mut self, group: usize, node: usize, capacity: u64) {
        let minute = self.minute;
        let (mut pods, mut wanted) = (Vec::new(), Vec::new());
        for &place in &self.awake {
            let app = &self.apps[place];
            if app.plan.group != group {
                continue;
            }
            for (number, pod) in app.pods.iter().enumerate() {
                if pod.node == Some(node) && pod.serves(minute) {
                    pods.push((place, number));
                    wanted.push(CpuClaim {
                        asked: pod.got,
                        weight: weight(app.plan.requests.cpu.0),
                    });
                }
            }
        }
        for ((app, pod), given) in pods.into_iter().zip(shared(capacity, &wanted)) {
            self.apps[app].pods.loads()[pod].got = given;
        }
    }
}

impl AppInTime<'_> {
    /// What is asked of each serving pod in this minute.
    pub(super) fn asks(&mut self, minute: u32, is_alone: bool, model: MemoryModel) {
        let plan = self.plan;
        let serving = self.serving(minute);
        (self.work, self.memory) = match plan.load {
            Load::Constant(each) => {
                let work = each.cpu.0 * u64::from(serving);
                let pods = PodWork::of(work, serving, 1, 1_000);
                (pods, PodMemory::same(mebibytes(each.memory.0)))
            }
            Load::Recorded(load) => {
                let sample = self.sample;
                let work = self.carries(is_alone);
                let pods = PodWork::of(work, serving, sample.instances, sample.busiest);
                let memory = if load.is_memory_known {
                    let share = if is_alone {
                        1_000
                    } else {
                        plan.share_in_thousandths()
                    };
                    let serving = Serving {
                        pods: serving,
                        desired: self.desired,
                        pods_per_instance: plan.pods_per_instance,
                        share,
                    };
                    PodMemory::of(load, sample, serving, model)
                } else {
                    PodMemory::same(mebibytes(plan.requests.memory.0))
                };
                (pods, memory)
            }
        };
    }

    /// MiB of the pod that takes most: of the first, which is as hot as any.
    pub(super) fn most_memory(&self) -> u32 {
        self.memory.of_pod(0, self.work.of_pod(0))
    }

    pub(super) fn cpu_limit(&self) -> u64 {
        self.plan.cpu_limit.map_or(u64::MAX, |limit| limit.0)
    }

    pub(super) fn is_within_memory_limit(&self) -> bool {
        self.most_memory() <= mebibytes(self.plan.memory_limit.0)
    }

    /// Where all of its pods serve: the node of each, millicores that it is asked for, and MiB that it takes.
    pub(super) fn each_on_its_node(&self, mut tell: impl FnMut(usize, u64, u64)) {
        for (place, pod) in (0..).zip(self.pods.iter()) {
            if let Some(node) = pod.node {
                let asked = self.work.of_pod(place);
                tell(node, asked, u64::from(self.memory.of_pod(place, asked)));
            }
        }
    }

    /// Pod by pod; whether one is killed.
    fn load_pods(&mut self, nodes: &mut [NodeInTime], minute: u32, pod_start_minutes: u32) -> bool {
        let limit = mebibytes(self.plan.memory_limit.0);
        let mut killed = Vec::new();
        let mut place = 0;
        for (number, pod) in self.pods.loads().iter_mut().enumerate() {
            (pod.asked, pod.got, pod.memory) = (0, 0, 0);
            let Some(node) = pod.node.and_then(|node| nodes.get_mut(node)) else {
                continue;
            };
            if pod.ready_at > minute {
                // While a killed container waits, it takes nothing.
                if pod.kills == 0 {
                    pod.memory = self.memory.starting_mebibytes;
                    node.memory += u64::from(pod.memory);
                }
                continue;
            }
            pod.asked = self.work.of_pod(place);
            pod.memory = self.memory.of_pod(place, pod.asked);
            place += 1;
            if pod.memory > limit {
                killed.push(number);
            } else {
                node.asked += pod.asked;
                node.memory += u64::from(pod.memory);
            }
        }
        for &number in &killed {
            let pod = &mut self.pods.change()[number];
            if pod.is_in_trouble(minute) {
                self.outcome.repeats += 1;
            } else {
                self.outcome.kills += 1;
            }
            self.outcome.hour(minute).kills += 1;
            self.outcome.tell(Happening {
                minute,
                kind: HappeningKind::Killed,
                amount: u64::from(pod.memory),
                of: u64::from(limit),
            });
            pod.restart(minute, pod_start_minutes);
        }
        !killed.is_empty()
    }

    /// What is asked of each pod is written at each, if it is not yet.
    fn spread(&mut self) {
        if std::mem::replace(&mut self.is_spread, true) {
            return;
        }
        let (work, memory, limit) = (self.work, self.memory, self.cpu_limit());
        for (place, pod) in (0..).zip(self.pods.loads()) {
            pod.asked = work.of_pod(place);
            pod.got = pod.asked.min(limit);
            pod.memory = memory.of_pod(place, pod.asked);
        }
    }
}

impl AppToReplay<'_> {
    fn share_in_thousandths(&self) -> u32 {
        self.share.own * 1_000 / self.share.all.max(1)
    }
}

impl Pod {
    /// kubelet restarts a killed container after 10 seconds, then after twice as long each time, up to five minutes;
    /// after ten good minutes it forgets. Source: kubernetes `pkg/kubelet/kubelet.go`, `MaxCrashLoopBackOff` and
    /// `backOffPeriod`. In whole minutes: 1, 1, 1, 2, 3, 5, 5, …
    fn restart(&mut self, minute: u32, start_minutes: u32) {
        const BACKOFF_MINUTES: [u32; 6] = [1, 1, 1, 2, 3, 5];
        let row = if self.is_forgotten(minute) {
            0
        } else {
            self.kills
        };
        let place = usize::try_from(row).unwrap_or(usize::MAX);
        let backoff = BACKOFF_MINUTES.get(place).copied().unwrap_or(5);
        self.kills = row + 1;
        self.is_back = true;
        self.ready_at = minute + backoff + start_minutes;
    }

    /// Whether it has served for so long that what was before does not count.
    fn is_forgotten(&self, minute: u32) -> bool {
        minute.saturating_sub(self.ready_at) >= FORGOTTEN_MINUTES
    }

    /// Whether it was evicted or killed before and has not served for long since.
    fn is_in_trouble(&self, minute: u32) -> bool {
        self.is_back && !self.is_forgotten(minute)
    }
}
