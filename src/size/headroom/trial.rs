//! A fleet on nodes, in weeks whose end is known: on which days a node would have run short of memory, and which
//! app it was.

use std::collections::BTreeMap;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use rayon::prelude::*;

use super::free_nodes::{Free, FreeNodes};
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
struct App {
    /// Its place among the environments that are tried.
    place: usize,
    pods: u32,
    /// Cores of a pod.
    cpu: f64,
    /// Bytes of a pod: what it usually holds, its limit, which a node bounds, and what it cannot do without.
    usual: f64,
    limit: f64,
    demanded: f64,
    /// What a pod holds, by hour; at most its limit: over it, it is killed, and its node is not short.
    hourly: Vec<f32>,
    /// The highest of these.
    highest: f64,
}

/// What a trial of all weeks found, over all layouts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct TrialResult {
    pub(super) pod_weeks: u64,
    /// Days on which a node ran short, by the place of the app that was furthest over its request.
    short: BTreeMap<usize, u32>,
    /// Of these, days of apps that had given no sign before.
    unforeseen: u32,
}

/// Which pods share a node is chance: so many ways to place them are tried.
const LAYOUTS: u32 = 8;

/// An app that emptied nodes on so many node-days, in the mean of the layouts, does so again.
const REPEATED: u32 = 2;

impl TrialResult {
    /// Days on which a node ran short through an app that had given no sign before, in the mean of the layouts.
    pub(super) fn unforeseen_days(&self) -> f64 {
        f64::from(self.unforeseen) / f64::from(LAYOUTS)
    }

    /// Apps that emptied nodes by themselves, and are going to again.
    pub(super) fn repeated(&self) -> Vec<usize> {
        let repeated = |(_, days): &(&usize, &u32)| **days >= REPEATED * LAYOUTS;
        self.short
            .iter()
            .filter(repeated)
            .map(|(place, _)| *place)
            .collect()
    }
}

/// A group of nodes in one week.
struct Group {
    fold: usize,
    room: Resources,
    apps: Vec<App>,
}

/// A fleet in the weeks that it is tried on; what does not depend on the rung. Groups are in the order of their weeks.
pub(super) struct Fleet {
    groups: Vec<Group>,
}

/// Weeks that are tried: two months. What was before is another fleet.
const WEEKS: usize = 8;

impl Fleet {
    /// `by_fold` is what was known at the origin of each week.
    pub(super) fn of(
        environments: &[EnvironmentOnNodes<'_>],
        level: Level,
        by_fold: &[Calibration],
        policy: &Policy,
    ) -> Self {
        let mut groups: BTreeMap<(usize, String, &str), Group> = BTreeMap::new();
        let Some(now) = by_fold.last() else {
            return Self { groups: Vec::new() };
        };
        for (place, one) in environments.iter().enumerate() {
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
                            fold: week.fold,
                            room: one.room,
                            apps: Vec::new(),
                        });
                    let app = App {
                        place,
                        pods: replicas.normal,
                        cpu: shape.requests.cpu.cores(),
                        usual: week.usual / pieces,
                        limit: limit.max(whole.memory_demanded) / pieces,
                        demanded: whole.memory_demanded / pieces,
                        hourly: Vec::new(),
                        highest: 0.0,
                    };
                    group
                        .apps
                        .push(app.holding(&week.hourly, pieces, one.room.memory.as_f64()));
                }
            }
        }
        Self {
            groups: groups.into_values().collect(),
        }
    }

    /// All weeks on one rung, one after the other. An app that emptied nodes by itself in weeks before has all that it
    /// may need from then on: what it does is no matter of the level any more.
    pub(super) fn tried(&self, level: Level) -> TrialResult {
        let mut found = TrialResult::default();
        for week in self.groups.chunk_by(|one, next| one.fold == next.fold) {
            let apart = found.repeated();
            for group in week {
                let pods = group.apps.iter().map(|app| u64::from(app.pods));
                found.pod_weeks += pods.sum::<u64>();
            }
            let short: Vec<usize> = week
                .par_iter()
                .flat_map(|group| {
                    (0..LAYOUTS)
                        .into_par_iter()
                        .map(move |layout| (group, layout))
                })
                .flat_map_iter(|(group, layout)| group.short(level, &apart, layout))
                .collect();
            for place in short {
                *found.short.entry(place).or_default() += 1;
                found.unforeseen += u32::from(!apart.contains(&place));
            }
        }
        found
    }
}

