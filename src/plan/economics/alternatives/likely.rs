//! A likely range of a bill: apps miss their requests one by one, not all at once.
//!
//! What an app needs is drawn from the quantiles that its evidence states: in one case of two the lower end of its
//! range, in nine of ten the request, in 49 of 50 the upper end. What it needs it needs on all of its clusters. The
//! nodes of a group follow the sum, in parts of a node: who must buy a whole one shares it with the next app that
//! misses. What is assumed of other lines adds up as independent errors do, by the root of the sum of squares. Nine
//! runs of ten are inside.

use std::collections::BTreeMap;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use crate::plan::economics::{Layout, LikelyRange};
use crate::plan::{ClusterPlan, GroupPlan, Sizing};
use crate::price::{Bill, BillLine, Category, Hours, Unit};
use crate::units::{HOURS_PER_MONTH, Money};

/// Runs: enough for the 5th and the 95th of a hundred, each a mean of four.
const RUNS: usize = 400;
/// Orders in which apps miss.
const ORDERS: usize = 101;
/// One seed for all bills, so that the same apps miss in each of them.
const SEED: u64 = 19;

pub(super) fn of(bill: &Bill, layout: &Layout) -> LikelyRange {
    let fleet = FleetCost::of(bill, layout);
    let (less, more) = fleet.nine_of_ten();
    let (mut below, mut above) = (0.0_f64, 0.0_f64);
    for line in bill.lines.iter().filter(|line| !follows_apps(line, layout)) {
        let (Some(low), Some(amount), Some(high)) = (line.low, line.amount, line.high) else {
            continue;
        };
        below += (amount - low).as_f64().powi(2);
        above += (high - amount).as_f64().powi(2);
    }
    let total = bill.total.as_f64();
    LikelyRange {
        low: dollars(total + less.min(0.0) - below.sqrt()),
        high: dollars(total + more.max(0.0) + above.sqrt()),
    }
}

/// How many apps must need the upper end of their range until so much is spent: the median of many orders. Nothing if
/// not even all of them would.
pub(super) fn misses_until(bill: &Bill, layout: &Layout, saving: Money) -> Option<u32> {
    if saving <= Money::ZERO {
        return None;
    }
    let fleet = FleetCost::of(bill, layout);
    let mut chance = ChaCha8Rng::seed_from_u64(SEED);
    let mut counts: Vec<Option<u32>> = (0..ORDERS)
        .map(|_| fleet.misses(saving.as_f64(), &mut chance))
        .collect();
    // That no number is enough is more than any number.
    counts.sort_by_key(|count| count.unwrap_or(u32::MAX));
    counts.get(ORDERS / 2).copied().flatten()
}

fn dollars(amount: f64) -> Money {
    #[expect(clippy::cast_possible_truncation, reason = "cents of a bill")]
    let cents = (amount * 100.0).round() as i64;
    Money::from_cents(cents)
}

/// Whether a line's range is that of what apps need, which is drawn.
fn follows_apps(line: &BillLine, layout: &Layout) -> bool {
    let is_of_cluster = layout
        .clusters
        .iter()
        .any(|cluster| line.is_of(&cluster.name));
    is_of_cluster && matches!(line.category, Category::Machines | Category::Volumes)
}

/// Sums of parts miss their whole by less.
const CENT: f64 = 0.01;

/// What everything costs that follows what apps need.
struct FleetCost {
    apps: Vec<AppCost>,
    groups: Vec<GroupCost>,
}

/// What an app's pods need in one case of two, in nine of ten, in 49 of 50, on each group that it is on; of CPU and of
/// memory, in nodes of that group.
struct AppCost {
    on: Vec<(usize, [f64; 3], [f64; 3])>,
    /// Dollars of a month for the CPU of its tasks, beside the same three of one.
    tasks: Option<(f64, [f64; 3])>,
}

/// A group as planned, in nodes.
struct GroupCost {
    cpu: f64,
    memory: f64,
    nodes: f64,
    usd_per_node: f64,
}

