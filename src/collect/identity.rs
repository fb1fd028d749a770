//! Whose account it is.

use super::clients::RegionClients;
use super::refused::{Answered, Refused};
use super::scope::Scope;

/// The account of each scope. A service control policy may deny even this; the environments' ARNs then say
/// it.
pub(super) async fn of_all(scopes: &[Scope]) -> Vec<Answered<String>> {
    futures_util::future::join_all(scopes.iter().map(|scope| scope.unit("identity", read(&scope.clients)))).await
}

async fn read(clients: &RegionClients) -> Answered<String> {
    let answer = clients.sts.get_caller_identity().send().await.map_err(|error| Refused::of(&error, &clients.region))?;
    answer.account.ok_or_else(|| Refused::unparsable("GetCallerIdentity answered without an account"))
}

/// The fifth part of `arn:aws:elasticbeanstalk:region:account:environment/…`
pub(super) fn of_arn(arn: &str) -> Option<&str> {
    arn.split(':').nth(4).filter(|account| !account.is_empty())
}
