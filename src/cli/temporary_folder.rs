//! A folder beside another one, in which its successor is made.
//!
//! `.NAME.eb2eks-PID` holds a lock that dies with the process, and what is being made. Whatever a killed run left
//! is recognised by the name and by the lock that nobody holds, and removed by the next run into NAME.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where results meet the disk"
)]

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

const LOCK: &str = "lock";

/// What a process that died between two renames left of the folder that it was replacing.
const OLD: &str = "old";

/// Removed when it is dropped, with everything that was not moved out of it.
pub(super) struct TemporaryFolder {
    folder: PathBuf,
    _lock: File,
}

impl TemporaryFolder {
    /// Makes one beside `place`, after removing what earlier runs left there.
    pub(super) fn of(place: &Path) -> io::Result<Self> {
        let (parent, prefix) = parent_and_prefix(place);
        fs::create_dir_all(&parent)?;
        remove_leftovers(&parent, &prefix, place);
        let mut number = 0_u32;
        loop {
            let mut name = prefix.clone();
            name.push(format!("{}-{number}", std::process::id()));
            let folder = parent.join(name);
            // Whoever removes leftovers may take a folder that is not locked yet for one.
            match private_folder(&folder).and_then(|()| lock(&folder)) {
                Ok(Some(lock)) => {
                    return Ok(Self {
                        folder,
                        _lock: lock,
                    });
                }
                Err(error)
                    if !matches!(
                        error.kind(),
                        io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound
                    ) || number > 100 =>
                {
                    return Err(error);
                }
                _ => number += 1,
            }
        }
    }

    /// Where the new folder is made.
    pub(super) fn new_folder(&self) -> PathBuf {
        self.folder.join("new")
    }

    /// Where the replaced one goes.
    pub(super) fn old_folder(&self) -> PathBuf {
        self.folder.join(OLD)
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // What cannot be removed now is removed by the next run.
        drop(remove(&self.folder));
    }
}

fn parent_and_prefix(place: &Path) -> (PathBuf, OsString) {
    let parent = match place.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    let mut prefix = OsString::from(".");
    prefix.push(place.file_name().unwrap_or_default());
    prefix.push(".eb2eks-");
    (parent, prefix)
}

fn private_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The lock of `folder`, unless another process holds it or has removed it meanwhile.
fn lock(folder: &Path) -> io::Result<Option<File>> {
    let path = folder.join(LOCK);
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(&path)?;
    match file.try_lock() {
        Ok(()) => Ok(fs::exists(&path)?.then_some(file)),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// Nothing that goes wrong here keeps a run from its work.
fn remove_leftovers(parent: &Path, prefix: &OsString, place: &Path) {
    let begins = |name: &OsString| {
        name.as_encoded_bytes()
            .starts_with(prefix.as_encoded_bytes())
    };
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let folder = entry.path();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if !is_folder || !begins(&entry.file_name()) {
            continue;
        }
        // An empty one was left before its lock was made; one that is not empty, and has no lock, is not ours.
        if fs::remove_dir(&folder).is_ok() || !fs::exists(folder.join(LOCK)).unwrap_or(false) {
            continue;
        }
        if let Ok(Some(_held)) = lock(&folder) {
            if !fs::exists(place).unwrap_or(true) {
                drop(fs::rename(folder.join(OLD), place));
            }
            drop(remove(&folder));
        }
    }
}

/// The lock goes last: without it nobody would know whose the rest is.
fn remove(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == LOCK {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_file(folder.join(LOCK))?;
    fs::remove_dir(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| {
                let name = entry.expect("an entry").file_name();
                name.to_string_lossy().into_owned()
            })
            .collect();
        names.sort();
        names
    }

    #[test]
    fn whatever_a_killed_run_left_is_gone_and_nothing_else() {
        let home = tempfile::tempdir().expect("a folder");
        let place = home.path().join("out");
        let make = |path: &str| {
            let path = home.path().join(path);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            fs::write(path, "x").expect("a file");
        };
        fs::create_dir(home.path().join(".out.eb2eks-1-0")).expect("a folder");
        make(".out.eb2eks-2-0/lock");
        for file in ["lock", "new/plan.json", "new/apps/a.yaml"] {
            make(&format!(".out.eb2eks-3-0/{file}"));
        }
        // Somebody's own: of another name, without a lock, or a file.
        make(".other.eb2eks-4-0/lock");
        make(".out.eb2eks-notes/text");
        make(".out.eb2eks-file");
        let running = TemporaryFolder::of(&place).expect("a place");
        let second = TemporaryFolder::of(&place).expect("a second run does not touch the first");
        assert!(running.folder.exists() && running.folder != second.folder);
        drop((running, second));
        assert_eq!(
            names(home.path()),
            [".other.eb2eks-4-0", ".out.eb2eks-file", ".out.eb2eks-notes"]
        );
    }

    #[test]
    fn a_folder_that_was_caught_between_two_renames_is_put_back() {
        let home = tempfile::tempdir().expect("a folder");
        let left = home.path().join(".out.eb2eks-7-0");
        fs::create_dir_all(left.join("old")).expect("a folder");
        fs::create_dir_all(left.join("new")).expect("a folder");
        fs::write(left.join("old/plan.json"), "mine").expect("a file");
        fs::write(left.join(LOCK), "").expect("a file");
        drop(TemporaryFolder::of(&home.path().join("out")).expect("a place"));
        assert_eq!(names(home.path()), ["out"]);
        assert_eq!(names(&home.path().join("out")), ["plan.json"]);
    }
}
