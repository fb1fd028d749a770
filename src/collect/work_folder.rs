//! The folder in which a collection grows until it is a snapshot.
//!
//! `SNAPSHOT.partial` stands beside the snapshot to come. It holds what the run was asked, a journal and
//! the parts of the history for each scope, and a lock that dies with the process that holds it.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where a collection meets the disk"
)]

use std::ffi::OsStr;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::filter::Filters;
use crate::disk;
use crate::policy::Collect;

const SETTINGS: &str = "run.json";
/// The settings before they are renamed.
const NEW_SETTINGS: &str = "run.json.new";
const LOCK: &str = "lock";

/// What a snapshot consists of.
const FILES: [&str; 3] = ["manifest.json", "inventory.json", "metrics.parquet"];

/// Written first, so that a folder without it is none of ours.
const FORMAT: &str = "eb2eks-collect/2";

/// What a run was asked. A run that continues another one must have been asked the same.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Settings {
    pub(super) format: String,
    pub(super) profiles: Vec<String>,
    pub(super) roles: Vec<String>,
    /// Label and region of each scope in the order of their folders: a journal belongs to its place here.
    pub(super) scopes: Vec<(String, String)>,
    pub(super) filters: Filters,
    pub(super) expect_environments: Option<usize>,
    pub(super) anonymize: bool,
    pub(super) one_minute_days: u32,
    pub(super) five_minute_days: u32,
    pub(super) hourly_days: u32,
}

impl Settings {
    pub(super) fn new(collect: &Collect) -> Self {
        Self {
            format: FORMAT.to_owned(),
            profiles: Vec::new(),
            roles: Vec::new(),
            scopes: Vec::new(),
            filters: Filters::default(),
            expect_environments: None,
            anonymize: false,
            one_minute_days: collect.one_minute_days,
            five_minute_days: collect.five_minute_days,
            hourly_days: collect.hourly_days,
        }
    }
}

/// Settings, and the moment that the first of the runs took for now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct SavedRun {
    settings: Settings,
    now: Option<Timestamp>,
    /// What was put, or was about to be put, in the snapshot's place: only that may be replaced.
    #[serde(default)]
    published: Vec<String>,
    /// Whether nothing is left to do but to remove this folder.
    #[serde(default)]
    is_finished: bool,
}

/// Why there is no place to work in.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WorkFolderError {
    /// There is something at the place of the snapshot already.
    #[error("{} exists\nhint: name a new folder with --out", .0.display())]
    Exists(PathBuf),
    /// Another process works here.
    #[error("another eb2eks is collecting into {}\nhint: wait for it, or name another folder with --out", .0.display())]
    Locked(PathBuf),
    /// An interrupted run was asked something else.
    #[error("{} holds a collection that was asked with other options\nhint: repeat that command to continue it, or remove the folder to begin anew", .0.display())]
    Other(PathBuf),
    /// The credentials of today are another account's than those that began.
    #[error("{label} is account {today} today, and {} was begun with account {begun}\nhint: log in as before (AWS_PROFILE, --profile), or name another folder with --out", .folder.display())]
    OtherAccount {
        /// Profile or role, and region.
        label: String,
        /// Whose answers stand in the folder.
        begun: String,
        /// The account and role of this run.
        today: String,
        /// The folder of the run that was begun before.
        folder: PathBuf,
    },
    /// A folder of that name which we did not make.
    #[error("{} exists and is no interrupted collection\nhint: move it elsewhere, or name another folder with --out", .0.display())]
    Foreign(PathBuf),
    /// No folder that could be put in place.
    #[error("{} {why}, and cannot be put in place as a whole\nhint: name a new folder with --out, such as snapshot", .out.display())]
    Unnamed {
        /// As it was named.
        out: PathBuf,
        /// The end of the sentence.
        why: &'static str,
    },
    /// A file of the run could not be written.
    #[error("cannot write {}: {source}\nhint: is the disk full, or the folder not yours?", .path.display())]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Held while a run works. The lock is the operating system's, so that it ends with the process however
/// that ends.
#[derive(Debug)]
pub(super) struct WorkFolder {
    out: PathBuf,
    folder: PathBuf,
    begun: SavedRun,
    _lock: File,
}