impl FleetCost {
    fn of(bill: &Bill, layout: &Layout) -> Self {
        let mut groups: Vec<GroupCost> = Vec::new();
        let mut places: BTreeMap<(&str, &str), (usize, &GroupPlan)> = BTreeMap::new();
        for cluster in &layout.clusters {
            for group in &cluster.node_groups {
                places.insert((&cluster.name, &group.name), (groups.len(), group));
                groups.push(GroupCost {
                    cpu: 0.0,
                    memory: 0.0,
                    nodes: f64::from(group.desired_capacity),
                    usd_per_node: usd_per_node(bill, cluster, group),
                });
            }
        }
        let of_tasks: BTreeMap<&str, f64> = bill
            .lines
            .iter()
            .filter(|line| line.unit == Unit::VcpuHour)
            .filter_map(|line| Some((line.subject.as_plain()?, line.amount?.as_f64())))
            .collect();
        let mut apps = Vec::new();
        for plan in &layout.environments {
            let Some((_, sizing)) = plan.planned() else {
                continue;
            };
            let mut app = AppCost {
                on: Vec::new(),
                tasks: None,
            };
            let node_group = plan.node_group().unwrap_or_default();
            for (cluster, replicas) in &sizing.replicas.clusters {
                let Some((place, group)) = places.get(&(cluster.as_str(), node_group)) else {
                    continue;
                };
                let (cpu, memory) = needs(sizing, f64::from(replicas.normal), group);
                if let Some(group) = groups.get_mut(*place) {
                    group.cpu += cpu[1];
                    group.memory += memory[1];
                }
                app.on.push((*place, cpu, memory));
            }
            if let Some(usd) = of_tasks.get(plan.label.as_str()) {
                let request = sizing.requests.cpu.cores().max(1e-3);
                app.tasks = Some((*usd, cpu_of(sizing).map(|cores| cores / request)));
            }
            apps.push(app);
        }
        Self { apps, groups }
    }

    /// Dollars of a month by which everything differs in the fifth and the 95th of a hundred runs.
    fn nine_of_ten(&self) -> (f64, f64) {
        let mut chance = ChaCha8Rng::seed_from_u64(SEED);
        let mut runs: Vec<f64> = (0..RUNS)
            .map(|_| {
                let drawn: Vec<(f64, f64)> = self
                    .apps
                    .iter()
                    .map(|_| (share(&mut chance), share(&mut chance)))
                    .collect();
                self.off_by(&drawn)
            })
            .collect();
        runs.sort_by(f64::total_cmp);
        let at = |place: usize| runs.get(place).copied().unwrap_or_default();
        (at(RUNS / 20), at(RUNS - 1 - RUNS / 20))
    }

    /// How many apps, in an order by chance, make up so many dollars.
    fn misses(&self, usd: f64, chance: &mut ChaCha8Rng) -> Option<u32> {
        let mut order: Vec<(u64, usize)> = (0..self.apps.len())
            .map(|place| (chance.next_u64(), place))
            .collect();
        order.sort_unstable();
        // As planned is in nine of ten.
        let mut drawn = vec![(0.9, 0.9); self.apps.len()];
        let mut count = 0;
        for (_, place) in order {
            if let Some(app) = drawn.get_mut(place) {
                *app = (1.0, 1.0);
            }
            count += 1;
            if self.off_by(&drawn) >= usd - CENT {
                return Some(count);
            }
        }
        None
    }

    /// Dollars of a month more than planned, if apps are where `drawn` has them among a hundred like them.
    fn off_by(&self, drawn: &[(f64, f64)]) -> f64 {
        let mut needed: Vec<(f64, f64)> = vec![(0.0, 0.0); self.groups.len()];
        let mut usd = 0.0;
        for (app, (of_cpu, of_memory)) in self.apps.iter().zip(drawn) {
            for (place, cpu, memory) in &app.on {
                if let Some(group) = needed.get_mut(*place) {
                    group.0 += at(*cpu, *of_cpu);
                    group.1 += at(*memory, *of_memory);
                }
            }
            if let Some((whole, cpu)) = app.tasks {
                usd += whole * (at(cpu, *of_cpu) - 1.0);
            }
        }
        let groups = self.groups.iter().zip(needed);
        usd + groups
            .map(|(group, (cpu, memory))| {
                let more = cpu.max(memory) - group.cpu.max(group.memory);
                more.max(-group.nodes) * group.usd_per_node
            })
            .sum::<f64>()
    }
}

