//! A fleet on nodes, in weeks whose end is known: on which days a node would have run short of memory, and which
//! app it was.

use std::collections::BTreeMap;

use super::{Level, Week};
use crate::policy::Policy;
use crate::size::profile::Profile;
use crate::size::shape::Shape;
use crate::size::whole_replica::{WholeReplica, memory_limit};
use crate::size::{Calibration, Stage};
use crate::units::Resources;

/// An environment on the nodes that it would be on.
#[derive(Debug)]
pub struct EnvironmentOnNodes<'a> {
    /// What was measured of it.
    pub profile: &'a Profile,
    /// Decides how few replicas it may have, and on how many clusters.
    pub stage: Stage,
    /// Name of its node group; apps of one group share nodes.
    pub group: &'a str,
    /// What an empty node of it offers.
    pub room: Resources,
}

/// One app in one week on the nodes of one group of one cluster.
struct App<'a> {
    /// Its place among the contenders.
    place: usize,
    pods: u32,
    pieces: f64,
    /// Cores of a pod.
    cpu: f64,
    week: &'a Week,
    /// Bytes of a pod, before the node bounds them.
    limit: f64,
    demanded: f64,
}

/// What a trial of all weeks found.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct TrialResult {
    pub(super) pod_weeks: u64,
    /// Days on which a node ran short, by the place of the app that was furthest over its request.
    pub(super) short: BTreeMap<usize, u32>,
}

impl TrialResult {
    /// Of all apps but those at `but`.
    pub(super) fn short_days(&self, but: &[usize]) -> u32 {
        let counted = self.short.iter().filter(|(place, _)| !but.contains(place));
        counted.map(|(_, days)| days).sum()
    }
}

/// A group of nodes in one week.
struct Group<'a> {
    room: Resources,
    apps: Vec<App<'a>>,
}

/// A fleet in the weeks that it is tried on; what does not depend on the rung.
pub(super) struct Fleet<'a> {
    groups: Vec<Group<'a>>,
}

/// Weeks that are tried: two months. What was before is another fleet.
const WEEKS: usize = 8;

impl<'a> Fleet<'a> {
    /// `by_fold` is what was known at the origin of each week.
    pub(super) fn of(
        contenders: &'a [EnvironmentOnNodes<'a>],
        level: Level,
        by_fold: &[Calibration],
        policy: &Policy,
    ) -> Self {
        let mut groups: BTreeMap<(usize, String, &str), Group<'a>> = BTreeMap::new();
        let Some(now) = by_fold.last() else {
            return Self { groups: Vec::new() };
        };
        for (place, one) in contenders.iter().enumerate() {
            let whole = WholeReplica::of(one.profile, now, policy);
            let shape = Shape::of(one.profile, &whole, (one.stage, one.room), level, policy);
            let Some(shape) = shape else { continue };
            let pieces = f64::from(shape.pieces);
            let recent = |week: &&Week| week.fold + 1 + WEEKS >= by_fold.len();
            for week in one.profile.weeks().iter().filter(recent) {
                let Some(known) = by_fold.get(week.fold) else {
                    continue;
                };
                let limit = memory_limit(&week.fit, known, policy).value;
                for (cluster, replicas) in &shape.clusters {
                    let group = groups
                        .entry((week.fold, cluster.clone(), one.group))
                        .or_insert_with(|| Group {
                            room: one.room,
                            apps: Vec::new(),
                        });
                    group.apps.push(App {
                        place,
                        pods: replicas.normal,
                        pieces,
                        cpu: shape.requests.cpu.cores(),
                        week,
                        limit: limit.max(whole.memory_demanded) / pieces,
                        demanded: whole.memory_demanded / pieces,
                    });
                }
            }
        }
        Self {
            groups: groups.into_values().collect(),
        }
    }

    /// All weeks on one rung; apps at `by_themselves` with all that they may need.
    pub(super) fn tried(&self, level: Level, by_themselves: &[usize]) -> TrialResult {
        let mut found = TrialResult::default();
        for group in &self.groups {
            found.pod_weeks += group
                .apps
                .iter()
                .map(|app| u64::from(app.pods))
                .sum::<u64>();
            let of = |app: &App<'_>| {
                if by_themselves.contains(&app.place) {
                    level.by_itself()
                } else {
                    level
                }
            };
            for place in group.short(|app, room| app.request(of(app), room)) {
                *found.short.entry(place).or_default() += 1;
            }
        }
        found
    }
}

