//! How a call can end.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Each call, and each unit of work that is made of calls, ends in exactly one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Outcome {
    /// AWS answered with what was asked for.
    Ok,
    /// Answered with an empty list, which Beanstalk also does where it should deny.
    Empty,
    /// A permission is missing (IAM, a boundary or a service control policy).
    Denied,
    /// The organisation denies it (a service control policy): no permission of the account's own helps.
    DeniedByOrganization,
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
    /// What was asked about had gone in the meantime.
    Vanished,
    /// An answer came and cannot be read, or was cut off at every attempt.
    Unparsable,
    /// Anything else, under the service's own name for it.
    Failed,
    /// Left out because the credentials had failed before, or the run was interrupted.
    NotAttempted,
}

impl Outcome {
    /// Whether there is no sense in a further call.
    #[must_use]
    pub const fn stops(self) -> bool {
        matches!(
            self,
            Self::CredentialsExpired | Self::CredentialsRejected | Self::NoCredentials
        )
    }

    /// Whether a permission would lift it.
    #[must_use]
    pub const fn is_denied(self) -> bool {
        matches!(self, Self::Denied | Self::DeniedByOrganization)
    }

    /// Whether another attempt, later, can end differently without anybody changing a permission.
    #[must_use]
    pub const fn may_pass(self) -> bool {
        matches!(
            self,
            Self::ThrottledOut
                | Self::TimedOut
                | Self::Unreachable
                | Self::Unparsable
                | Self::NotAttempted
                | Self::Failed
        )
    }

    /// Whether the later collect can rely on the call.
    #[must_use]
    pub const fn is_usable(self) -> bool {
        matches!(self, Self::Ok | Self::Empty)
    }
}

impl Outcome {
    /// As serde writes it: `throttled-out`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Empty => "empty",
            Self::Denied => "denied",
            Self::DeniedByOrganization => "denied-by-organization",
            Self::RegionDisabled => "region-disabled",
            Self::ThrottledOut => "throttled-out",
            Self::TimedOut => "timed-out",
            Self::CredentialsExpired => "credentials-expired",
            Self::CredentialsRejected => "credentials-rejected",
            Self::NoCredentials => "no-credentials",
            Self::Unreachable => "unreachable",
            Self::Vanished => "vanished",
            Self::Unparsable => "unparsable",
            Self::Failed => "failed",
            Self::NotAttempted => "not-attempted",
        }
    }
}

impl fmt::Display for Outcome {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.pad(match self {
            Self::Ok => "ok",
            Self::Empty => "ok, but empty",
            Self::Denied => "denied",
            Self::DeniedByOrganization => "denied by the organization",
            Self::RegionDisabled => "region disabled",
            Self::ThrottledOut => "throttled out",
            Self::TimedOut => "timed out",
            Self::CredentialsExpired => "credentials expired",
            Self::CredentialsRejected => "credentials rejected",
            Self::NoCredentials => "no credentials",
            Self::Unreachable => "unreachable",
            Self::Vanished => "vanished meanwhile",
            Self::Unparsable => "unparsable",
            Self::Failed => "failed",
            Self::NotAttempted => "not attempted",
        })
    }
}
