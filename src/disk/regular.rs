//! Files as they should be: regular, and no longer than somebody said.
//!
//! A named pipe would be waited for without end, and a device such as `/dev/zero` has no end.

#![expect(
    clippy::disallowed_methods,
    reason = "this is where files are opened for everybody"
)]

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use super::words::plain;

/// Bytes of a text that is read whole and written by hand or by a tool: prices, workloads, results, instances.
pub const MOST_TEXT_BYTES: u64 = 256 << 20;

/// Opens a regular file, or what a link leads to if that is one.
///
/// # Errors
/// When it is something else, or the system refuses.
pub fn open_regular(path: &Path) -> io::Result<File> {
    // Before it is opened: opening a pipe waits for whoever writes into it.
    let kind = fs::metadata(path).map_err(plain)?.file_type();
    if kind.is_file() {
        return File::open(path).map_err(plain);
    }
    if kind.is_dir() {
        return Err(plain(io::ErrorKind::IsADirectory.into()));
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        "it is no regular file, but a pipe, a socket or a device",
    ))
}

/// The content of a regular file of at most `most` bytes.
///
/// # Errors
/// When it is longer or no regular file, or the system refuses.
pub fn read_regular(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read_bounded(open_regular(path)?, most)
}

/// The text of a file that may be a pipe (`<(…)` of a shell): at most `most` bytes of UTF-8.
///
/// # Errors
/// When there is more, it is no UTF-8, or the system refuses.
pub fn read_text(path: &Path, most: u64) -> io::Result<String> {
    String::from_utf8(read_bounded(File::open(path).map_err(plain)?, most)?).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let message = format!("it is no text in UTF-8 (from byte {} on)", at + 1);
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
}

/// A file of lines that is read as it comes, pipes included.
///
/// # Errors
/// When the system refuses; later, as a read error, at a line that does not end within a mebibyte.
pub fn open_lines(path: &Path) -> io::Result<impl Read + use<>> {
    Ok(Lines {
        file: File::open(path).map_err(plain)?,
        since_the_last: 0,
    })
}

/// No row of a table is longer; whoever gathers a row would gather a file without line ends whole.
const LONGEST_LINE: usize = 1 << 20;

struct Lines {
    file: File,
    /// Bytes since the last end of a line.
    since_the_last: usize,
}

impl Read for Lines {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.file.read(buffer).map_err(plain)?;
        let read = buffer.get(..length).unwrap_or_default();
        self.since_the_last = match read.iter().rposition(|byte| *byte == b'\n') {
            Some(end) => length - end,
            None => self.since_the_last + length,
        };
        if self.since_the_last > LONGEST_LINE {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "a line is longer than 1 MiB",
            ));
        }
        Ok(length)
    }
}

fn read_bounded(file: File, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(most.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(plain)?;
    if bytes.len() as u64 > most {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            format!("it is longer than {} MiB", most >> 20),
        ));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_end_is_refused_or_cut() {
        let device = Path::new("/dev/zero");
        assert_eq!(
            read_regular(device, 10).map_err(|error| error.kind()),
            Err(io::ErrorKind::InvalidInput)
        );
        assert_eq!(
            read_text(device, 10).map_err(|error| error.kind()),
            Err(io::ErrorKind::FileTooLarge)
        );
        let mut lines = open_lines(device).expect("it opens");
        assert_eq!(
            io::copy(&mut lines, &mut io::sink()).map_err(|error| error.kind()),
            Err(io::ErrorKind::InvalidData)
        );
        let folder = tempfile::tempdir().expect("a folder");
        assert!(read_regular(folder.path(), 10).is_err());
        let file = folder.path().join("file");
        fs::write(&file, "0123456789").expect("a file");
        assert_eq!(read_regular(&file, 10).ok(), Some(b"0123456789".to_vec()));
        assert_eq!(
            read_regular(&file, 9).map_err(|error| error.kind()),
            Err(io::ErrorKind::FileTooLarge)
        );
    }
}
