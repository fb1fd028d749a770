//! The tests that see the crate from outside, in one binary.

#![expect(clippy::expect_used, reason = "a test that cannot go on has failed")]

mod snapshot_faults;
