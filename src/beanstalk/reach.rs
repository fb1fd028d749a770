//! Who reaches an environment.

use super::{Balancer, ReachEvidence, Scheme};

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
