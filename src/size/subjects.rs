//! Whose samples are whose: each instance with its machine, its life and its series.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ops::Range;

use super::grid::{Grid, Stretch};
use crate::catalog::{InstanceType, InstanceTypes, OperatingSystem};
use crate::policy::Policy;
use crate::snapshot::{Environment, Instance, Metric, Series, Subject};

/// An instance of the environment, of today or of the past.
#[derive(Debug)]
pub(super) struct Machine<'a> {
    pub(super) instance: &'a Instance,
    pub(super) shape: &'a InstanceType,
    /// Its vCPUs, as so many of the planned node's.
    pub(super) cores: f64,
}

/// An instance type that is not in the catalogue.
pub(super) struct UnknownType(pub(super) String);

/// The machines of an environment by instance id.
pub(super) fn machines<'a>(
    environment: &'a Environment,
    policy: &Policy,
) -> Result<BTreeMap<&'a str, Machine<'a>>, UnknownType> {
    let types = InstanceTypes::embedded();
    let planned = match environment.operating_system() {
        OperatingSystem::Linux => &policy.nodes.instance_type,
        OperatingSystem::Windows => &policy.windows_nodes.instance_type,
    };
    let machine = |instance: &'a Instance| {
        let shape = types
            .get(&instance.instance_type)
            .ok_or_else(|| UnknownType(instance.instance_type.clone()))?;
        let cores =
            f64::from(shape.vcpu) * policy.cpu_speed_of(&shape.name) / policy.cpu_speed_of(planned);
        Ok((
            instance.id.as_str(),
            Machine {
                instance,
                shape,
                cores,
            },
        ))
    };
    environment.instances.iter().map(machine).collect()
}

/// The slots in which each machine lived: since its launch, or where that is not known, by all that it reported.
pub(super) fn lives<'a>(
    machines: &BTreeMap<&'a str, Machine<'_>>,
    series: &[Series],
    grid: &Grid,
) -> BTreeMap<&'a str, Range<usize>> {
    let life = |(id, machine): (&&'a str, &Machine<'_>)| {
        if machine.instance.launched_at.is_some() {
            return (*id, machine.life(grid, &Stretch::default()));
        }
        let own = |series: &&Series| matches!(&series.subject, Subject::Instance(subject) if subject == id);
        let known = [Metric::CpuPercent, Metric::MemoryPercent];
        let pieces: Vec<&Series> = series
            .iter()
            .filter(own)
            .filter(|series| known.contains(&series.metric))
            .collect();
        (*id, machine.life(grid, &grid.stretch(&pieces, true)))
    };
    machines.iter().map(life).collect()
}

impl Machine<'_> {
    /// Whether it is one of today's.
    pub(super) const fn is_running(&self) -> bool {
        self.instance.terminated_at.is_none()
    }

    /// The slots in which it lived: from its launch, or its first sample, or the start of the window;
    /// to its end, or the end of the window.
    pub(super) fn life(&self, grid: &Grid, samples: &Stretch<'_>) -> Range<usize> {
        let first_sample = || samples.present().next().map_or(0, |(slot, _)| slot);
        let begin = self
            .instance
            .launched_at
            .map_or_else(first_sample, |at| grid.slot_of(at.as_second()));
        let end = self
            .instance
            .terminated_at
            .map_or(grid.slots(), |at| grid.slot_of(at.as_second()));
        begin.min(end)..end
    }
}

/// For each subject the series of `metric` whose statistic is `statistic`, finest first: pieces and
/// resolutions of the one source that knows most of the time, of equals the first by name. Sources are
/// not mixed, since two agents count differently; pieces are, since one alone would hide the rest.
pub(super) fn best_series<'a>(
    series: &'a [Series],
    metric: &Metric,
    statistic: &str,
) -> BTreeMap<&'a Subject, Vec<&'a Series>> {
    let mut by_source: BTreeMap<&Subject, BTreeMap<&str, Vec<&Series>>> = BTreeMap::new();
    for series in series
        .iter()
        .filter(|series| series.metric == *metric && series.statistic == statistic)
    {
        by_source
            .entry(&series.subject)
            .or_default()
            .entry(&series.source)
            .or_default()
            .push(series);
    }
    let known_seconds = |pieces: &[&Series]| -> u64 {
        pieces
            .iter()
            .map(|series| series.present().count() as u64 * u64::from(series.period_seconds))
            .sum()
    };
    let best = |mut sources: BTreeMap<&'a str, Vec<&'a Series>>| {
        // Counting takes a pass over all samples, and most metrics have one source.
        let (_, mut pieces) = match sources.len() {
            1 => sources.pop_first()?,
            _ => sources
                .into_iter()
                .max_by_key(|(name, pieces)| (known_seconds(pieces), Reverse(*name)))?,
        };
        pieces.sort_by_key(|series| (series.period_seconds, series.start));
        Some(pieces)
    };
    by_source
        .into_iter()
        .filter_map(|(subject, sources)| best(sources).map(|pieces| (subject, pieces)))
        .collect()
}

/// Where series came from, without the ids that differ from instance to instance.
pub(super) fn sources<'a>(series: impl Iterator<Item = &'a Series>) -> Vec<String> {
    let without_ids = |series: &Series| {
        let words = series.source.split_whitespace().map(|word| {
            word.split_once('=')
                .map_or(word, |(dimension, _)| dimension)
        });
        words.collect::<Vec<_>>().join(" ")
    };
    let mut sources: Vec<String> = series.map(without_ids).collect();
    sources.sort();
    sources.dedup();
    sources
}
