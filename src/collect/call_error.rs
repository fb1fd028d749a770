//! An answer that did not come.

use std::error::Error;

use aws_sdk_ec2::error::{ProvideErrorMetadata, SdkError};

use super::outcome::Outcome;
use super::refusal::{UNKNOWN_KEY, refusal};
use super::region::RegionName;

/// Why a unit of work has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CallError {
    /// Never `Ok` or `Empty`.
    pub(super) outcome: Outcome,
    /// One printable line of at most 200 characters, without key material.
    pub(super) message: String,
}

/// What a reader of the service returns.
pub(super) type CallResult<T> = Result<T, CallError>;

impl CallError {
    /// From the SDK's error.
    pub(super) fn of<E>(error: &SdkError<E>, region: &RegionName) -> Self
    where
        E: ProvideErrorMetadata + Error + 'static,
    {
        let (outcome, message) = refusal(error, region);
        Self { outcome, message }
    }

    /// Whether the service called it by one of these codes, which stand first in what it said.
    pub(super) fn is_called(&self, codes: &[&str]) -> bool {
        self.message
            .split(':')
            .next()
            .is_some_and(|code| codes.contains(&code.rsplit('.').next().unwrap_or(code)))
    }

    /// Whether the key was unknown to whoever was asked.
    pub(super) fn is_unknown_key(&self) -> bool {
        self.is_called(&UNKNOWN_KEY)
    }

    /// An answer came, and cannot be what the service meant.
    pub(super) fn unparsable(message: impl Into<String>) -> Self {
        Self {
            outcome: Outcome::Unparsable,
            message: message.into(),
        }
    }
}
