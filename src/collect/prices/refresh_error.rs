//! Why a refresh brings no price.

use super::super::accounts::AccountError;
use super::super::contact;
use super::super::outcome::Outcome;
use super::super::remedy::remedy;

/// Why nothing was read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RefreshError {
    /// There are no credentials, or nobody answers.
    #[error(transparent)]
    Account(#[from] AccountError),
    /// No query brought a price.
    #[error("no price was read: {message}\nhint: {}", hint(*.outcome, .message))]
    Nothing {
        /// In the words of the first that brought none.
        message: String,
        /// Whether AWS answered, and with what.
        outcome: Outcome,
    },
    /// The snapshot holds no environment.
    #[error("the snapshot needs no price: it holds no environment")]
    NotNeeded,
    /// The system refused what an event loop needs.
    #[error("cannot start the event loop: {0}\nhint: too many open files?")]
    EventLoop(#[source] std::io::Error),
}

fn hint(outcome: Outcome, message: &str) -> &'static str {
    match outcome {
        Outcome::Denied | Outcome::DeniedByOrganization => {
            "pricing:GetProducts must be allowed; eb2eks iam-policy prints the statement"
        }
        Outcome::Ok => "prices refresh --dry-run shows what was asked",
        outcome if outcome.stops() => "aws sso login, or name a profile with --profile",
        outcome if contact::is_silence(outcome) => remedy(outcome, message),
        _ => "try again later, or ask elsewhere with --region eu-central-1",
    }
}
