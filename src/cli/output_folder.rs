//! The one place that writes folders: whole, or not at all.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where results meet the disk"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::Exit;
use super::report_error::CommandError;
use super::temporary_folder::TemporaryFolder;
use crate::disk;
use crate::render;

/// What marks a folder as ours, whichever version wrote it: only such a folder is ever replaced.
const MARK: (&str, &str) = ("plan.json", "eb2eks-plan/");

/// Bytes of a plan that is read again. One of ten thousand environments has 600 MB.
pub(super) const MOST_PLAN_BYTES: u64 = 4 << 30;

/// What lists every file of a plan.
const INDEX: &str = render::INDEX;

/// Refuses to replace a folder that is not of an earlier plan, or that somebody has put more into.
pub(super) fn refuse_foreign(out: &Path) -> Result<(), CommandError> {
    let folder = &followed(out)?;
    let is_free = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == io::ErrorKind::NotFound,
    };
    if is_free {
        return Ok(());
    }
    let message = match EarlierPlan::of(folder) {
        Some(_) => match first_foreign(folder) {
            None => return Ok(()),
            Some((foreign, what)) => format!(
                "{} holds {}, which {what} and would be gone with it\nhint: move it elsewhere, or name another folder with --out",
                out.display(),
                foreign.display()
            ),
        },
        None => {
            format!(
                "{} exists and is no output folder of eb2eks\nhint: name a new folder with --out, or remove this one",
                out.display()
            )
        }
    };
    Err(CommandError::new(Exit::Usage, message))
}

/// Refuses to replace a folder that holds one of `inputs`: the snapshot or policy would be gone with it.
pub(super) fn refuse_to_swallow<'a>(
    out: &Path,
    inputs: impl IntoIterator<Item = Option<&'a Path>>,
) -> Result<(), CommandError> {
    // What is not there cannot be lost, and what cannot be found is told when it is read.
    let Ok(whole) = fs::canonicalize(out) else {
        return Ok(());
    };
    match inputs
        .into_iter()
        .flatten()
        .find(|input| fs::canonicalize(input).is_ok_and(|input| input.starts_with(&whole)))
    {
        Some(input) => {
            let (input, out) = (input.display(), out.display());
            let message = format!(
                "{input} lies in {out}, which the plan would replace\nhint: name another folder with --out"
            );
            Err(CommandError::new(Exit::Usage, message))
        }
        None => Ok(()),
    }
}

/// What a folder of an earlier plan says about itself.
#[derive(serde::Deserialize)]
struct EarlierPlan {
    format: String,
}

impl EarlierPlan {
    /// Others call their plans plan.json too; ours says so in its first field.
    fn of(out: &Path) -> Option<Self> {
        let (name, format) = MARK;
        let plan: Self =
            serde_json::from_slice(&disk::read_regular(&out.join(name), MOST_PLAN_BYTES).ok()?)
                .ok()?;
        plan.format.starts_with(format).then_some(plan)
    }
}

/// What was written into `out`: path in it to its fingerprint, as its index has them.
fn written(out: &Path) -> BTreeMap<PathBuf, String> {
    let index = fs::read_to_string(out.join(INDEX)).unwrap_or_default();
    let entries = index
        .lines()
        .filter_map(|line| line.split_once("  "))
        .map(|(hash, path)| (PathBuf::from(path), hash.to_owned()));
    entries.collect()
}

/// The first path in `out`, by name, that was not written with the plan, or not as it is now.
fn first_foreign(out: &Path) -> Option<(PathBuf, &'static str)> {
    const FOREIGN: &str = "is no file of the plan";
    let written = written(out);
    let is_written = |path: &Path| path == Path::new(INDEX) || written.contains_key(path);
    let mut folders = vec![PathBuf::new()];
    let mut changed = None;
    while let Some(folder) = folders.pop() {
        for path in paths_in(out, &folder) {
            let kind = kind_of(&out.join(&path));
            // A link of that name is somebody else's: the plan has none.
            let is_folder = kind.is_some_and(|kind| kind.is_dir())
                && written.keys().any(|file| file.starts_with(&path));
            if is_folder {
                folders.push(path);
            } else if !is_written(&path) || !kind.is_some_and(|kind| kind.is_file()) {
                return Some((path, FOREIGN));
            } else if changed.is_none() && path != Path::new(INDEX) {
                let now = fs::read(out.join(&path))
                    .map(|bytes| render::fingerprint(&bytes))
                    .unwrap_or_default();
                changed = (written.get(&path) != Some(&now))
                    .then_some((path, "was changed since the plan wrote it"));
            }
        }
    }
    changed
}

