//! What the fuzzer once found, and what it begins with, read again: no panic, and what a room promises holds.

use std::fs;
use std::path::Path;

#[path = "../../fuzz/src/readers.rs"]
mod readers;

/// The files of `fuzz/FOLDER`, by reader.
fn inputs(folder: &str) -> Vec<(String, Vec<u8>)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("fuzz")
        .join(folder);
    let entries = |path: &Path| {
        fs::read_dir(path)
            .expect("a folder")
            .map(|entry| entry.expect("an entry"))
            .collect::<Vec<_>>()
    };
    let of_reader = |reader: fs::DirEntry| {
        let name = reader.file_name().into_string().expect("UTF-8");
        entries(&reader.path())
            .into_iter()
            .map(move |file| (name.clone(), fs::read(file.path()).expect("a file")))
    };
    entries(&root).into_iter().flat_map(of_reader).collect()
}

#[test]
fn what_the_fuzzer_found_is_answered() {
    for (reader, bytes) in inputs("found") {
        let (_, read) = readers::ALL
            .iter()
            .find(|(name, _)| *name == reader)
            .expect("a reader of this name");
        read(&bytes);
    }
}

#[test]
fn every_reader_has_something_to_begin_with() {
    let all = inputs("corpus");
    for (reader, read) in readers::ALL {
        let mut of = all.iter().filter(|(name, _)| *name == reader).peekable();
        assert!(of.peek().is_some(), "fuzz/corpus/{reader} is empty");
        of.for_each(|(_, bytes)| read(bytes));
    }
}
