//! Whose account it is.

use super::call_error::{CallError, CallResult};
use super::clients::RegionClients;
use super::scope::Scope;

const UNIT: &str = "identity";

/// Somebody else's credentials than those that began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct AccountMismatch {
    pub(super) scope: String,
    pub(super) begun: String,
    pub(super) today: String,
}

/// The account of each scope. A service control policy may deny even this; the environments' ARNs then say
/// it. It is asked in every run: what the journal holds belongs to the account that answered it, and the
/// credentials of today may be another's.
/// What the first contact was refused and may pass is asked for again, with patience.
pub(super) async fn of_all(
    scopes: &[Scope],
    first: Vec<CallResult<String>>,
) -> Result<Vec<CallResult<String>>, AccountMismatch> {
    let asked = scopes.iter().zip(first);
    let asked = asked.map(|(scope, first)| {
        scope.ask_again(UNIT, async move {
            match first {
                Err(refused) if refused.outcome.may_pass() => read(&scope.clients).await,
                known => known,
            }
        })
    });
    let all = futures_util::future::join_all(asked).await;
    for (scope, answered) in scopes.iter().zip(&all) {
        let Ok(today) = answered else { continue };
        match scope.journal.answer::<String>(UNIT) {
            Some(begun) if begun != *today => {
                return Err(AccountMismatch {
                    scope: scope.name(),
                    begun,
                    today: today.clone(),
                });
            }
            Some(_) => {}
            None => scope.keep(UNIT, today),
        }
    }
    Ok(all)
}

pub(super) async fn read(clients: &RegionClients) -> CallResult<String> {
    let answer = clients
        .sts
        .get_caller_identity()
        .send()
        .await
        .map_err(|error| CallError::of(&error, &clients.region))?;
    answer
        .account
        .ok_or_else(|| CallError::unparsable("GetCallerIdentity answered without an account"))
}

/// The fifth part of `arn:aws:elasticbeanstalk:region:account:environment/…`
pub(super) fn of_arn(arn: &str) -> Option<&str> {
    arn.split(':').nth(4).filter(|account| !account.is_empty())
}
