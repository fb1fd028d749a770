//! What the files of a snapshot were when it was written, in its manifest.
//!
//! A field `checksums` beside the others: file to the SHA-256 of its content. The manifest itself is summed
//! without the field, as compact JSON. A snapshot without the field (of an earlier version, or made by
//! other tools) is read unchecked; who edits a snapshot on purpose removes it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{Manifest, SnapshotError};

const FIELD: &str = "checksums";

/// What the manifest says of the files.
#[derive(Debug, Default)]
pub(super) struct Checksums(BTreeMap<String, String>);

impl Checksums {
    /// Of a manifest, which must fit its own checksum.
    pub(super) fn of(path: &Path, manifest: &[u8], own_name: &str) -> Result<Self, SnapshotError> {
        // What is no JSON was refused before this.
        let mut manifest: Value = serde_json::from_slice(manifest).unwrap_or_default();
        let Some(found) = manifest.as_object_mut().and_then(|it| it.remove(FIELD)) else {
            return Ok(Self::default());
        };
        let changed = || SnapshotError::Changed {
            path: path.to_owned(),
        };
        let sums = Self(serde_json::from_value(found).map_err(|_| changed())?);
        // It may not be there to be forgotten: a name that was damaged would be an entry for no file.
        if sums.0.get(own_name) == Some(&of_manifest(&manifest)) {
            Ok(sums)
        } else {
            Err(changed())
        }
    }

    /// Refuses a file that has changed.
    pub(super) fn check(&self, path: &Path, name: &str, sha256: &str) -> Result<(), SnapshotError> {
        if self.0.is_empty() || self.0.get(name).is_some_and(|sum| sum == sha256) {
            return Ok(());
        }
        Err(SnapshotError::Changed {
            path: path.to_owned(),
        })
    }
}

/// A manifest with the checksums behind it.
#[derive(Debug, Serialize)]
pub(super) struct ChecksummedManifest<'a> {
    #[serde(flatten)]
    manifest: &'a Manifest,
    checksums: BTreeMap<&'static str, String>,
}

impl<'a> ChecksummedManifest<'a> {
    /// With those of the other files, by name, and its own.
    pub(super) fn new(
        manifest: &'a Manifest,
        own_name: &'static str,
        others: impl IntoIterator<Item = (&'static str, String)>,
    ) -> serde_json::Result<Self> {
        let own = of_manifest(&serde_json::to_value(manifest)?);
        Ok(Self {
            manifest,
            checksums: others.into_iter().chain([(own_name, own)]).collect(),
        })
    }
}

fn of_manifest(without_sums: &Value) -> String {
    hexadecimal(&Sha256::digest(without_sums.to_string()))
}

pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
