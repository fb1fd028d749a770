//! How a call can end.

use std::fmt;

/// Each call of the list ends in exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Outcome {
    /// Answered.
    Ok,
    /// Answered with an empty list, which Beanstalk also does where it should deny.
    Empty,
    /// A permission is missing (IAM, a boundary or a service control policy).
    Denied,
    /// The account has not enabled the region.
    RegionDisabled,
    /// Throttled at every attempt.
    ThrottledOut,
    /// No answer in time.
    TimedOut,
    /// The credentials were good and are no longer.
    CredentialsExpired,
    /// AWS does not know the key, or the signature does not fit: a wrong key or a wrong clock.
    CredentialsRejected,
    /// None were found, or they could not be loaded.
    NoCredentials,
    /// No connection: name resolution, proxy, firewall, TLS.
    Unreachable,
    /// Anything else, an unreadable answer included.
    Failed,
    /// Left out because the credentials had failed before.
    NotAttempted,
}

impl Outcome {
    /// Whether there is no sense in a further call.
    #[must_use]
    pub const fn stops(self) -> bool {
        matches!(self, Self::CredentialsExpired | Self::CredentialsRejected | Self::NoCredentials)
    }

    /// Whether the later collect can rely on the call.
    #[must_use]
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Ok | Self::Empty)
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Self::Ok => "ok",
            Self::Empty => "ok, but empty",
            Self::Denied => "denied",
            Self::RegionDisabled => "region disabled",
            Self::ThrottledOut => "throttled out",
            Self::TimedOut => "timed out",
            Self::CredentialsExpired => "credentials expired",
            Self::CredentialsRejected => "credentials rejected",
            Self::NoCredentials => "no credentials",
            Self::Unreachable => "unreachable",
            Self::Failed => "failed",
            Self::NotAttempted => "not attempted",
        })
    }
}
