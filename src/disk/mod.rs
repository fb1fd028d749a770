//! Files and folders as the system really has them.
//!
//! Comes in: a path. Goes out: the content of a regular file within bounds, or a folder in another's place in
//! one step. This room refuses to wait for a pipe, to read a device to its end, and to leave a moment
//! in which a folder's name leads nowhere.

mod exchange;
mod regular;
mod words;

pub use exchange::{put_in_place, replaceable};
pub use regular::{MOST_TEXT_BYTES, open_lines, open_regular, read_regular, read_text};
pub use words::{in_words, plain};