impl App<'_> {
    fn request(&self, level: Level, room: f64) -> f64 {
        let usual = self.week.usual / self.pieces;
        level
            .request(usual, self.limit.min(room), room)
            .max(self.demanded)
            .min(room)
    }

    /// What a pod holds in an hour, at most its limit: over it, it is killed, and its node is not short.
    fn holds(&self, hour: usize, room: f64) -> f64 {
        let held = self.week.hourly.get(hour).copied().unwrap_or(0.0);
        (f64::from(held) / self.pieces).min(self.limit.min(room))
    }
}

/// Pods of a node, by their app, and what they leave.
struct Node {
    apps: Vec<usize>,
    cpu: f64,
    memory: f64,
}

const HOURS_OF_A_DAY: usize = 24;

impl Group<'_> {
    /// For each node and day on which the pods of the node held more than it has, the place of the app that was
    /// furthest over its request in the worst hour.
    fn short(&self, request: impl Fn(&App<'_>, f64) -> f64) -> Vec<usize> {
        let room = self.room.memory.as_f64();
        let requests: Vec<f64> = self.apps.iter().map(|app| request(app, room)).collect();
        let hours = self
            .apps
            .iter()
            .map(|app| app.week.hourly.len())
            .max()
            .unwrap_or(0);
        let mut short = Vec::new();
        for node in self.nodes(&requests) {
            let held = |hour: usize| -> f64 {
                let pods = node.apps.iter().filter_map(|&app| self.apps.get(app));
                pods.map(|app| app.holds(hour, room)).sum()
            };
            for day in 0..hours.div_ceil(HOURS_OF_A_DAY) {
                let of_day = day * HOURS_OF_A_DAY..((day + 1) * HOURS_OF_A_DAY).min(hours);
                let worst = of_day
                    .map(|hour| (held(hour), hour))
                    .max_by(|one, other| one.0.total_cmp(&other.0));
                let Some((_, hour)) = worst.filter(|(held, _)| *held > room) else {
                    continue;
                };
                let over = |app: &usize| {
                    let request = requests.get(*app).copied().unwrap_or(0.0);
                    self.apps
                        .get(*app)
                        .map_or(0.0, |one| one.holds(hour, room) - request)
                };
                let furthest = node
                    .apps
                    .iter()
                    .max_by(|one, other| over(one).total_cmp(&over(other)));
                short.extend(furthest.and_then(|&app| Some(self.apps.get(app)?.place)));
            }
        }
        short
    }

    /// The pods on as few nodes as first fit by decreasing share needs, and one more, as a plan has one that may be
    /// lost; each on the emptiest, as the scheduler has it, where they then fit.
    fn nodes(&self, requests: &[f64]) -> Vec<Node> {
        let (cpu, memory) = (self.room.cpu.cores(), self.room.memory.as_f64());
        let share = |&app: &usize| {
            let cores = self.apps.get(app).map_or(0.0, |app| app.cpu);
            (cores / cpu).max(requests.get(app).copied().unwrap_or(0.0) / memory)
        };
        let mut order: Vec<usize> = (0..self.apps.len()).collect();
        order.sort_by(|one, other| share(other).total_cmp(&share(one)).then(one.cmp(other)));
        let pods: Vec<usize> = order
            .into_iter()
            .flat_map(|app| {
                let pods = self.apps.get(app).map_or(0, |app| app.pods as usize);
                std::iter::repeat_n(app, pods)
            })
            .collect();
        let empty = || Node {
            apps: Vec::new(),
            cpu,
            memory,
        };
        let needs = |app: usize| {
            let cores = self.apps.get(app).map_or(0.0, |app| app.cpu.min(cpu));
            (cores, requests.get(app).copied().unwrap_or(0.0))
        };
        let mut fewest: Vec<Node> = Vec::new();
        for &app in &pods {
            let needed = needs(app);
            match fewest.iter_mut().find(|node| node.has(needed)) {
                Some(node) => node.take(app, needed),
                None => {
                    let mut node = empty();
                    node.take(app, needed);
                    fewest.push(node);
                }
            }
        }
        let mut spread: Vec<Node> = (0..=fewest.len()).map(|_| empty()).collect();
        for &app in &pods {
            let needed = needs(app);
            let emptiest = spread
                .iter_mut()
                .filter(|node| node.has(needed))
                .max_by(|one, other| one.memory.total_cmp(&other.memory));
            match emptiest {
                Some(node) => node.take(app, needed),
                None => return fewest,
            }
        }
        spread
    }
}