impl WorkFolder {
    /// Begins or continues the collection that becomes `out`.
    pub(super) fn open(out: &Path, settings: &Settings) -> Result<Self, WorkFolderError> {
        let out = &disk::replaceable(out).map_err(|why| WorkFolderError::Unnamed {
            out: out.to_owned(),
            why,
        })?;
        let folder = beside(out);
        let is_ours = fs::exists(folder.join(SETTINGS)).unwrap_or(false);
        // Of a run that was killed before it had written its settings, there is no more than these.
        let is_begun = |name: &OsStr| name == LOCK || name == NEW_SETTINGS;
        if !is_ours {
            let entries = fs::read_dir(&folder).into_iter().flatten().flatten();
            let is_foreign = entries
                .into_iter()
                .any(|entry| !is_begun(&entry.file_name()));
            if let Err(error) = refuse_filled(out) {
                // Of a run that was killed when it had removed all but the folder, nothing is left to go on with.
                if !is_foreign && folder.is_dir() && lock(&folder).is_ok() {
                    remove(&folder).map_err(|source| WorkFolderError::Disk {
                        path: folder,
                        source,
                    })?;
                }
                return Err(error);
            }
            if is_foreign {
                return Err(WorkFolderError::Foreign(folder));
            }
        }
        let disk = |source| WorkFolderError::Disk {
            path: folder.clone(),
            source,
        };
        private_folder(&folder).map_err(disk)?;
        let lock = lock(&folder)?;
        let fresh = || SavedRun {
            settings: settings.clone(),
            now: None,
            published: Vec::new(),
            is_finished: false,
        };
        let begun = match fs::read(folder.join(SETTINGS)) {
            Ok(bytes) => {
                let begun: SavedRun = serde_json::from_slice(&bytes)
                    .map_err(|_| WorkFolderError::Foreign(folder.clone()))?;
                if begun.is_finished {
                    // Killed while it removed this folder: the snapshot is in its place.
                    empty(&folder).map_err(disk)?;
                    if let Err(error) = refuse_filled(out) {
                        remove(&folder).map_err(disk)?;
                        return Err(error);
                    }
                    fresh()
                } else if begun.settings == *settings {
                    begun
                } else {
                    return Err(WorkFolderError::Other(folder));
                }
            }
            Err(_) => fresh(),
        };
        let work_folder = Self {
            out: out.to_owned(),
            folder,
            begun,
            _lock: lock,
        };
        if !work_folder.may_replace() {
            return Err(WorkFolderError::Exists(work_folder.out));
        }
        work_folder.save()?;
        Ok(work_folder)
    }

    /// What the first of the runs took for now, if there was one.
    pub(super) fn now(&self) -> Option<Timestamp> {
        self.begun.now
    }

    pub(super) fn set_now(&mut self, now: Timestamp) -> Result<(), WorkFolderError> {
        self.begun.now = Some(now);
        self.save()
    }

    /// Whether nothing is lost with what stands in the snapshot's place: nothing, or what an earlier run of
    /// this collection put there.
    fn may_replace(&self) -> bool {
        if self.out.is_file() {
            return false;
        }
        let Ok(entries) = fs::read_dir(&self.out) else {
            return true;
        };
        let names: Vec<_> = entries.flatten().map(|entry| entry.file_name()).collect();
        let is_ours = |print: String| self.begun.published.contains(&print);
        names.is_empty()
            || (names
                .iter()
                .all(|name| FILES.iter().any(|file| name == file))
                && fingerprint(&self.out).is_some_and(is_ours))
    }

    fn save(&self) -> Result<(), WorkFolderError> {
        let path = self.folder.join(SETTINGS);
        let disk = |source| WorkFolderError::Disk {
            path: path.clone(),
            source,
        };
        let text = serde_json::to_vec_pretty(&self.begun).map_err(|error| disk(error.into()))?;
        let new = self.folder.join(NEW_SETTINGS);
        write_private(&new, &text)
            .and_then(|()| fs::rename(&new, &path))
            .map_err(disk)
    }

    /// The folder of one scope, by its number.
    pub(super) fn scope(&self, number: usize) -> Result<PathBuf, WorkFolderError> {
        self.subfolder(&format!("scope-{number}"))
    }

    /// An empty folder for the snapshot.
    pub(super) fn snapshot(&self) -> Result<PathBuf, WorkFolderError> {
        let path = self.folder.join("snapshot");
        match fs::remove_dir_all(&path) {
            Err(source) if source.kind() != io::ErrorKind::NotFound => {
                Err(WorkFolderError::Disk { path, source })
            }
            _ => self.subfolder("snapshot"),
        }
    }

    fn subfolder(&self, name: &str) -> Result<PathBuf, WorkFolderError> {
        let path = self.folder.join(name);
        private_folder(&path).map_err(|source| WorkFolderError::Disk {
            path: path.clone(),
            source,
        })?;
        Ok(path)
    }

