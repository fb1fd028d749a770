//! Readings that are per cent by name and something else by their values.

use std::borrow::Cow;

use crate::snapshot::{Metric, Series};

/// The series of an environment, utilisation in per cent.
pub(super) struct Readings<'a> {
    pub(super) series: Cow<'a, [Series]>,
    /// Utilisation of the CPU was told as 0 to 1, by all that its values say.
    pub(super) is_cpu_a_fraction: bool,
    /// Utilisation of memory was told as 0 to 1, likewise.
    pub(super) is_memory_a_fraction: bool,
}

/// Fewer samples may all be small by chance.
const ENOUGH: usize = 100;

impl<'a> Readings<'a> {
    /// Utilisation that never passes 1 is taken for a fraction: a machine that never used a hundredth of its CPU in
    /// any five minutes, or of its memory, is rarer than an export in another unit, and its app would be given a
    /// hundredth of what it needs. It is told in either case.
    pub(super) fn of(series: &'a [Series]) -> Self {
        let is_cpu_a_fraction = is_fraction(series, &Metric::CpuPercent);
        let is_memory_a_fraction = is_fraction(series, &Metric::MemoryPercent);
        let is_meant = |series: &Series| {
            (is_cpu_a_fraction && series.metric == Metric::CpuPercent)
                || (is_memory_a_fraction && series.metric == Metric::MemoryPercent)
        };
        let series = if is_cpu_a_fraction || is_memory_a_fraction {
            let in_percent = |series: &Series| {
                let mut series = series.clone();
                if is_meant(&series) {
                    series
                        .samples
                        .iter_mut()
                        .for_each(|sample| *sample *= 100.0);
                }
                series
            };
            Cow::Owned(series.iter().map(in_percent).collect())
        } else {
            Cow::Borrowed(series)
        };
        Self {
            series,
            is_cpu_a_fraction,
            is_memory_a_fraction,
        }
    }
}

fn is_fraction(series: &[Series], metric: &Metric) -> bool {
    let of_metric = || series.iter().filter(|series| series.metric == *metric);
    // Most series show by their first samples that they are per cent.
    let never_passes_one =
        of_metric().all(|series| !series.samples.iter().any(|sample| *sample > 1.0));
    never_passes_one
        && of_metric().any(|series| series.samples.iter().any(|sample| *sample > 0.0))
        && of_metric()
            .map(|series| series.present().count())
            .sum::<usize>()
            >= ENOUGH
}
