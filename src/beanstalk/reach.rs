//! Who reaches an environment.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::conflict::Conflicts;
use super::options::Options;
use super::{Balancer, values};

/// Who reaches a load balancer; the narrower first.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Scheme {
    /// Those inside the network.
    Internal,
    /// Everybody: it has public addresses.
    InternetFacing,
}

impl Scheme {
    /// As AWS spells it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InternetFacing => "internet-facing",
            Self::Internal => "internal",
        }
    }
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

/// Who reaches an environment; the narrower first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// Nobody calls it: a worker.
    None,
    /// Those inside the network.
    Internal,
    /// Everybody: its load balancer, or its one instance, has a public address.
    InternetFacing,
}

impl From<Scheme> for Reach {
    fn from(scheme: Scheme) -> Self {
        match scheme {
            Scheme::Internal => Self::Internal,
            Scheme::InternetFacing => Self::InternetFacing,
        }
    }
}

/// By what a reach is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReachEvidence {
    /// Its load balancer was seen so.
    Seen,
    /// `ELBScheme` says so.
    Set,
    /// Neither; Beanstalk's own default, which is public.
    Default,
    /// It has no entrance.
    NoEntrance,
}

/// Who reaches an environment, and by what that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReachReading {
    /// The narrower of what is set and what was seen.
    pub reach: Reach,
    /// Which of the two that is.
    pub evidence: ReachEvidence,
}

/// The reach of the entrance.
pub(super) fn of(entrance: Option<&Balancer>) -> ReachReading {
    match entrance {
        Some(entrance) => ReachReading {
            reach: entrance.scheme.into(),
            evidence: entrance.scheme_evidence,
        },
        None => ReachReading {
            reach: Reach::None,
            evidence: ReachEvidence::NoEntrance,
        },
    }
}

/// Of a load balancer that was seen with the scheme `seen`, which is empty where nobody knows.
/// Source: Elastic Beanstalk Developer Guide, `aws:ec2:vpc`: `public`, the default, or `internal`.
pub(super) fn scheme(
    seen: &str,
    options: &Options<'_>,
    conflicts: &mut Conflicts,
) -> (Scheme, ReachEvidence) {
    let words = [
        ("internal", Scheme::Internal),
        ("public", Scheme::InternetFacing),
        ("internet-facing", Scheme::InternetFacing),
        ("internet facing", Scheme::InternetFacing),
    ];
    let set = options.choice("aws:ec2:vpc", "ELBScheme", &words);
    let seen = values::choice(seen, &words);
    let evidence = match (set, seen) {
        (Some(set), Some(seen)) if set < seen => ReachEvidence::Set,
        (_, Some(_)) => ReachEvidence::Seen,
        (Some(_), None) => ReachEvidence::Set,
        (None, None) => ReachEvidence::Default,
    };
    let scheme = conflicts.narrower_wins(set, seen);
    (scheme.unwrap_or(Scheme::InternetFacing), evidence)
}
