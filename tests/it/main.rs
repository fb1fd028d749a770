//! The tests that see the crate from outside, in one binary: each of its own would link everything again.

#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test a panic is the finding"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "what the program may not do, its tests must: read and write files, look at the environment"
)]

mod backtest;
mod bad_input;
mod calibrate;
mod cases;
mod charts;
mod choosing;
#[cfg(feature = "aws")]
mod collect;
mod controller;
mod delivery_files;
mod determinism;
#[cfg(feature = "aws")]
mod doctor;
mod effect;
mod eksctl_schema;
#[cfg(feature = "aws")]
#[path = "../fake_aws/mod.rs"]
mod fake_aws;
mod file_circles;
mod fleet;
mod formats;
mod fuzzed;
mod golden;
mod hostile;
mod import;
mod kept_reports;
mod manifests;
mod money;
mod output_folder;
mod plan_schema;
mod platform_files;
#[cfg(feature = "aws")]
mod prices;
mod program;
mod readme_picture;
mod reconcile;
mod reports;
mod rooms;
mod shell;
mod snapshot_faults;
mod terminal;