/// A node with its volume, as the bill has it.
fn usd_per_node(bill: &Bill, cluster: &ClusterPlan, group: &GroupPlan) -> f64 {
    let is_of_machines = |line: &&BillLine| {
        line.is_of(&cluster.name)
            && line.machines.as_ref().is_some_and(|machines| {
                machines.hours == Hours::Node
                    && machines.instance_type == group.instance_type
                    && machines.operating_system == group.operating_system
            })
    };
    let line = bill.lines.iter().find(is_of_machines);
    let hour = line.and_then(|line| line.unit_price);
    hour.map_or(0.0, |usd| usd.as_f64()) * f64::from(HOURS_PER_MONTH)
}

fn cpu_of(sizing: &Sizing) -> [f64; 3] {
    let (range, request) = (&sizing.evidence.cpu.range, sizing.requests.cpu);
    [range.0.min(request), request, range.1.max(request)].map(|cpu| cpu.cores())
}

/// In nodes of the group.
fn needs(sizing: &Sizing, pods: f64, group: &GroupPlan) -> ([f64; 3], [f64; 3]) {
    let room = group.node.available;
    let (range, request) = (&sizing.evidence.memory.range, sizing.requests.memory);
    let memory = [range.0.min(request), request, range.1.max(request)];
    (
        cpu_of(sizing).map(|cores| cores * pods / room.cpu.cores().max(1e-3)),
        memory.map(|bytes| bytes.as_f64() * pods / room.memory.as_f64().max(1.0)),
    )
}

/// A random share from 0 to below 1, all alike.
fn share(chance: &mut ChaCha8Rng) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "53 bits of chance")]
    let share = (chance.next_u64() >> 11) as f64 / (1_u64 << 53) as f64;
    share
}

/// The need at a place among a hundred: straight between the quantiles.
fn at([half, most, all]: [f64; 3], share: f64) -> f64 {
    match share {
        share if share < 0.5 => half,
        share if share < 0.9 => half + (most - half) * (share - 0.5) / 0.4,
        share if share < 0.98 => most + (all - most) * (share - 0.9) / 0.08,
        _ => all,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fleet(apps: usize, of_each: [f64; 3]) -> FleetCost {
        let app = || AppCost {
            on: vec![(0, of_each, [0.0; 3])],
            tasks: None,
        };
        let all = f64::from(u32::try_from(apps).expect("few"));
        FleetCost {
            apps: (0..apps).map(|_| app()).collect(),
            groups: vec![GroupCost {
                cpu: all * of_each[1],
                memory: 0.0,
                nodes: 10.0,
                usd_per_node: 100.0,
            }],
        }
    }

    #[test]
    fn one_app_is_at_an_end_and_many_are_near_their_mean() {
        // One app that needs a tenth, two or four tenths of a node of $100: in half of the
        // cases it needs $10 less, in one of twenty 0.2 x (0.95 - 0.9) / 0.08 of a node more, which is $12.50.
        let (less, more) = fleet(1, [0.1, 0.2, 0.4]).nine_of_ten();
        assert!((less + 10.0).abs() < 1e-9, "{less}");
        assert!((more - 12.5).abs() < 3.0, "{more}");
        // A hundred of them all at once would be $2,000 more. Their mean is 0.5 x 0.1 + 0.4 x 0.15 + 0.08 x 0.3 + 0.02 x
        // 0.4 = 0.142 of a node each, $580 less than planned, and they scatter by some $70 about it.
        let (less, more) = fleet(100, [0.1, 0.2, 0.4]).nine_of_ten();
        assert!(
            -720.0 < less && less < more && more < -440.0,
            "{less} {more}"
        );
    }

    #[test]
    fn as_many_must_miss_as_make_up_the_saving() {
        // Each that misses costs 0.2 of a node, $20: a saving of $90 is gone with the fifth.
        let fleet = fleet(10, [0.1, 0.2, 0.4]);
        let mut chance = ChaCha8Rng::seed_from_u64(SEED);
        assert_eq!(fleet.misses(90.0, &mut chance), Some(5));
        assert_eq!(fleet.misses(200.0, &mut chance), Some(10));
        assert_eq!(fleet.misses(200.1, &mut chance), None);
    }
}
