//! The tests that see the crate from outside, in one binary: each of its own would link everything again.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the finding")]
#![allow(clippy::disallowed_methods, reason = "what the program may not do, its tests must: read and write files, look at the environment")]

#[cfg(feature = "aws")]
mod doctor;
mod eksctl_schema;
mod output_folder;
mod readme_picture;
mod snapshot_faults;
