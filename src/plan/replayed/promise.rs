//! The promise that a plan is held to: how often its replay may hurt an app.

use super::{ReplayRun, ReplayedApp};
use crate::policy;

/// An app may have so many times the fleet's rate, since one app has few pods.
const OF_AN_APP: f64 = 5.0;

/// And so many evictions and kills anyway: of one event there may be no rate.
const ANYWAY: u64 = 2;

impl ReplayRun {
    /// Evictions and kills of a pod in a week.
    #[must_use]
    pub fn rate(&self) -> f64 {
        rate(self.evictions + self.kills, self.pod_weeks)
    }

    /// Whether the fleet, as a whole, was hurt no more often than the policy allows.
    #[must_use]
    pub fn is_kept(&self, rules: &policy::Replay) -> bool {
        let hurt = self.evictions + self.kills;
        (hurt <= ANYWAY || self.rate() <= rules.evictions_per_pod_week.get())
            && self.starved_share() <= rules.starved_share.get()
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "minutes of a fleet, far under 2^53"
    )]
    fn starved_share(&self) -> f64 {
        self.starved_app_minutes as f64 / self.app_minutes.max(1) as f64
    }
}

impl ReplayedApp {
    /// Whether it was hurt no more often than one app of a fleet may be.
    #[must_use]
    #[expect(
        clippy::cast_precision_loss,
        reason = "minutes of an app, far under 2^53"
    )]
    pub fn is_kept(&self, rules: &policy::Replay) -> bool {
        let hurt = self.evictions + self.kills;
        let starved = self.starved_app_minutes as f64 / self.app_minutes.max(1) as f64;
        (hurt <= ANYWAY
            || rate(hurt, self.pod_weeks) <= OF_AN_APP * rules.evictions_per_pod_week.get())
            && starved <= OF_AN_APP * rules.starved_share.get()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "events of a fleet, far under 2^53"
)]
fn rate(events: u64, pod_weeks: f64) -> f64 {
    if pod_weeks > 0.0 {
        events as f64 / pod_weeks
    } else {
        0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> policy::Replay {
        crate::policy::defaults()
            .expect("the shipped policy")
            .replay
    }

    #[test]
    fn a_fleet_may_be_hurt_as_often_as_the_policy_says() {
        // Five in a hundred pod-weeks, and five in ten thousand minutes.
        let run = |hurt, starved_app_minutes| ReplayRun {
            evictions: hurt,
            pod_weeks: 200.0,
            app_minutes: 100_000,
            starved_app_minutes,
            ..ReplayRun::default()
        };
        assert!(run(10, 50).is_kept(&rules()));
        assert!(!run(11, 50).is_kept(&rules()));
        assert!(!run(10, 51).is_kept(&rules()));
    }

    #[test]
    fn one_app_may_be_hurt_twice_and_not_carry_the_fleets_risk() {
        // Four pods for a fortnight: a quarter of eight pod-weeks is two.
        let app = |evictions, kills| ReplayedApp {
            evictions,
            kills,
            pod_weeks: 8.0,
            app_minutes: 20_160,
            ..ReplayedApp::default()
        };
        assert!(app(1, 1).is_kept(&rules()));
        assert!(!app(2, 1).is_kept(&rules()));
        let mut small = app(2, 0);
        small.pod_weeks = 2.0;
        assert!(small.is_kept(&rules()), "two in any time");
    }
}
