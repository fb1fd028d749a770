//! `metrics.parquet`, read one environment at a time.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where the history meets the disk"
)]

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::bounded::{Extent, MOST_SAMPLES, MOST_STRADDLING};
use super::metrics_table::Table;
use super::series::sanitise;
use super::{EnvironmentKey, Series, SnapshotError};
use crate::disk::open_regular;

/// The history of a snapshot. Opening it reads which environment each row belongs to, nothing more.
#[derive(Debug)]
pub struct History {
    path: PathBuf,
    table: Table,
    /// Of each row of each row group.
    keys: Vec<Vec<EnvironmentKey>>,
    rows_of: BTreeMap<EnvironmentKey, usize>,
}

/// Row groups between two looks at what straddles them. Threads wait for each other there, so not every few; and only
/// those that are being decoded are in memory: one of 64 series of 63 days at 5 minutes is 5 MB.
const ROW_GROUPS_IN_A_BATCH: usize = 32;

impl History {
    /// Opens the file and counts the rows of each environment. `extent` is how much time a series may cover.
    ///
    /// # Errors
    /// When the file is missing, damaged, lacks a column, or claims more than a history can hold.
    pub(crate) fn open(path: PathBuf, extent: Extent) -> Result<Self, SnapshotError> {
        let file = open_regular(&path).map_err(|source| SnapshotError::Unreadable {
            path: path.clone(),
            source,
        })?;
        let read = unpanicked(|| {
            let table = Table::of(&file, extent)?;
            let keys = (0..table.row_groups()).map(|group| table.keys(reopened(&path)?, group));
            let keys = keys.collect::<Result<Vec<_>, _>>()?;
            Ok((table, keys))
        });
        let (table, keys) = match read {
            Ok(read) => read,
            Err(message) => return Err(SnapshotError::History { path, message }),
        };
        let mut rows_of: BTreeMap<EnvironmentKey, usize> = BTreeMap::new();
        for key in keys.iter().flatten() {
            *rows_of.entry(key.clone()).or_default() += 1;
        }
        Ok(Self {
            path,
            table,
            keys,
            rows_of,
        })
    }

    fn failure(&self, message: String) -> SnapshotError {
        SnapshotError::History {
            path: self.path.clone(),
            message,
        }
    }

    /// The environments that have any series.
    pub fn environments(&self) -> impl Iterator<Item = &EnvironmentKey> {
        self.rows_of.keys()
    }

    /// Calls `summarise` once for each environment that has series, as soon as all of them are read,
    /// and `progress` with the share of the file that is done. Raw samples are dropped right after.
    ///
    /// The result does not depend on the number of threads. Memory: a row group for each thread, and the environments
    /// that straddle groups, if the rows are sorted by environment, as [`super::write_metrics`] does.
    ///
    /// # Errors
    /// When the file turns out damaged on the way.
    pub fn summarise<T: Send>(
        &self,
        summarise: impl Fn(&EnvironmentKey, Vec<Series>) -> T + Sync,
        progress: &(dyn Fn(f64) + Sync),
    ) -> Result<BTreeMap<EnvironmentKey, T>, SnapshotError> {
        let summary_of = |(key, series): (EnvironmentKey, Vec<Series>)| {
            refuse_twice(&key, &series)?;
            let summary = summarise(&key, series);
            Ok((key, summary))
        };
        // Environments that end in another row group than they begin in.
        let mut straddling: BTreeMap<EnvironmentKey, Vec<Series>> = BTreeMap::new();
        let mut straddled = 0;
        let mut done = BTreeMap::new();
        let groups: Vec<usize> = (0..self.keys.len()).collect();
        for batch in groups.chunks(ROW_GROUPS_IN_A_BATCH) {
            let read = batch.par_iter().map(|&group| {
                let mut rows = by_environment(unpanicked(|| self.decode(group))?);
                let whole = self
                    .whole_of(&mut rows)
                    .map(summary_of)
                    .collect::<Result<Vec<_>, String>>()?;
                Ok((whole, rows))
            });
            for read in read.collect::<Vec<Result<_, String>>>() {
                let (whole, rest) = read.map_err(|message| self.failure(message))?;
                done.extend(whole);
                refuse_too_much(&rest, &mut straddled).map_err(|message| self.failure(message))?;
                rest.into_iter()
                    .for_each(|(key, series)| straddling.entry(key).or_default().extend(series));
            }
            let whole: Vec<_> = self.whole_of(&mut straddling).collect();
            for (_, series) in &whole {
                straddled -= samples_of(series);
            }
            // All of them first: of several that are wrong, the first is named and not the quickest.
            for summary in whole
                .into_par_iter()
                .map(summary_of)
                .collect::<Vec<Result<_, String>>>()
            {
                done.extend([summary.map_err(|message| self.failure(message))?]);
            }
            #[expect(clippy::cast_precision_loss, reason = "progress, for people")]
            progress(
                batch
                    .last()
                    .map_or(1.0, |&last| (last + 1) as f64 / groups.len() as f64),
            );
        }
        Ok(done)
    }