impl App {
    /// With what one of `pieces` of a replica that holds `hourly` holds.
    #[expect(
        clippy::cast_possible_truncation,
        reason = "samples are not more exact"
    )]
    fn holding(mut self, hourly: &[f32], pieces: f64, room: f64) -> Self {
        let most = self.limit.min(room);
        let of_pod = |held: &f32| {
            let held = (f64::from(*held) / pieces).min(most) as f32;
            // Rounded, it may be more than the node has.
            if f64::from(held) > most {
                held.next_down()
            } else {
                held
            }
        };
        self.hourly = hourly.iter().map(of_pod).collect();
        self.highest = self.hourly.iter().copied().fold(0.0, f32::max).into();
        self
    }

    fn request(&self, level: Level, room: f64) -> f64 {
        level
            .request(self.usual, self.limit.min(room), room)
            .max(self.demanded)
            .min(room)
    }

    fn holds(&self, hour: usize) -> f64 {
        self.hourly.get(hour).copied().unwrap_or(0.0).into()
    }
}

const HOURS_OF_A_DAY: usize = 24;

impl Group {
    /// For each node and day on which the pods of the node held more than it has, the place of the app that was
    /// furthest over its request in the worst hour. Apps at `apart` have all that they may need.
    fn short(&self, level: Level, apart: &[usize], layout: u32) -> Vec<usize> {
        let room = self.room.memory.as_f64();
        let request = |app: &App| {
            if apart.contains(&app.place) {
                app.request(level.by_itself(), room)
            } else {
                app.request(level, room)
            }
        };
        let requests: Vec<f64> = self.apps.iter().map(request).collect();
        let hours = self.apps.iter().map(|app| app.hourly.len()).max();
        let mut held = vec![0.0; hours.unwrap_or(0)];
        let mut short = Vec::new();
        for node in self.nodes(&requests, layout) {
            let pods = || node.iter().filter_map(|&app| self.apps.get(app));
            // Where all could hold their highest at once, no hour has to be looked at: that is most nodes.
            if pods().map(|app| app.highest).sum::<f64>() <= room {
                continue;
            }
            held.fill(0.0);
            for app in pods() {
                for (sum, hour) in held.iter_mut().zip(&app.hourly) {
                    *sum += f64::from(*hour);
                }
            }
            for (day, of_day) in held.chunks(HOURS_OF_A_DAY).enumerate() {
                let worst = of_day
                    .iter()
                    .enumerate()
                    .max_by(|one, other| one.1.total_cmp(other.1));
                let Some((hour, _)) = worst.filter(|(_, held)| **held > room) else {
                    continue;
                };
                let hour = day * HOURS_OF_A_DAY + hour;
                let over = |app: &usize| {
                    let request = requests.get(*app).copied().unwrap_or(0.0);
                    self.apps
                        .get(*app)
                        .map_or(0.0, |one| one.holds(hour) - request)
                };
                let furthest = node
                    .iter()
                    .max_by(|one, other| over(one).total_cmp(&over(other)));
                short.extend(furthest.and_then(|&app| Some(self.apps.get(app)?.place)));
            }
        }
        short
    }

    /// By what each app's share is multiplied before sorting: 1 in the first layout, 0.8 to 1.2 in the others.
    fn disorder(&self, layout: u32) -> Vec<f64> {
        let mut chance = ChaCha8Rng::seed_from_u64(layout.into());
        let of_app = |_: &App| match layout {
            0 => 1.0,
            _ => chance.random_range(0.8..1.2),
        };
        self.apps.iter().map(of_app).collect()
    }

