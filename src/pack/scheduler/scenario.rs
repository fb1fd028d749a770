//! What is simulated of a workload: the ways of deploying that a real cluster was measured with.

use rayon::prelude::*;

use super::autoscaler;
use super::chance::Chance;
use super::cycle::Scheduler;
use super::spread::SYSTEM_DEFAULTS;
use super::{
    App, ApplyOrder, Constraint, Distribution, Firmness, NodeShape, Rules, Strategy, Topology,
};

/// Apps and nodes, whatever they come from.
#[derive(Debug, Clone, Copy)]
pub struct Fleet<'a> {
    /// What every node of the cluster offers.
    pub shape: &'a NodeShape,
    /// In the order of the list.
    pub apps: &'a [App],
    /// How many zones the nodes go round.
    pub zones: usize,
}

/// A way to deploy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scenario {
    /// No constraints declared, so the scheduler's own.
    Default,
    /// A soft constraint over zones, which switches off spreading over nodes.
    ZoneSpreadSoft,
    /// A hard constraint over zones, of at most one apart.
    ZoneSpreadHard,
    /// No two replicas of an app on a node.
    HostAntiAffinity,
    /// One Deployment after the other.
    BiggestFirst,
    /// A scheduler that fills nodes.
    MostAllocated,
    /// No node at first.
    Autoscaler,
}

const ZONE_SOFT: [Constraint; 1] = [Constraint {
    topology: Topology::Zone,
    max_skew: 1,
    firmness: Firmness::Soft,
}];
const ZONE_HARD: [Constraint; 1] = [Constraint {
    topology: Topology::Zone,
    max_skew: 1,
    firmness: Firmness::Hard { min_domains: 1 },
}];

impl Scenario {
    /// In the order in which they are shown.
    pub const ALL: [Self; 7] = [
        Self::Default,
        Self::ZoneSpreadSoft,
        Self::ZoneSpreadHard,
        Self::HostAntiAffinity,
        Self::BiggestFirst,
        Self::MostAllocated,
        Self::Autoscaler,
    ];

    /// A name for tables and rows.
    #[must_use]
    pub fn name(self, zones: usize) -> String {
        match self {
            Self::Default => "default, all applied at once".to_owned(),
            Self::ZoneSpreadSoft => "zone spread soft".to_owned(),
            Self::ZoneSpreadHard => "zone spread hard (maxSkew 1)".to_owned(),
            Self::HostAntiAffinity => "hostname anti-affinity hard".to_owned(),
            Self::BiggestFirst => "default, one Deployment at a time, biggest first".to_owned(),
            Self::MostAllocated => "MostAllocated profile".to_owned(),
            Self::Autoscaler => format!("cluster-autoscaler from 0 nodes, {zones} zonal groups"),
        }
    }

    const fn rules(self) -> Rules<'static> {
        let rules = Rules {
            strategy: Strategy::LeastAllocated,
            constraints: &SYSTEM_DEFAULTS,
            is_alone_on_node: false,
        };
        match self {
            Self::Default | Self::BiggestFirst | Self::Autoscaler => rules,
            Self::ZoneSpreadSoft => Rules {
                constraints: &ZONE_SOFT,
                ..rules
            },
            Self::ZoneSpreadHard => Rules {
                constraints: &ZONE_HARD,
                ..rules
            },
            Self::HostAntiAffinity => Rules {
                is_alone_on_node: true,
                ..rules
            },
            Self::MostAllocated => Rules {
                strategy: Strategy::MostAllocated,
                ..rules
            },
        }
    }

    const fn applied(self) -> ApplyOrder {
        match self {
            Self::BiggestFirst => ApplyOrder::BiggestFirst,
            _ => ApplyOrder::AsListed,
        }
    }

    /// The fewest nodes on which every pod is scheduled; with the autoscaler the nodes that there are when it is
    /// done. None if `most` nodes are not enough.
    #[must_use]
    pub fn simulate(self, fleet: Fleet<'_>, orders: u32, most: u32) -> Option<Distribution> {
        let begin = |number_of: u32, order: u32| {
            let mut chance = Chance::new(order, number_of);
            let queue = self.applied().queue(fleet.apps, fleet.shape, &mut chance);
            (
                Scheduler::new(fleet.shape, fleet.apps, self.rules(), fleet.zones, chance),
                queue,
            )
        };
        if self == Self::Autoscaler {
            let grown = |order: u32| {
                let (mut scheduler, queue) = begin(0, order);
                let pending = autoscaler::grow(&mut scheduler, queue, fleet.zones);
                let nodes = u32::try_from(scheduler.living()).unwrap_or(u32::MAX);
                (pending.is_empty() && nodes <= most).then_some(nodes)
            };
            return Some(Distribution::of(
                (0..orders)
                    .into_par_iter()
                    .map(grown)
                    .collect::<Option<Vec<u32>>>()?,
            ));
        }
        let works = |nodes: u32, order: u32| {
            let (mut scheduler, queue) = begin(nodes, order);
            scheduler.add_nodes((0..nodes as usize).map(|node| node % fleet.zones));
            scheduler.schedule_all(&queue).is_empty()
        };
        Distribution::of_fewest(fleet.volume()..=most, orders, true, works)
    }
}

impl Fleet<'_> {
    /// The largest of the sums of CPU, memory and pods over what a node has for them: no fewer nodes can do.
    #[must_use]
    pub fn volume(&self) -> u32 {
        let room = self.shape.allocatable.saturating_sub(self.shape.daemons);
        let pods = self.shape.pods.saturating_sub(self.shape.daemon_pods);
        let sum = |size: fn(&App) -> u64| {
            self.apps
                .iter()
                .map(|app| u128::from(size(app)) * u128::from(app.replicas))
                .sum::<u128>()
        };
        let nodes = |sum: u128, of_node: u64| sum.div_ceil(u128::from(of_node.max(1)));
        let most = nodes(sum(|app| app.requests.cpu.0), room.cpu.0)
            .max(nodes(sum(|app| app.requests.memory.0), room.memory.0))
            .max(nodes(sum(|_| 1), u64::from(pods)));
        u32::try_from(most).unwrap_or(u32::MAX)
    }
}
