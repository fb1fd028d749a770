//! The history of a scope while it grows: a file for each group of environments.
//!
//! A part is in the snapshot's own format and appears under its name only when it is whole.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where a collection meets the disk"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::work_folder::sync_folder;
use crate::snapshot::{
    EnvironmentKey, Extent, History, MetricsWriter, Series, SnapshotError, write_metrics,
};

/// How many series ended how, and what came of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SeriesCount {
    /// How many series have which status.
    pub(super) statuses: BTreeMap<String, u64>,
    /// Data points that a source without a gap would have had.
    pub(super) expected: u64,
    /// Data points that came.
    pub(super) came: u64,
}

impl SeriesCount {
    pub(super) fn add(&mut self, series: &Series) {
        *self.statuses.entry(series.status.0.clone()).or_default() += 1;
        self.expected += series.samples.len() as u64;
        self.came += series.present().count() as u64;
    }
}

pub(super) fn path(folder: &Path, number: usize) -> PathBuf {
    folder.join(format!("part-{number:05}.parquet"))
}

/// Writes the part of that number; its file appears when it is whole.
pub(super) fn write(
    folder: &Path,
    number: usize,
    rows: Vec<(EnvironmentKey, Series)>,
) -> Result<(), SnapshotError> {
    let path = path(folder, number);
    let new = path.with_extension("new");
    write_metrics(&new, rows)?;
    let unwritable = |source| SnapshotError::Unwritable {
        path: path.clone(),
        source,
    };
    // Its content was synced when it was finished; the journal says that it is there, so its name must be.
    fs::rename(&new, &path)
        .and_then(|()| sync_folder(folder))
        .map_err(unwritable)
}

/// Whether the part of that number is on disk, and whole as far as its end tells.
pub(super) fn is_there(folder: &Path, number: usize) -> bool {
    History::open(path(folder, number), Extent::longest()).is_ok()
}

/// Appends the part to `out`, each series passed through `change`.
pub(super) fn copy(
    path: PathBuf,
    out: &mut MetricsWriter,
    mut change: impl FnMut(&EnvironmentKey, Series) -> (EnvironmentKey, Series),
) -> Result<SeriesCount, SnapshotError> {
    let mut count = SeriesCount::default();
    // As it stands: whoever plans from the snapshot counts what cannot be true.
    History::open(path, Extent::longest())?.visit(|key, series| {
        series.iter().for_each(|series| count.add(series));
        let changed: Vec<(EnvironmentKey, Series)> = series
            .into_iter()
            .map(|series| change(key, series))
            .collect();
        let Some((key, _)) = changed.first() else {
            return Ok(());
        };
        out.append(
            &key.clone(),
            changed.into_iter().map(|(_, series)| series).collect(),
        )
    })?;
    Ok(count)
}