    /// The apps of each node's pods. First fit by decreasing share says how few nodes are enough; with one more, which a
    /// plan has to lose, each pod goes onto the emptiest node, as the scheduler has it. Where they do not fit so, the
    /// first layout stands.
    fn nodes(&self, requests: &[f64], layout: u32) -> Vec<Vec<usize>> {
        let (cpu, memory) = (self.room.cpu.cores(), self.room.memory.as_f64());
        let disorder = self.disorder(layout);
        let share = |&app: &usize| {
            let cores = self.apps.get(app).map_or(0.0, |app| app.cpu);
            let of = |values: &[f64]| values.get(app).copied().unwrap_or(0.0);
            (cores / cpu).max(of(requests) / memory) * of(&disorder)
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
        let needs = |app: usize| {
            let cores = self.apps.get(app).map_or(0.0, |app| app.cpu.min(cpu));
            let bytes = requests.get(app).copied().unwrap_or(0.0);
            Free {
                cpu: cores - NO_CORES,
                memory: bytes - NO_BYTES,
            }
        };
        let empty = Free { cpu, memory };
        let least = (0..self.apps.len()).map(needs).reduce(Free::least);
        let least = least.unwrap_or(empty);
        let mut fewest = Packed::onto(FreeNodes::of(pods.len(), empty, least));
        for &app in &pods {
            let node = fewest.free.first(needs(app));
            fewest.put(app, needs(app), node);
        }
        fewest.nodes.retain(|node| !node.is_empty());
        let mut spread = Packed::onto(FreeNodes::of(fewest.nodes.len() + 1, empty, least));
        for &app in &pods {
            let Some(node) = spread.free.emptiest(needs(app)) else {
                return fewest.nodes;
            };
            spread.put(app, needs(app), Some(node));
        }
        spread.nodes
    }
}

/// Apps of the pods of each node.
struct Packed {
    free: FreeNodes,
    nodes: Vec<Vec<usize>>,
}

impl Packed {
    fn onto(free: FreeNodes) -> Self {
        Self {
            nodes: vec![Vec::new(); free.len()],
            free,
        }
    }

