//! The snapshot of a command line: what stands where one was named, if it is none.

use std::path::Path;

use super::Exit;
use super::report_error::CommandError;
use crate::snapshot::Snapshot;

/// Reads the snapshot in `folder`.
pub(super) fn read(folder: &Path) -> Result<Snapshot, CommandError> {
    let bad = |message: String| Err(CommandError::new(Exit::BadInput, message));
    let shown = folder.display();
    let whole = "manifest.json, inventory.json and metrics.parquet";
    if !folder.exists() {
        return bad(format!(
            "cannot read the snapshot {shown}: there is no such folder\nhint: eb2eks sample --out {shown} makes one up; of an account, eb2eks collect makes one"
        ));
    }
    if !folder.is_dir() {
        return bad(format!(
            "{shown} is a file, and a snapshot is a folder with {whole}\nhint: name the folder"
        ));
    }
    if !folder.join("manifest.json").exists() {
        return bad(if folder.join("plan.json").exists() {
            format!(
                "{shown} holds a plan, not a snapshot\nhint: eb2eks explain, report and compare read plans; to plan again, name the folder with {whole}"
            )
        } else {
            format!(
                "{shown} is no snapshot: it has no manifest.json\nhint: a snapshot is a folder with {whole}"
            )
        });
    }
    Snapshot::read(folder).map_err(|error| CommandError::new(Exit::BadInput, error))
}
