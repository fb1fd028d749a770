//! What the system says of a file, as people say it.

use std::io;

/// The error of the same kind that says why in plain words, without the number that the system has for it.
#[must_use]
pub fn plain(error: io::Error) -> io::Error {
    if error.raw_os_error().is_none() && error.get_ref().is_some() {
        // Somebody has worded it.
        return error;
    }
    io::Error::new(error.kind(), in_words(&error))
}

/// Why, as the end of a sentence: `there is no such file or folder`.
#[must_use]
pub fn in_words(error: &io::Error) -> String {
    use io::ErrorKind;
    let known = match error.kind() {
        _ if error.raw_os_error().is_none() && error.get_ref().is_some() => None,
        ErrorKind::NotFound => Some("there is no such file or folder"),
        ErrorKind::NotADirectory => Some("there is a file where a folder should be"),
        ErrorKind::IsADirectory => Some("it is a folder, and a file is expected"),
        ErrorKind::PermissionDenied => Some("the system does not let you"),
        ErrorKind::StorageFull => Some("the disk is full"),
        ErrorKind::ReadOnlyFilesystem => Some("the disk cannot be written to"),
        _ => None,
    };
    known.map_or_else(|| without_number(&error.to_string()), str::to_owned)
}

/// `Too many links (os error 31)` to `too many links`
fn without_number(message: &str) -> String {
    let Some((words, _)) = message.split_once(" (os error ") else {
        return message.to_owned();
    };
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_of_the_system_is_left() {
        for number in 1..=133 {
            let error = io::Error::from_raw_os_error(number);
            let (kind, words) = (error.kind(), in_words(&error));
            assert!(!words.is_empty() && !words.contains("os error"), "{words}");
            let plain = plain(error);
            assert_eq!((plain.kind(), plain.to_string()), (kind, words));
        }
        let own = io::Error::new(io::ErrorKind::FileTooLarge, "it is longer than 5 MiB");
        assert_eq!(plain(own).to_string(), "it is longer than 5 MiB");
    }
}