    /// Calls `visit` once for each environment that has series, in the order in which the file ends them,
    /// with the samples as they stand in the file: nothing is rejected. For copying.
    ///
    /// # Errors
    /// When the file turns out damaged on the way, or `visit` fails.
    pub fn visit(
        &self,
        mut visit: impl FnMut(&EnvironmentKey, Vec<Series>) -> Result<(), SnapshotError>,
    ) -> Result<(), SnapshotError> {
        let mut pending: BTreeMap<EnvironmentKey, Vec<Series>> = BTreeMap::new();
        for group in 0..self.keys.len() {
            let rows = unpanicked(|| self.decode_as_they_stand(group))
                .map_err(|message| self.failure(message))?;
            for (key, series) in rows {
                pending.entry(key).or_default().push(series);
            }
            let whole: Vec<_> = self.whole_of(&mut pending).collect();
            for (key, series) in whole {
                refuse_twice(&key, &series).map_err(|message| self.failure(message))?;
                visit(&key, series)?;
            }
        }
        Ok(())
    }

    /// Takes out the environments of which every row is there.
    fn whole_of<'a>(
        &'a self,
        rows: &'a mut BTreeMap<EnvironmentKey, Vec<Series>>,
    ) -> impl Iterator<Item = (EnvironmentKey, Vec<Series>)> + use<'a> {
        rows.extract_if(.., |key, series| {
            self.rows_of.get(key) == Some(&series.len())
        })
    }

    fn decode(&self, group: usize) -> Result<Vec<(EnvironmentKey, Series)>, String> {
        let mut rows = self.decode_as_they_stand(group)?;
        for (_, series) in &mut rows {
            series.rejected = sanitise(&series.metric, &mut series.samples);
        }
        Ok(rows)
    }

    fn decode_as_they_stand(&self, group: usize) -> Result<Vec<(EnvironmentKey, Series)>, String> {
        let series = self.table.series(reopened(&self.path)?, group)?;
        Ok(self
            .keys
            .get(group)
            .into_iter()
            .flatten()
            .cloned()
            .zip(series)
            .collect())
    }
}

fn by_environment(rows: Vec<(EnvironmentKey, Series)>) -> BTreeMap<EnvironmentKey, Vec<Series>> {
    let mut of: BTreeMap<EnvironmentKey, Vec<Series>> = BTreeMap::new();
    rows.into_iter()
        .for_each(|(key, series)| of.entry(key).or_default().push(series));
    of
}

fn reopened(path: &Path) -> Result<File, String> {
    File::open(path).map_err(|error| error.to_string())
}

/// The Parquet reader panics on some damaged bytes (an index outside of a dictionary, a page shorter
/// than its header says). To the user that is a damaged file like any other. The closures leave nothing
/// half-changed behind: what they were building is dropped with the error.
fn unpanicked<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    IS_READING.set(true);
    let result = catch_unwind(AssertUnwindSafe(read));
    IS_READING.set(false);
    result.unwrap_or_else(|_| Err("the Parquet reader gave up on damaged bytes".to_owned()))
}

thread_local! {
    static IS_READING: Cell<bool> = const { Cell::new(false) };
}

/// Whether this thread is inside the Parquet reader, where a panic is damage that becomes a
/// [`SnapshotError::History`] and no defect: for the hook that would print it.
#[must_use]
pub fn is_reading_history() -> bool {
    IS_READING.get()
}

/// Adds what `rows` hold to `straddled`, unless that is more than may be in memory at once.
fn refuse_too_much(
    rows: &BTreeMap<EnvironmentKey, Vec<Series>>,
    straddled: &mut usize,
) -> Result<(), String> {
    for (key, series) in rows {
        let samples = samples_of(series);
        *straddled += samples;
        if samples > MOST_SAMPLES || *straddled > MOST_STRADDLING {
            return Err(format!(
                "the rows of {key} and others are spread over the file, and {straddled} samples would be in memory at once: sort it by environment"
            ));
        }
    }
    Ok(())
}

fn samples_of(series: &[Series]) -> usize {
    series.iter().map(|one| one.samples.len()).sum()
}

/// A series that stands twice would count twice. Two sources, two resolutions or two parts of the same
/// metric are different series.
fn refuse_twice(key: &EnvironmentKey, series: &[Series]) -> Result<(), String> {
    let mut seen = BTreeSet::new();
    for Series {
        subject,
        metric,
        statistic,
        source,
        period_seconds,
        start,
        ..
    } in series
    {
        if !seen.insert((subject, metric, statistic, source, period_seconds, start)) {
            return Err(format!(
                "the series {} of {} of {key} stands there twice",
                metric.name(),
                subject.text()
            ));
        }
    }
    Ok(())
}