    /// Puts the finished snapshot in its place. With `is_final` there is nothing left to ask, and what the
    /// run had learnt is removed; else it stays, and the same command asks for what is missing.
    pub(super) fn publish(mut self, is_final: bool) -> Result<(), WorkFolderError> {
        let disk = |path: &Path, source| WorkFolderError::Disk {
            path: path.to_owned(),
            source,
        };
        let (new, old) = (self.folder.join("snapshot"), self.folder.join("replaced"));
        // Somebody may have used the name while the run went on.
        if !self.may_replace() {
            return Err(WorkFolderError::Exists(self.out));
        }
        self.begun.published.extend(fingerprint(&new));
        self.save()?;
        sync_folder(&new).map_err(|source| disk(&new, source))?;
        remove(&old).map_err(|source| disk(&old, source))?;
        disk::put_in_place(&new, &self.out, &old).map_err(|source| disk(&self.out, source))?;
        // A power cut must not find the journal gone and the snapshot not yet there.
        sync_folder(&self.folder)
            .and_then(|()| sync_folder(parent_of(&self.out)))
            .map_err(|source| disk(&self.out, source))?;
        if is_final {
            return self.finish();
        }
        remove(&old).map_err(|source| disk(&old, source))
    }

    /// Removes everything that the run has written.
    pub(super) fn abandon(self) -> Result<(), WorkFolderError> {
        self.finish()
    }

