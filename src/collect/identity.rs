//! Whose account it is.

use super::clients::RegionClients;
use super::refused::{Answered, Refused};
use super::scope::Scope;

const UNIT: &str = "identity";

/// Somebody else's credentials than those that began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stranger {
    pub(super) scope: String,
    pub(super) begun: String,
    pub(super) today: String,
}

/// The account of each scope. A service control policy may deny even this; the environments' ARNs then say
/// it. It is asked in every run: what the journal holds belongs to the account that answered it, and the
/// credentials of today may be another's.
pub(super) async fn of_all(scopes: &[Scope]) -> Result<Vec<Answered<String>>, Stranger> {
    let all = futures_util::future::join_all(
        scopes
            .iter()
            .map(|scope| scope.anew(UNIT, read(&scope.clients))),
    )
    .await;
    for (scope, answered) in scopes.iter().zip(&all) {
        let Ok(today) = answered else { continue };
        match scope.journal.answer::<String>(UNIT) {
            Some(begun) if begun != *today => {
                return Err(Stranger {
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

async fn read(clients: &RegionClients) -> Answered<String> {
    let answer = clients
        .sts
        .get_caller_identity()
        .send()
        .await
        .map_err(|error| Refused::of(&error, &clients.region))?;
    answer
        .account
        .ok_or_else(|| Refused::unparsable("GetCallerIdentity answered without an account"))
}

/// The fifth part of `arn:aws:elasticbeanstalk:region:account:environment/…`
pub(super) fn of_arn(arn: &str) -> Option<&str> {
    arn.split(':').nth(4).filter(|account| !account.is_empty())
}
