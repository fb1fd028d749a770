//! Small made-up snapshots in temporary folders, to be spoilt.

use std::fs;
use std::path::{Path, PathBuf};

use eb2eks::sample::{self, Recipe};
use eb2eks::snapshot::{EnvironmentKey, Series, Snapshot, write_metrics};
use serde_json::Value;
use tempfile::TempDir;

/// A sound snapshot in a folder of its own.
pub(crate) struct Fleet(TempDir);

impl Fleet {
    /// So many environments with two days of history each: what a plan takes for thin, and quick to make.
    pub(crate) fn of(environments: u32) -> Self {
        Self::seeded(environments, Recipe::default().seed)
    }

    /// Another one for each seed.
    pub(crate) fn seeded(environments: u32, seed: u64) -> Self {
        Self::made(&Recipe {
            environments,
            days: 2,
            seed,
            ..Recipe::default()
        })
    }

    /// With so many days of history.
    pub(crate) fn lasting(environments: u32, days: u32) -> Self {
        Self::made(&Recipe {
            environments,
            days,
            ..Recipe::default()
        })
    }

    fn made(recipe: &Recipe) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        sample::write_snapshot(recipe, folder.path()).expect("it can be written");
        let fleet = Self(folder);
        fleet.unseal();
        fleet
    }

    /// Removes the checksums, as whoever edits a snapshot on purpose does.
    fn unseal(&self) {
        self.edit("manifest.json", |manifest| {
            let sums = manifest
                .as_object_mut()
                .expect("an object")
                .remove("checksums");
            sums.expect("a snapshot that eb2eks writes has checksums");
        });
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(crate) fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.file(name)).expect("it is there")
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) {
        fs::write(self.file(name), bytes).expect("it can be written");
    }

    /// Changes a JSON file.
    pub(crate) fn edit(&self, name: &str, change: impl FnOnce(&mut Value)) {
        let mut value = serde_json::from_slice(&self.bytes(name)).expect("it is JSON");
        change(&mut value);
        self.write(name, &serde_json::to_vec(&value).expect("it is JSON"));
    }

    /// Changes the environments of the inventory.
    pub(crate) fn edit_environments(&self, change: impl FnOnce(&mut Vec<Value>)) {
        self.edit("inventory.json", |inventory| {
            change(inventory["environments"].as_array_mut().expect("a list"))
        });
    }

    /// Changes every series of the history.
    pub(crate) fn edit_history(&self, mut change: impl FnMut(&EnvironmentKey, &mut Series)) {
        let snapshot = Snapshot::read(self.path()).expect("it is sound");
        let history = snapshot
            .history
            .summarise(|_, series| series, &|_| ())
            .expect("it is sound");
        let mut rows: Vec<_> = history
            .into_iter()
            .flat_map(|(key, all)| all.into_iter().map(move |one| (key.clone(), one)))
            .collect();
        rows.iter_mut()
            .for_each(|(key, series)| change(key, series));
        write_metrics(&self.file("metrics.parquet"), rows).expect("it can be written");
    }
}

/// The names of the live environments in an inventory, sorted.
pub(crate) fn live_names(inventory: &Value) -> Vec<String> {
    let environments = inventory["environments"].as_array().expect("a list");
    let live = environments.iter().filter(|environment| {
        !["Terminated", "Terminating"].contains(&environment["status"].as_str().expect("a status"))
    });
    let mut names: Vec<String> = live
        .map(|environment| environment["name"].as_str().expect("a name").to_owned())
        .collect();
    names.sort();
    names
}
