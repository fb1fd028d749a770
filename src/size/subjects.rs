//! Whose samples are whose: each instance with its machine, its life and its series.

use std::collections::BTreeMap;
use std::ops::Range;

use super::grid::Grid;
use crate::catalog::{InstanceType, InstanceTypes};
use crate::snapshot::{Environment, Instance, Metric, Series, Subject};

/// An instance of the environment, of today or of the past.
#[derive(Debug)]
pub(super) struct Machine<'a> {
    pub(super) instance: &'a Instance,
    pub(super) shape: &'a InstanceType,
}

/// An instance type that is not in the catalogue.
pub(super) struct UnknownType(pub(super) String);

/// The machines of an environment by instance id.
pub(super) fn machines(environment: &Environment) -> Result<BTreeMap<&str, Machine<'_>>, UnknownType> {
    let types = InstanceTypes::embedded();
    let machine = |instance: &'_ Instance| types.get(&instance.instance_type).ok_or_else(|| UnknownType(instance.instance_type.clone()));
    environment
        .instances
        .iter()
        .map(|instance| machine(instance).map(|shape| (instance.id.as_str(), Machine { instance, shape })))
        .collect()
}

impl Machine<'_> {
    /// The slots in which it lived: from its launch, or its first sample, or the start of the window;
    /// to its end, or the end of the window.
    pub(super) fn life(&self, grid: &Grid, samples: &[f32]) -> Range<usize> {
        let first_sample = samples.iter().position(|sample| !sample.is_nan()).unwrap_or(0);
        let begin = self.instance.launched_at.map_or(first_sample, |at| grid.slot_of(at.as_second()));
        let end = self.instance.terminated_at.map_or(grid.slots(), |at| grid.slot_of(at.as_second()));
        begin.min(end)..end
    }
}

/// For each subject the series of `metric` whose statistic is in `statistics`; of several sources or
/// resolutions for the same subject the one with most samples, then the first by statistic and source.
pub(super) fn best_series<'a>(series: &'a [Series], metric: &Metric, statistics: &[&str]) -> BTreeMap<&'a Subject, &'a Series> {
    let mut best: BTreeMap<&Subject, &Series> = BTreeMap::new();
    let mut candidates: Vec<&Series> =
        series.iter().filter(|series| series.metric == *metric && statistics.contains(&series.statistic.as_str())).collect();
    candidates.sort_by_key(|series| (std::cmp::Reverse(series.present().count()), &series.statistic, &series.source));
    for series in candidates {
        best.entry(&series.subject).or_insert(series);
    }
    best
}

/// Where series came from, without the ids that differ from instance to instance.
pub(super) fn sources<'a>(series: impl Iterator<Item = &'a Series>) -> Vec<String> {
    let without_ids = |series: &Series| {
        let words = series.source.split_whitespace().map(|word| word.split_once('=').map_or(word, |(dimension, _)| dimension));
        words.collect::<Vec<_>>().join(" ")
    };
    let mut sources: Vec<String> = series.map(without_ids).collect();
    sources.sort();
    sources.dedup();
    sources
}
