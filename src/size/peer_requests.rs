//! What the rules of others would request for a replica, in place of ours.

use super::backtest::{Rule, of_peers};
use super::grid::Grid;
use super::readings::Readings;
use super::replica::Replica;
use super::risk::Usage;
use super::{EnvironmentToSize, SizingError};
use crate::policy::Policy;

/// Requests of one replica by each of `Rule::PEERS`, before floors, steps and splitting.
#[derive(Debug, Clone, PartialEq)]
pub struct PeerRequests {
    /// In cores of the planned node.
    cpu: Vec<f64>,
    /// In bytes; nothing where no memory was reported.
    memory: Option<Vec<f64>>,
}

impl PeerRequests {
    /// By the days that our requests are made from, on the series that ours are made from: what a pod carries of the
    /// CPU, and the memory of the instance that used most.
    ///
    /// # Errors
    /// Where ours has nothing to go by either.
    pub fn of(case: &EnvironmentToSize<'_>, policy: &Policy) -> Result<Self, SizingError> {
        let readings = Readings::of(case.series);
        let replica = Replica::of(
            case.environment,
            &readings.series,
            case.window,
            case.stage,
            policy,
        )?;
        let days = policy.sizing.fit_days.get();
        let of = |usage: &Usage| by_each(usage, &replica.grid, days);
        Ok(Self {
            cpu: of(&replica.cpu),
            memory: replica.memory.as_ref().map(of),
        })
    }

    /// Cores, and bytes where memory was reported; nothing for a rule that is no peer.
    pub(super) fn by(&self, rule: Rule) -> Option<(f64, Option<f64>)> {
        let place = Rule::PEERS.iter().position(|peer| *peer == rule)?;
        let memory = self
            .memory
            .as_ref()
            .and_then(|of_rules| of_rules.get(place));
        Some((*self.cpu.get(place)?, memory.copied()))
    }
}

fn by_each(usage: &Usage, grid: &Grid, days: u32) -> Vec<f64> {
    let training = usage.training(grid.last_days(days)..grid.slots());
    of_peers(&training.unwrap_or_else(|| usage.whole())).to_vec()
}
