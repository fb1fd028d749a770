//! The one place that writes folders: whole, or not at all.

#![expect(clippy::disallowed_methods, reason = "this is where results meet the disk")]

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Exit;
use super::report_error::CommandError;

/// What marks a folder as ours, whichever version wrote it: only such a folder is ever replaced.
const MARK: (&str, &str) = ("plan.json", "eb2eks-plan/");

/// Refuses to replace a folder that is not of an earlier plan.
pub(super) fn refuse_foreign(out: &Path) -> Result<(), CommandError> {
    let is_free = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if is_free || is_ours(out) {
        return Ok(());
    }
    let message =
        format!("{} exists and is no output folder of eb2eks\nhint: name a new folder with --out, or remove this one", out.display());
    Err(CommandError::new(Exit::Usage, message))
}

/// Refuses to replace a folder that holds one of `inputs`: the snapshot or policy would be gone with it.
pub(super) fn refuse_to_swallow<'a>(out: &Path, inputs: impl IntoIterator<Item = Option<&'a Path>>) -> Result<(), CommandError> {
    // What is not there cannot be lost, and what cannot be found is told when it is read.
    let Ok(whole) = fs::canonicalize(out) else { return Ok(()) };
    match inputs.into_iter().flatten().find(|input| fs::canonicalize(input).is_ok_and(|input| input.starts_with(&whole))) {
        Some(input) => {
            let (input, out) = (input.display(), out.display());
            let message = format!("{input} lies in {out}, which the plan would replace\nhint: name another folder with --out");
            Err(CommandError::new(Exit::Usage, message))
        }
        None => Ok(()),
    }
}

/// Others call their plans plan.json too; ours says so in its first field.
fn is_ours(out: &Path) -> bool {
    #[derive(serde::Deserialize)]
    struct OnlyFormat {
        format: String,
    }
    let (name, format) = MARK;
    let plan = fs::read(out.join(name)).unwrap_or_default();
    serde_json::from_slice::<OnlyFormat>(&plan).is_ok_and(|plan| plan.format.starts_with(format))
}

/// Writes `files` (relative path to content) beside `out`, then swaps the folders, so that a reader
/// sees the old files or the new ones and never some of each.
pub(super) fn replace(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), CommandError> {
    refuse_foreign(out)?;
    build_beside(out, |folder| {
        for (name, bytes) in files {
            let path = folder.join(name);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent).map_err(|error| cannot_write(parent, &error))?;
            }
            fs::write(&path, bytes).map_err(|error| cannot_write(&path, &error))?;
        }
        Ok(())
    })
}

/// Lets `fill` fill a new folder that becomes `out`, which must not exist or be empty.
pub(super) fn create(out: &Path, fill: impl FnOnce(&Path) -> Result<(), CommandError>) -> Result<(), CommandError> {
    if fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) || out.is_file() {
        let message = format!("{} exists and is not empty\nhint: name a new folder with --out", out.display());
        return Err(CommandError::new(Exit::Usage, message));
    }
    build_beside(out, fill)
}

fn build_beside(out: &Path, fill: impl FnOnce(&Path) -> Result<(), CommandError>) -> Result<(), CommandError> {
    let parent = parent_of(out);
    fs::create_dir_all(&parent).map_err(|error| cannot_write(&parent, &error))?;
    // Dropped on any error, and with it everything half-written.
    let beside = tempfile::Builder::new().prefix(".eb2eks-").tempdir_in(&parent).map_err(|error| cannot_write(&parent, &error))?;
    let (new, old) = (beside.path().join("new"), beside.path().join("old"));
    fs::create_dir_all(&new).map_err(|error| cannot_write(&new, &error))?;
    fill(&new)?;
    let had_one = match fs::rename(out, &old) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(cannot_write(out, &error)),
    };
    fs::rename(&new, out).map_err(|error| {
        if had_one {
            // Nothing more can be done if this fails too; the message names the folder.
            drop(fs::rename(&old, out));
        }
        cannot_write(out, &error)
    })
}

fn parent_of(out: &Path) -> PathBuf {
    match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    }
}

fn cannot_write(path: &Path, error: &io::Error) -> CommandError {
    CommandError::new(Exit::Failure, format!("cannot write {}: {error}\nhint: is the disk full, or the folder not yours?", path.display()))
}