    /// Removes the folder. A run that is killed on the way has left what the next one recognises.
    fn finish(mut self) -> Result<(), WorkFolderError> {
        self.begun.is_finished = true;
        self.save()?;
        empty(&self.folder)
            .and_then(|()| remove(&self.folder))
            .map_err(|source| WorkFolderError::Disk {
                path: self.folder.clone(),
                source,
            })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}

/// `out` with `.partial` at its end, on the same disk, so that the last step is a rename.
fn beside(out: &Path) -> PathBuf {
    let out: PathBuf = out.components().collect();
    let mut name = out.file_name().unwrap_or(out.as_os_str()).to_owned();
    name.push(".partial");
    out.with_file_name(name)
}

fn parent_of(path: &Path) -> &Path {
    path.parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Makes the names in it last; the files in it are synced by whoever wrote them.
pub(super) fn sync_folder(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}

/// Of the two files that say what a snapshot is; `None` where there is none.
fn fingerprint(snapshot: &Path) -> Option<String> {
    let mut hash = Sha256::new();
    for name in [FILES[0], FILES[1]] {
        hash.update(fs::read(snapshot.join(name)).ok()?);
    }
    Some(
        hash.finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect(),
    )
}

fn private_folder(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn write_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Removes everything from `folder` but its lock; the settings, which say whose the rest is, go last.
fn empty(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if name == LOCK || name == SETTINGS {
            continue;
        }
        if entry.file_type()?.is_dir() {
            fs::remove_dir_all(entry.path())?;
        } else {
            fs::remove_file(entry.path())?;
        }
    }
    fs::remove_file(folder.join(SETTINGS))
}

fn refuse_filled(out: &Path) -> Result<(), WorkFolderError> {
    if out.is_file() || fs::read_dir(out).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(WorkFolderError::Exists(out.to_owned()));
    }
    Ok(())
}

fn lock(folder: &Path) -> Result<File, WorkFolderError> {
    let path = folder.join(LOCK);
    let disk = |source| WorkFolderError::Disk {
        path: path.clone(),
        source,
    };
    let file = OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(&path)
        .map_err(disk)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(WorkFolderError::Locked(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(disk(source)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn settings() -> Settings {
        Settings::new(&crate::policy::defaults().expect("the defaults").collect)
    }

    #[test]
    fn a_run_continues_only_what_was_asked_the_same() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("snapshot");
        let now: Timestamp = "2026-11-15T00:00:00Z".parse().expect("a time");
        let mut first = WorkFolder::open(&out, &settings()).expect("a place");
        first.set_now(now).expect("a disk");
        assert!(matches!(
            WorkFolder::open(&out, &settings()),
            Err(WorkFolderError::Locked(_))
        ));
        drop(first);
        assert_eq!(
            WorkFolder::open(&out, &settings()).expect("the same").now(),
            Some(now)
        );
        let in_order = |regions: [&str; 2]| Settings {
            scopes: regions
                .map(|region| ("prod".to_owned(), region.to_owned()))
                .to_vec(),
            ..settings()
        };
        assert!(matches!(
            WorkFolder::open(&out, &in_order(["eu-west-1", "ap-northeast-1"])),
            Err(WorkFolderError::Other(_))
        ));
        let second = home.path().join("second");
        drop(
            WorkFolder::open(&second, &in_order(["eu-west-1", "ap-northeast-1"])).expect("a place"),
        );
        let swapped = WorkFolder::open(&second, &in_order(["ap-northeast-1", "eu-west-1"]));
        assert!(
            matches!(swapped, Err(WorkFolderError::Other(_))),
            "Ireland's journal is not Tokyo's"
        );
    }

    #[test]
    fn nothing_that_is_not_ours_is_touched() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("snapshot");
        fs::create_dir_all(out.join("mine")).expect("a folder");
        assert!(matches!(
            WorkFolder::open(&out, &settings()),
            Err(WorkFolderError::Exists(_))
        ));
        let other = home.path().join("other");
        fs::create_dir_all(home.path().join("other.partial/mine")).expect("a folder");
        assert!(matches!(
            WorkFolder::open(&other, &settings()),
            Err(WorkFolderError::Foreign(_))
        ));
    }

    #[test]
    fn folders_and_files_are_for_their_owner_alone() {
        let home = tempfile::tempdir().expect("a folder");
        let work_folder =
            WorkFolder::open(&home.path().join("snapshot"), &settings()).expect("a place");
        let mode = |path: &Path| {
            fs::metadata(path)
                .expect("it is there")
                .permissions()
                .mode()
                & 0o777
        };
        assert_eq!(mode(work_folder.folder()), 0o700);
        assert_eq!(mode(&work_folder.scope(0).expect("a folder")), 0o700);
        assert_eq!(mode(&work_folder.folder().join(SETTINGS)), 0o600);
        assert_eq!(mode(&work_folder.folder().join(LOCK)), 0o600);
    }

    #[test]
    fn the_snapshot_appears_whole_and_what_is_unfinished_stays() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("snapshot");
        for (is_final, text) in [(false, "first"), (true, "second")] {
            let work_folder = WorkFolder::open(&out, &settings()).expect("a place");
            let folder = work_folder.snapshot().expect("a folder");
            write_private(&folder.join("manifest.json"), text.as_bytes()).expect("a file");
            write_private(&folder.join("inventory.json"), b"{}").expect("a file");
            work_folder.publish(is_final).expect("a disk");
            assert_eq!(
                fs::read_to_string(out.join("manifest.json")).expect("it is there"),
                text
            );
            assert_eq!(home.path().join("snapshot.partial").exists(), !is_final);
        }
        assert!(matches!(
            WorkFolder::open(&out, &settings()),
            Err(WorkFolderError::Exists(_))
        ));
    }

    #[test]
    fn a_snapshot_of_somebody_else_is_not_replaced_by_a_run_that_goes_on() {
        let home = tempfile::tempdir().expect("a folder");
        let out = home.path().join("snapshot");
        let work_folder = WorkFolder::open(&out, &settings()).expect("a place");
        let put = |text: &str| {
            fs::create_dir_all(&out).expect("a folder");
            fs::write(out.join("manifest.json"), text).expect("a file");
            fs::write(out.join("inventory.json"), "{}").expect("a file");
        };
        let folder = work_folder.snapshot().expect("a folder");
        write_private(&folder.join("manifest.json"), b"ours").expect("a file");
        write_private(&folder.join("inventory.json"), b"{}").expect("a file");
        put("theirs, written while the run went on");
        assert!(matches!(
            work_folder.publish(true),
            Err(WorkFolderError::Exists(_))
        ));
        assert!(matches!(
            WorkFolder::open(&out, &settings()),
            Err(WorkFolderError::Exists(_))
        ));
        assert_eq!(
            fs::read_to_string(out.join("manifest.json")).expect("it is there"),
            "theirs, written while the run went on"
        );
        fs::remove_dir_all(&out).expect("removed");
        let work_folder = WorkFolder::open(&out, &settings()).expect("a place");
        let folder = work_folder.snapshot().expect("a folder");
        write_private(&folder.join("manifest.json"), b"ours").expect("a file");
        write_private(&folder.join("inventory.json"), b"{}").expect("a file");
        work_folder.publish(false).expect("a disk");
        drop(WorkFolder::open(&out, &settings()).expect("our own may be replaced"));
        fs::write(out.join("notes.txt"), "mine").expect("a file");
        assert!(
            matches!(
                WorkFolder::open(&out, &settings()),
                Err(WorkFolderError::Exists(_))
            ),
            "somebody put more into it"
        );
    }
}