    fn put(&mut self, app: usize, needs: Free, node: Option<usize>) {
        if let Some((node, apps)) = node.and_then(|node| Some((node, self.nodes.get_mut(node)?))) {
            self.free.take(node, needs);
            apps.push(app);
        }
    }
}

/// Sums of parts of a node are not exact: so many cores and bytes are none.
const NO_CORES: f64 = 1e-9;
const NO_BYTES: f64 = 1.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Bytes, Millicores};

    /// What a pod holds in a week, in bytes by hour.
    fn week(hourly: impl Fn(usize) -> f32) -> Vec<f32> {
        (0..168).map(hourly).collect()
    }

    fn app(place: usize, pods: u32, usual: f64, limit: f64, week: &[f32]) -> App {
        App {
            place,
            pods,
            cpu: 0.1,
            usual,
            limit,
            demanded: 0.0,
            hourly: Vec::new(),
            highest: 0.0,
        }
        .holding(week, 1.0, 100.0)
    }

    fn group(fold: usize, apps: Vec<App>) -> Group {
        Group {
            fold,
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

    /// Six calm pods of 40, two to a node, and one that jumps to 90 on the third day and to 59 on the fifth.
    fn seven() -> Vec<App> {
        let calm = week(|_| 40.0);
        let jumps = week(|hour| match hour / 24 {
            2 => 90.0,
            4 => 59.0,
            _ => 40.0,
        });
        let mut apps: Vec<App> = (0..6)
            .map(|place| app(place, 1, 40.0, 40.0, &calm))
            .collect();
        apps.push(app(6, 1, 40.0, 95.0, &jumps));
        apps
    }

    #[test]
    fn a_node_is_short_on_the_days_on_which_its_pods_hold_more_than_it_has() {
        // Seven pods of 40, two to a node, fill four nodes, and a fifth is there that may be lost: emptiest first, two
        // nodes have two pods. The jumping one comes last and is one of such a pair. On the third day it holds 90, which
        // is more than the node has beside the other's 40; on the fifth 59, which is not.
        let group = group(0, seven());
        assert_eq!(group.short(level(1.0, 0.75), &[], 0), [6]);
        // With all that it may need it has a node for itself.
        let none: [usize; 0] = [];
        assert_eq!(group.short(level(1.0, 0.75), &[6], 0), none);
        assert_eq!(group.short(level(1.0, 0.0), &[], 0), none);
    }

    #[test]
    fn whoever_shares_a_node_is_chance() {
        // In some layouts the jumping pod is alone on its node, in others it is not.
        let group = group(0, seven());
        let days = |layout| group.short(level(1.0, 0.75), &[], layout).len();
        let days: Vec<usize> = (0..LAYOUTS).map(days).collect();
        assert!(days.contains(&0) && days.contains(&1), "{days:?}");
        let fleet = Fleet {
            groups: vec![group],
        };
        let found = fleet.tried(level(1.0, 0.75));
        assert_eq!(found.pod_weeks, 7);
        let sum: usize = days.iter().sum();
        assert_eq!(
            found.unforeseen_days() * f64::from(LAYOUTS),
            f64::from(u32::try_from(sum).expect("few"))
        );
    }

    #[test]
    fn what_an_app_did_in_weeks_before_is_foreseen() {
        // Four pods of 40, two of them on one of three nodes, that hold 90 every day: short on seven days of the first week
        // in every layout. From then on each has a node for itself, and nothing of the second week counts.
        let jumps = week(|_| 90.0);
        let apps = || vec![app(0, 4, 40.0, 95.0, &jumps)];
        let fleet = Fleet {
            groups: vec![group(0, apps()), group(1, apps())],
        };
        let found = fleet.tried(level(1.0, 0.75));
        assert_eq!(found.repeated(), [0]);
        let alone = Fleet {
            groups: vec![group(0, apps())],
        };
        assert_eq!(found.unforeseen, alone.tried(level(1.0, 0.75)).unforeseen);
        assert!(found.unforeseen_days() >= 7.0);
    }

    #[test]
    fn a_pod_over_its_limit_is_killed_and_its_node_not_short() {
        let jumps = week(|_| 90.0);
        let fleet = Fleet {
            groups: vec![group(0, vec![app(0, 2, 40.0, 50.0, &jumps)])],
        };
        assert_eq!(fleet.tried(level(1.0, 0.75)).unforeseen, 0);
    }

    #[test]
    fn a_pod_that_fills_its_node_does_not_overfill_it() {
        // What a c5.2xlarge offers is no number of 32 bits.
        let room = Bytes(14_850_143_027);
        let full = week(|_| 1e12);
        let fills = App {
            hourly: Vec::new(),
            ..app(0, 3, room.as_f64(), room.as_f64(), &full)
        }
        .holding(&full, 1.0, room.as_f64());
        let group = Group {
            room: Resources {
                memory: room,
                ..group(0, Vec::new()).room
            },
            ..group(0, vec![fills])
        };
        assert_eq!(group.short(level(1.5, 0.0), &[], 0), [0_usize; 0]);
    }

    #[test]
    fn pods_that_grow_together_need_what_they_grow_by() {
        // Ten apps of 20 fill two nodes; a third is there that may be lost. All hold 27 in the week after.
        let grown = week(|_| 27.0);
        let apps = (0..10).map(|place| app(place, 1, 20.0, 40.0, &grown));
        let fleet = Fleet {
            groups: vec![group(0, apps.collect())],
        };
        // Three nodes for four, three and three pods: 108 on the first, on each of seven days, in every order.
        assert_eq!(fleet.tried(level(1.0, 0.75)).unforeseen_days(), 7.0);
        assert_eq!(fleet.tried(level(1.35, 0.75)).unforeseen, 0);
    }
}
