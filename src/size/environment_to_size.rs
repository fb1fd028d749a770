//! What comes in for one environment.

use super::Stage;
use super::backtest::Rule;
use crate::beanstalk::EnvironmentReading;
use crate::catalog::Architecture;
use crate::snapshot::{Environment, Series, Window};
use crate::units::Resources;

/// One environment to size.
#[derive(Debug)]
pub struct EnvironmentToSize<'a> {
    /// As the snapshot has it.
    pub environment: &'a Environment,
    /// What its settings say.
    pub reading: &'a EnvironmentReading,
    /// Everything that was measured of it and of its instances.
    pub series: &'a [Series],
    /// The time that the history covers.
    pub window: Window,
    /// Decides how few replicas it may have, and on how many clusters.
    pub stage: Stage,
    /// What an empty node of its operating system offers to workloads.
    pub node_room: Resources,
    /// What images on those nodes must be built for.
    pub node_architecture: Architecture,
    /// A rule of others whose requests are taken in place of ours, where the profile knows them.
    pub by: Option<Rule>,
}