impl Node {
    fn has(&self, (cpu, memory): (f64, f64)) -> bool {
        self.cpu >= cpu - NOISE && self.memory >= memory - NOISE
    }

    fn take(&mut self, app: usize, (cpu, memory): (f64, f64)) {
        self.apps.push(app);
        self.cpu -= cpu;
        self.memory -= memory;
    }
}

/// A pod of a whole node still fits it after sums of parts.
const NOISE: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::size::risk::Fit;
    use crate::size::{Resource, Stratum};
    use crate::units::{Bytes, Millicores};

    /// A week of bytes, by hour.
    fn week(usual: f64, hourly: impl Fn(usize) -> f32) -> Week {
        Week {
            fold: 0,
            usual,
            fit: Fit {
                start: usual,
                least: 0.0,
                most: 1e9,
                stratum: Stratum::all(Resource::Memory).next().expect("a stratum"),
                days_before_shift: 0,
            },
            hourly: (0..168).map(hourly).collect(),
        }
    }

    fn app(place: usize, pods: u32, limit: f64, week: &Week) -> App<'_> {
        App {
            place,
            pods,
            pieces: 1.0,
            cpu: 0.1,
            week,
            limit,
            demanded: 0.0,
        }
    }

    fn group(apps: Vec<App<'_>>) -> Group<'_> {
        Group {
            room: Resources {
                cpu: Millicores(8_000),
                memory: Bytes(100),
            },
            apps,
        }
    }

    fn level(growth: f64, excess: f64) -> Level {
        Level { growth, excess }
    }

    #[test]
    fn a_node_is_short_on_the_days_on_which_its_pods_hold_more_than_it_has() {
        // Seven pods of 40, two to a node, fill four nodes, and a fifth is there that may be lost: emptiest first, two
        // nodes have two pods. The jumping one comes last and is one of such a pair. On the third day it holds 90, which
        // is more than the node has beside the other's 40; on the fifth 59, which is not.
        let calm = week(40.0, |_| 40.0);
        let jumps = week(40.0, |hour| match hour / 24 {
            2 => 90.0,
            4 => 59.0,
            _ => 40.0,
        });
        let fleet = Fleet {
            groups: vec![group(vec![app(0, 6, 40.0, &calm), app(1, 1, 95.0, &jumps)])],
        };
        let found = fleet.tried(level(1.0, 0.75), &[]);
        assert_eq!(found.pod_weeks, 7);
        assert_eq!(found.short, BTreeMap::from([(1, 1)]));
        // With all that it may need it has a node for itself.
        assert_eq!(fleet.tried(level(1.0, 0.75), &[1]).short, BTreeMap::new());
        assert_eq!(fleet.tried(level(1.0, 0.0), &[]).short, BTreeMap::new());
    }

    #[test]
    fn a_pod_over_its_limit_is_killed_and_its_node_not_short() {
        let jumps = week(40.0, |_| 90.0);
        let fleet = Fleet {
            groups: vec![group(vec![app(0, 2, 50.0, &jumps)])],
        };
        assert_eq!(fleet.tried(level(1.0, 0.75), &[]).short, BTreeMap::new());
    }

    #[test]
    fn pods_that_grow_together_need_what_they_grow_by() {
        // Ten apps of 20 fill two nodes; a third is there that may be lost. All hold 27 in the week after.
        let grown = week(20.0, |_| 27.0);
        let apps = (0..10).map(|place| app(place, 1, 40.0, &grown)).collect();
        let fleet = Fleet {
            groups: vec![group(apps)],
        };
        // Three nodes for four, three and three pods: 108 on the first, on each of seven days.
        let found = fleet.tried(level(1.0, 0.75), &[]);
        assert_eq!(found.short.values().sum::<u32>(), 7);
        assert_eq!(found.short_days(&[]), 7);
        assert_eq!(fleet.tried(level(1.35, 0.75), &[]).short, BTreeMap::new());
    }
}
