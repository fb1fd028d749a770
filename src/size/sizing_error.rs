//! Why an environment has no sizing.

use std::fmt;

use crate::units::Resources;
use crate::wording::{Text, text};

/// Why an environment has no sizing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SizingError {
    /// The catalogue has no such type.
    UnknownInstanceType(String),
    /// Nothing to size by.
    NoCpuHistory {
        /// Samples that its instances should have left.
        expected: u64,
        /// Samples that came but cannot be true.
        rejected: u64,
    },
    /// Not even in the most pieces that the policy allows.
    TooLarge {
        /// One of today's instances, in requests.
        needs: Resources,
        /// What one pod may have.
        room: Resources,
        /// The most pieces that the policy lets an instance become.
        max_split: u32,
    },
    /// Nothing runs, and nothing should.
    NoInstances,
    /// Nothing ran at the moment of collecting, though something should.
    InstancesMissing {
        /// The larger of minimum and desired capacity.
        wanted: u32,
    },
}

impl SizingError {
    /// The reason, as plans and reports give it.
    #[must_use]
    pub fn text(&self) -> Text {
        match self {
            Self::UnknownInstanceType(name) => text!("unsized-instance-type", name = name),
            Self::NoCpuHistory {
                expected,
                rejected: 0,
            } => text!("unsized-no-cpu", expected = *expected),
            Self::NoCpuHistory { expected, rejected } => text!(
                "unsized-no-true-cpu",
                expected = *expected,
                rejected = *rejected
            ),
            Self::TooLarge {
                needs,
                room,
                max_split,
            } => {
                text!(
                    "unsized-too-large",
                    needs = *needs,
                    room = *room,
                    pods = *max_split
                )
            }
            Self::NoInstances => text!("unsized-no-instances"),
            Self::InstancesMissing { wanted } => {
                text!("unsized-instances-missing", wanted = *wanted)
            }
        }
    }
}

impl fmt::Display for SizingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text().fmt(f)
    }
}

impl std::error::Error for SizingError {}
