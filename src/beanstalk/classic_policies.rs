//! The policies of a classic load balancer that hold for all of its listeners, and the names of its own.

use super::options::Options;
use super::values;

pub(super) const POLICIES: &str = "aws:elb:policies";
/// What stands before the name of a policy of its own.
pub(super) const POLICY: &str = "aws:elb:policies:";

/// The first cookie of the app's own that a policy names.
pub(super) fn app_cookie(options: &Options<'_>) -> Option<String> {
    options
        .parts(POLICY)
        .into_iter()
        .filter_map(|policy| options.get(&format!("{POLICY}{policy}"), "CookieName"))
        .find_map(values::identifier)
}

/// Draining that is switched off is a delay of none.
pub(super) fn draining_seconds(options: &Options<'_>) -> Option<u32> {
    let is_on = options.flag(POLICIES, "ConnectionDrainingEnabled")?;
    let seconds = options.number(POLICIES, "ConnectionDrainingTimeout", 1, 3_600);
    Some(if is_on { seconds.unwrap_or(20) } else { 0 })
}
