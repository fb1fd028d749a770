//! The tests that see the crate from outside, in one binary.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, reason = "in a test a panic is the finding")]

mod eksctl_schema;
mod output_folder;
mod snapshot_faults;
