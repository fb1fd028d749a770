//! One minute: what pods are asked for and take, whom the kernel kills, whom kubelet evicts, and what is delivered.

use super::AppToReplay;
use super::Load;
use super::cluster::{ClusterInTime, MEBIBYTE, Pod, mebibytes};
use super::cpu::{Wanted, shared, weight};
use super::memory::{Evictable, in_order_of_eviction};
use super::split::{PodMemory, PodWork, Serving};
use super::tally::{Happening, HappeningKind};
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
        let model = self.assumptions.memory;
        for group in &mut self.groups {
            for node in &mut group.nodes {
                (node.asked, node.memory) = (0, 0);
            }
        }
        let mut has_killed = false;
        for app in &mut self.apps {
            let plan = app.plan;
            let minute = self.minute;
            let serving = app.serving(minute);
            let (work, memory) = match plan.load {
                Load::Constant(each) => {
                    let pods = PodWork::of(each.cpu.0 * u64::from(serving), serving, 1, 1_000);
                    (pods, PodMemory::same(mebibytes(each.memory.0)))
                }
                Load::Recorded(load) => {
                    let work = app.work(self.is_alone);
                    let pods = PodWork::of(work, serving, app.sample.instances, app.sample.busiest);
                    let memory = if load.is_memory_known {
                        let share = if self.is_alone {
                            1_000
                        } else {
                            plan.share_in_thousandths()
                        };
                        let serving = Serving {
                            pods: serving,
                            desired: app.desired,
                            pods_per_instance: plan.pods_per_instance,
                            share,
                        };
                        PodMemory::of(load, app.sample, serving, model)
                    } else {
                        PodMemory::same(mebibytes(plan.requests.memory.0))
                    };
                    (pods, memory)
                }
            };
            let limit = mebibytes(plan.memory_limit.0);
            let nodes = &mut self.groups[plan.group].nodes;
            let mut place = 0;
            for pod in &mut app.pods {
                (pod.asked, pod.got, pod.memory) = (0, 0, 0);
                let Some(node) = pod.node.and_then(|node| nodes.get_mut(node)) else {
                    continue;
                };
                if pod.ready_at > minute {
                    // While a killed container waits, it takes nothing.
                    if pod.kills == 0 {
                        pod.memory = memory.starting_mebibytes;
                        node.memory += u64::from(pod.memory);
                    }
                    continue;
                }
                pod.asked = work.of_pod(place);
                pod.memory = memory.of_pod(place, pod.asked);
                place += 1;
                if pod.memory > limit {
                    has_killed = true;
                    if pod.is_in_trouble(minute) {
                        app.outcome.repeats += 1;
                    } else {
                        app.outcome.kills += 1;
                    }
                    app.outcome.hour(minute).kills += 1;
                    app.outcome.tell(Happening {
                        minute,
                        kind: HappeningKind::Killed,
                        amount: u64::from(pod.memory),
                        of: u64::from(limit),
                    });
                    pod.restart(minute, self.assumptions.pod_start_minutes);
                    continue;
                }
                node.asked += pod.asked;
                node.memory += u64::from(pod.memory);
            }
        }
        let has_evicted = self.evict();
        self.has_changed |= has_killed || has_evicted;
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
                any |= self.evict_from(group, node, has.1);
            }
        }
        any
    }

    fn evict_from(&mut self, group: usize, node: usize, has: u64) -> bool {
        let mut pods: Vec<Evictable> = Vec::new();
        for (place, app) in self.apps.iter().enumerate() {
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
            app.pods[number] = Pod {
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
        for app in &mut self.apps {
            let limit = app.plan.cpu_limit.map_or(u64::MAX, |limit| limit.0);
            for pod in app.pods.iter_mut().filter(|pod| pod.serves(minute)) {
                pod.got = pod.asked.min(limit);
            }
        }
        for group in 0..self.groups.len() {
            let (cpu, _) = self.room(&self.plan.groups[group].shape);
            for node in 0..self.groups[group].nodes.len() {
                if self.groups[group].nodes[node].asked > cpu {
                    self.share(group, node, cpu);
                }
            }
        }
    }

    fn share(&mut self, group: usize, node: usize, capacity: u64) {
        let minute = self.minute;
        let (mut pods, mut wanted) = (Vec::new(), Vec::new());
        for (place, app) in self.apps.iter().enumerate() {
            if app.plan.group != group {
                continue;
            }
            for (number, pod) in app.pods.iter().enumerate() {
                if pod.node == Some(node) && pod.serves(minute) {
                    pods.push((place, number));
                    wanted.push(Wanted {
                        asked: pod.got,
                        weight: weight(app.plan.requests.cpu.0),
                    });
                }
            }
        }
        for ((app, pod), given) in pods.into_iter().zip(shared(capacity, &wanted)) {
            self.apps[app].pods[pod].got = given;
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
