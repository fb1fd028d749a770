//! How often other fleets' nodes ran short, for fleets that have too few weeks of their own.

use super::level::LADDER;

/// Node-days short of memory in a hundred pod-weeks, on each rung: of the recorded fleet of docs/METHOD.md, tried as
/// [`super::trial`] tries one's own at its end and two weeks before, made even so that no higher rung is short more
/// often.
const SHORT_IN_A_HUNDRED: [f64; LADDER.len()] = [0.16, 0.16, 0.16, 0.13, 0.07, 0.06, 0.05, 0.0];

/// How many pod-weeks of its own the prior stands for: those of a dozen environments in a month.
pub(super) const POD_WEEKS: u32 = 200;

/// Node-days short in [`POD_WEEKS`] on a rung.
pub(super) fn short(rung: usize) -> f64 {
    SHORT_IN_A_HUNDRED.get(rung).copied().unwrap_or(0.0) * f64::from(POD_WEEKS) / 100.0
}
