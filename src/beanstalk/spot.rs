//! Whether instances are bought on the spot market.

use super::conflict::{Conflicts, Fact};
use super::options::Options;
use crate::snapshot::Environment;

/// By what was seen, else by the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spot {
    /// So many of those that run are.
    Seen {
        /// Bought on the spot market.
        spot: u32,
        /// All that run, those included.
        running: u32,
    },
    /// The settings ask for it.
    Set {
        /// The first so many are on-demand.
        on_demand_base: u32,
        /// Of those above, per cent that are on-demand.
        on_demand_above_percent: u32,
    },
}

const NAMESPACE: &str = "aws:ec2:instances";

pub(super) fn of(
    environment: &Environment,
    options: &Options<'_>,
    conflicts: &mut Conflicts,
) -> Option<Spot> {
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let running = environment.running_instances();
    let spot = count(running.filter(|instance| instance.spot).count());
    // That none of those that run is one says nothing: the first ones may be on-demand.
    let seen = (spot > 0).then_some(true);
    let set = options.flag(NAMESPACE, "EnableSpot");
    let is_spot = conflicts.seen_wins(Fact::Spot, set, seen) == Some(true);
    if spot > 0 {
        return Some(Spot::Seen {
            spot,
            running: count(environment.running_instances().count()),
        });
    }
    is_spot.then(|| Spot::Set {
        on_demand_base: options
            .number(NAMESPACE, "SpotFleetOnDemandBase", 0, 10_000)
            .unwrap_or(0),
        // Beanstalk's default above the base is 70 % on-demand where instances are balanced.
        on_demand_above_percent: options
            .number(NAMESPACE, "SpotFleetOnDemandAboveBasePercentage", 0, 100)
            .unwrap_or(70),
    })
}
