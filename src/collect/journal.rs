//! What is known so far, on disk: a run that is interrupted continues from here.
//!
//! One file for each scope, a line for each unit of work that was answered, appended and synced before the
//! next unit counts as done. A line is whole or it is not there: a run that was killed in the middle of one
//! leaves a torn end, which is cut off when the file is opened again. Refusals are not kept: the next run
//! asks again.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The answers of one scope. Shared by the tasks of a run.
#[derive(Debug)]
pub(super) struct Journal {
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    file: File,
    answers: BTreeMap<String, Box<RawValue>>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    unit: String,
    answer: Box<RawValue>,
}

impl Journal {
    /// Opens the journal at `path`, or begins one.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let mut file = OpenOptions::new()
            .read(true)
            .append(true)
            .create(true)
            .mode(0o600)
            .open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let (answers, whole) = lines(&text);
        if whole < text.len() {
            file.set_len(whole as u64)?;
            file.seek(SeekFrom::End(0))?;
        }
        Ok(Self {
            state: Mutex::new(State { file, answers }),
        })
    }

    /// What `unit` answered in this run or an earlier one. An answer that an older version wrote in
    /// another shape is as good as none.
    pub(super) fn answer<T: DeserializeOwned>(&self, unit: &str) -> Option<T> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        serde_json::from_str(state.answers.get(unit)?.get()).ok()
    }

    /// Whether nothing has been answered yet.
    pub(super) fn is_empty(&self) -> bool {
        self.state
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .answers
            .is_empty()
    }

    /// Keeps an answer for good.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn keep<T: Serialize>(&self, unit: &str, answer: &T) -> io::Result<()> {
        let answer = serde_json::value::to_raw_value(answer)?;
        let mut line = serde_json::to_vec(&Line {
            unit: unit.to_owned(),
            answer: answer.clone(),
        })?;
        line.push(b'\n');
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.file.write_all(&line)?;
        state.file.sync_data()?;
        state.answers.insert(unit.to_owned(), answer);
        Ok(())
    }
}

/// The whole lines, and where the last of them ends.
fn lines(text: &[u8]) -> (BTreeMap<String, Box<RawValue>>, usize) {
    let mut answers = BTreeMap::new();
    let mut end = 0;
    for line in text.split_inclusive(|byte| *byte == b'\n') {
        let is_ended = line.ends_with(b"\n");
        let Some(Line { unit, answer }) = serde_json::from_slice(line).ok().filter(|_| is_ended)
        else {
            break;
        };
        answers.insert(unit, answer);
        end += line.len();
    }
    (answers, end)
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "the tests tear files apart")]
mod tests {
    use super::*;
    use std::path::PathBuf;

    /// A journal in a folder of its own, which lives as long as the first part.
    fn journal_with(text: &[u8]) -> (tempfile::TempDir, PathBuf, Journal) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        std::fs::write(&path, text).expect("a file");
        let journal = Journal::open(&path).expect("it opens");
        (folder, path, journal)
    }

    #[test]
    fn an_answer_survives_the_process() {
        let (_folder, path, journal) = journal_with(b"");
        journal
            .keep("settings/e-1", &vec!["a\nb", "{\"x\":1}"])
            .expect("a disk");
        let again = Journal::open(&path).expect("it opens");
        assert_eq!(
            again.answer::<Vec<String>>("settings/e-1"),
            Some(vec!["a\nb".to_owned(), "{\"x\":1}".to_owned()])
        );
        assert_eq!(again.answer::<Vec<String>>("settings/e-2"), None);
    }

    #[test]
    fn wherever_the_file_was_torn_the_whole_lines_stay_and_more_can_follow() {
        let (_folder, path, journal) = journal_with(b"");
        for unit in ["a", "b", "c"] {
            journal.keep(unit, &unit).expect("a disk");
        }
        let text = std::fs::read(&path).expect("the file");
        for end in 0..text.len() {
            let (_folder, torn_path, torn) = journal_with(&text[..end]);
            let whole = text[..end].iter().filter(|byte| **byte == b'\n').count();
            let known = ["a", "b", "c"]
                .iter()
                .filter(|unit| torn.answer::<String>(unit).is_some())
                .count();
            assert_eq!(known, whole, "torn after {end} bytes");
            torn.keep("d", &1).expect("a disk");
            let again = Journal::open(&torn_path).expect("it opens");
            assert_eq!(again.answer::<u32>("d"), Some(1), "torn after {end} bytes");
        }
    }

    #[test]
    fn an_answer_of_another_shape_is_asked_for_again() {
        let (_folder, _, journal) = journal_with(b"{\"unit\":\"a\",\"answer\":[1]}\n");
        assert_eq!(journal.answer::<String>("a"), None);
    }
}