/// What lies in `folder` of `out`, as paths in `out`; the folder itself if nobody can say.
fn paths_in(out: &Path, folder: &Path) -> BTreeSet<PathBuf> {
    let listed = fs::read_dir(out.join(folder)).and_then(|entries| {
        entries
            .map(|entry| entry.map(|entry| folder.join(entry.file_name())))
            .collect::<io::Result<_>>()
    });
    listed.unwrap_or_else(|_| BTreeSet::from([folder.join("")]))
}

/// Folder, file or link: the link itself, not what it leads to.
fn kind_of(path: &Path) -> Option<fs::FileType> {
    fs::symlink_metadata(path)
        .ok()
        .map(|entry| entry.file_type())
}

/// The folder that a link leads to, so that the link stays; any other path as it is. Refuses what cannot be
/// replaced as a whole.
fn followed(out: &Path) -> Result<PathBuf, CommandError> {
    let refused = |message: String| CommandError::new(Exit::Usage, message);
    let named = disk::replaceable(out).map_err(|why| {
        refused(format!(
            "{} {why}, and cannot be put in place as a whole\nhint: name a new folder with --out, such as eb2eks-out",
            out.display()
        ))
    })?;
    if !kind_of(&named).is_some_and(|kind| kind.is_symlink()) {
        return Ok(named);
    }
    fs::canonicalize(&named).map_err(|error| {
        refused(format!(
            "{} is a link that leads nowhere: {}\nhint: make the folder, or remove the link",
            out.display(),
            disk::in_words(&error)
        ))
    })
}

/// Writes `files` (relative path to content) beside `out`, then swaps the folders, so that a reader
/// sees the old files or the new ones and never some of each.
pub(super) fn replace(out: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), CommandError> {
    refuse_foreign(out)?;
    build_beside(out, |folder| write_all(folder, files))
}

/// Writes `files` into a new folder, which must not exist or be empty.
pub(super) fn create_with(
    out: &Path,
    files: &BTreeMap<String, Vec<u8>>,
) -> Result<(), CommandError> {
    refuse_filled(out)?;
    build_beside(out, |folder| write_all(folder, files))
}

fn write_all(folder: &Path, files: &BTreeMap<String, Vec<u8>>) -> Result<(), CommandError> {
    for (name, bytes) in files {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|error| cannot_write(parent, &error))?;
        }
        fs::write(&path, bytes).map_err(|error| cannot_write(&path, &error))?;
    }
    Ok(())
}

fn refuse_filled(out: &Path) -> Result<(), CommandError> {
    followed(out)?;
    if fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) || out.is_file() {
        let message = format!(
            "{} exists and is not empty\nhint: name a new folder with --out",
            out.display()
        );
        return Err(CommandError::new(Exit::Usage, message));
    }
    Ok(())
}

/// Lets `fill` fill a new folder that becomes `out`, which must not exist or be empty.
pub(super) fn create(
    out: &Path,
    fill: impl FnOnce(&Path) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    refuse_filled(out)?;
    build_beside(out, |folder| {
        // A snapshot is for its owner alone, as one that was collected.
        #[cfg(unix)]
        fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))
            .map_err(|error| cannot_write(folder, &error))?;
        fill(folder)
    })
}

fn build_beside(
    out: &Path,
    fill: impl FnOnce(&Path) -> Result<(), CommandError>,
) -> Result<(), CommandError> {
    let out = &followed(out)?;
    // Dropped on any error, and with it everything half-written.
    let temporary_folder = TemporaryFolder::of(out).map_err(|error| cannot_write(out, &error))?;
    let new = temporary_folder.new_folder();
    fs::create_dir(&new).map_err(|error| cannot_write(&new, &error))?;
    fill(&new)?;
    disk::put_in_place(&new, out, &temporary_folder.old_folder())
        .map_err(|error| cannot_write(out, &error))
}

fn cannot_write(path: &Path, error: &io::Error) -> CommandError {
    CommandError::new(
        Exit::Failure,
        format!(
            "cannot write {}: {}\nhint: is the disk full, or the folder not yours?",
            path.display(),
            disk::in_words(error)
        ),
    )
}
