//! Whether anybody is there at all, before a collection takes its time.
//!
//! A collection waits long for a single call, because a lost one is a gap. Where nothing is reachable, whoever
//! started it should know within seconds, and what to do.

use std::time::Duration;

use super::call_error::{CallError, CallResult};
use super::clients::RegionClients;
use super::identity;
use super::outcome::Outcome;
use super::scope::Scope;

/// After so long without an answer of the token service, Beanstalk is asked beside it: where a network lets only some
/// services through, it may be the one.
const HEDGE: Duration = Duration::from_secs(2);

/// What the first contact brought.
#[derive(Debug)]
pub(super) struct FirstContact {
    /// Whose account it is, if that was answered.
    pub(super) identity: CallResult<String>,
    /// Why nobody is there.
    pub(super) unreached: Option<CallError>,
}

/// Asks whose account it is, a few seconds long.
pub(super) async fn contact(scope: &Scope) -> FirstContact {
    let quick = &scope.quick_clients;
    let asked = async {
        let asking = identity::read(quick);
        tokio::pin!(asking);
        let identity = match tokio::time::timeout(HEDGE, &mut asking).await {
            Ok(identity) => identity,
            Err(_) => {
                let (identity, beanstalk) = tokio::join!(asking, answers(quick));
                return FirstContact {
                    unreached: is_unreached(&identity).filter(|_| !beanstalk),
                    identity,
                };
            }
        };
        let unreached = match is_unreached(&identity) {
            Some(refused) if !answers(quick).await => Some(refused),
            _ => None,
        };
        FirstContact {
            identity,
            unreached,
        }
    };
    tokio::select! {
        contact = asked => contact,
        () = scope.control.stopped() => FirstContact {
            identity: Err(CallError {
                outcome: Outcome::NotAttempted,
                message: "the run was stopped before".to_owned(),
            }),
            unreached: None,
        },
    }
}

/// Whether Beanstalk answers anything at all, a refusal included.
async fn answers(clients: &RegionClients) -> bool {
    let answer = clients
        .beanstalk
        .describe_environments()
        .max_records(1)
        .send()
        .await;
    match answer {
        Ok(_) => true,
        Err(error) => is_unreached::<()>(&Err(CallError::of(&error, &clients.region))).is_none(),
    }
}

/// Nothing came, or nothing that a service of AWS says.
pub(super) const fn is_silence(outcome: Outcome) -> bool {
    matches!(
        outcome,
        Outcome::Unreachable | Outcome::TimedOut | Outcome::Unparsable
    )
}

fn is_unreached<T>(answered: &CallResult<T>) -> Option<CallError> {
    answered
        .as_ref()
        .err()
        .filter(|refused| is_silence(refused.outcome))
        .cloned()
}
