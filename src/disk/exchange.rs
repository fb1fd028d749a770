//! A folder in another's place, in one step.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where folders change their places"
)]

use std::env;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use rustix::fs::{CWD, RenameFlags, renameat_with};

/// Puts the folder `new` at `place`. What stood there is afterwards at `old`, which must not exist and may be `new`
/// itself; both lie on the same disk. Whoever looks at `place` sees the old folder or the new one.
///
/// Where the file system cannot exchange two names (some network and overlay file systems), the place is empty for
/// an instant; a process that is killed there leaves the old folder at `old`.
///
/// # Errors
/// When the system refuses; then everything is as it was.
pub fn put_in_place(new: &Path, place: &Path, old: &Path) -> io::Result<()> {
    match renameat_with(CWD, new, CWD, place, RenameFlags::NOREPLACE) {
        Ok(()) => return Ok(()),
        Err(rustix::io::Errno::EXIST) => {}
        Err(error) if is_unsupported(error) => return in_two_steps(new, place, old),
        Err(error) => return Err(error.into()),
    }
    match renameat_with(CWD, new, CWD, place, RenameFlags::EXCHANGE) {
        Ok(()) if new == old => Ok(()),
        // What was replaced is out of the way already: its new name is for whoever removes it.
        Ok(()) => fs::rename(new, old),
        Err(error) if is_unsupported(error) => in_two_steps(new, place, old),
        Err(error) => Err(error.into()),
    }
}

fn is_unsupported(error: rustix::io::Errno) -> bool {
    use rustix::io::Errno;
    matches!(error, Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP)
}

fn in_two_steps(new: &Path, place: &Path, old: &Path) -> io::Result<()> {
    // An exchange leaves the old folder under the new one's name; here it needs one of its own.
    let aside = if new == old {
        old.with_extension("old")
    } else {
        old.to_owned()
    };
    let had_one = match fs::rename(place, &aside) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(error),
    };
    fs::rename(new, place).inspect_err(|_| {
        if had_one {
            // Nothing more can be done if this fails too; the message names the folder.
            drop(fs::rename(&aside, place));
        }
    })
}

/// The folder that `place` names, if it can be replaced as a whole: with a name of its own, and not the folder that
/// the process works in or one above it.
///
/// # Errors
/// Why not, as the end of a sentence.
pub fn replaceable(place: &Path) -> Result<PathBuf, &'static str> {
    // Without a slash at the end, which would hide a link.
    let place: PathBuf = place.components().collect();
    if !matches!(place.components().next_back(), Some(Component::Normal(_))) {
        return Err("has no name of its own");
    }
    let is_above = |here: PathBuf| {
        fs::canonicalize(&place)
            .is_ok_and(|place| fs::canonicalize(here).is_ok_and(|here| here.starts_with(place)))
    };
    if env::current_dir().is_ok_and(is_above) {
        return Err("is the folder that you are in, or above it");
    }
    Ok(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder_with(path: &Path, text: &str) {
        fs::create_dir_all(path).expect("a folder");
        fs::write(path.join("file"), text).expect("a file");
    }

    fn text(path: &Path) -> String {
        fs::read_to_string(path.join("file")).expect("a file")
    }

    #[test]
    fn the_old_folder_is_set_aside_in_one_step_or_in_two() {
        for put in [put_in_place, in_two_steps] {
            let home = tempfile::tempdir().expect("a folder");
            let [new, place, old] = ["new", "place", "old"].map(|name| home.path().join(name));
            folder_with(&new, "first");
            put(&new, &place, &old).expect("a disk");
            assert!(text(&place) == "first" && !new.exists() && !old.exists());
            folder_with(&new, "second");
            put(&new, &place, &old).expect("a disk");
            assert_eq!([text(&place), text(&old)], ["second", "first"]);
            assert!(!new.exists());
        }
    }

    #[test]
    fn what_cannot_be_replaced_as_a_whole_is_told_before_anything_is_made() {
        for path in ["", ".", "..", "/", "x/..", "./"] {
            assert!(replaceable(Path::new(path)).is_err(), "{path:?}");
        }
        let here = env::current_dir().expect("a folder");
        assert!(replaceable(&here).is_err() && replaceable(here.parent().expect("one")).is_err());
        assert_eq!(replaceable(Path::new("out/")), Ok(PathBuf::from("out")));
    }
}
