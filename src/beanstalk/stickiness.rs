//! Whether a client stays with its instance.

use serde::{Deserialize, Serialize};

use super::classic_policies::{self, POLICIES};
use super::options::Options;

/// How a client stays with its pod.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Stickiness {
    /// The application's own cookie; absent: one of the load balancer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub app_cookie: Option<String>,
    /// Until the cookie ends, from 1 to 604,800 seconds: a week.
    pub seconds: u32,
}

pub(super) fn of(namespace: &str, is_default: bool, options: &Options<'_>) -> Option<Stickiness> {
    // A week is the most that a load balancer takes; a cookie without an end is a day.
    let seconds = |namespace: &str, name: &str| {
        options
            .number(namespace, name, 1, 604_800)
            .unwrap_or(86_400)
    };
    if options.is_on(namespace, "StickinessEnabled") {
        return Some(Stickiness {
            app_cookie: None,
            seconds: seconds(namespace, "StickinessLBCookieDuration"),
        });
    }
    (is_default && options.is_on(POLICIES, "Stickiness Policy")).then(|| Stickiness {
        app_cookie: classic_policies::app_cookie(options),
        seconds: seconds(POLICIES, "Stickiness Cookie Expiration"),
    })
}
