//! The most that an app carries before it gets slow.

use super::Step;

/// The load from which latency grows faster than load.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Knee {
    /// Requests a second of all pods together.
    pub rate: f64,
    /// The latency that counts as slow, in milliseconds.
    pub slow_ms: f64,
    /// Whether the test got there; if not, the app carries at least this.
    pub is_reached: bool,
    /// The last step before it.
    pub last: Step,
}

/// Why there is no knee.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KneeError {
    /// One point has no bend.
    #[error(
        "one step says nothing about where it gets slow; give the results of at least three loads, from light to too heavy"
    )]
    TooFewSteps,
    /// No step was light enough to say what latency is without load.
    #[error(
        "the lightest load was too slow or failed already; begin with a lighter one, or give a higher --slow-ms"
    )]
    SlowFromTheStart,
}

/// More failed requests than this share, and a step carries its load no more.
const FAILED: f64 = 0.01;
/// Without an objective, slow is so many times the latency of the lightest load.
const SLOW: f64 = 2.0;

impl Knee {
    /// Of steps in any order. `slow_ms` is the p95 that users would not accept; without it, twice that of
    /// the fastest step that did not fail. Between the good step of the highest rate and the next bad one the latency is taken
    /// for a straight line. A bad step that answered less than a good one is a collapse: it says that the knee
    /// was passed, and not where.
    ///
    /// # Errors
    /// When there are fewer than two steps, or no good one.
    pub fn of(steps: &[Step], slow_ms: Option<f64>) -> Result<Self, KneeError> {
        if steps.len() < 2 {
            return Err(KneeError::TooFewSteps);
        }
        let fastest = steps
            .iter()
            .filter(|step| step.failed <= FAILED)
            .map(|step| step.p95_ms)
            .fold(f64::INFINITY, f64::min);
        let slow_ms = slow_ms.unwrap_or(SLOW * fastest);
        let is_good = |step: &&Step| step.p95_ms <= slow_ms && step.failed <= FAILED;
        let by_rate = |one: &&Step, other: &&Step| one.rate.total_cmp(&other.rate);
        let last = *steps
            .iter()
            .filter(is_good)
            .max_by(by_rate)
            .ok_or(KneeError::SlowFromTheStart)?;
        let is_reached = !steps.iter().all(|step| is_good(&step));
        // A step that failed but was fast says nothing about where in between it began.
        let next = steps
            .iter()
            .filter(|step| step.rate > last.rate && step.p95_ms > slow_ms)
            .min_by(by_rate);
        let way = next.map_or(0.0, |bad| {
            (bad.rate - last.rate) * (slow_ms - last.p95_ms) / (bad.p95_ms - last.p95_ms)
        });
        Ok(Self {
            rate: last.rate + way,
            slow_ms,
            is_reached,
            last,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(rate: f64, p95_ms: f64) -> Step {
        Step {
            rate,
            p95_ms,
            failed: 0.0,
            cpu_millicores: None,
            memory_mib: None,
        }
    }

    #[test]
    fn the_knee_lies_between_the_last_good_and_the_first_bad_step() {
        // Slow is 40 ms: half of the way from 30 ms at 300/s to 50 ms at 400/s.
        let steps = [
            step(400.0, 50.0),
            step(100.0, 20.0),
            step(300.0, 30.0),
            step(200.0, 22.0),
        ];
        let knee = Knee::of(&steps, None).expect("a knee");
        assert_eq!(
            (knee.rate, knee.slow_ms, knee.is_reached, knee.last.rate),
            (350.0, 40.0, true, 300.0)
        );
        // With an objective of 25 ms: 3/8 of the way from 22 ms to 30 ms.
        assert_eq!(
            Knee::of(&steps, Some(25.0)).map(|knee| knee.rate),
            Ok(237.5)
        );
    }

    #[test]
    fn a_test_that_never_got_slow_gives_a_lower_bound() {
        let knee = Knee::of(&[step(100.0, 20.0), step(200.0, 21.0)], None).expect("a bound");
        assert_eq!((knee.rate, knee.is_reached), (200.0, false));
    }

    #[test]
    fn a_collapse_is_no_light_load() {
        // The heaviest load was answered at 80 a second only, after five seconds.
        let knee = Knee::of(
            &[
                step(100.0, 20.0),
                step(200.0, 22.0),
                step(300.0, 30.0),
                step(80.0, 5_000.0),
            ],
            None,
        )
        .expect("a knee");
        assert_eq!(
            (knee.rate, knee.slow_ms, knee.is_reached),
            (300.0, 40.0, true)
        );
    }

    #[test]
    fn failures_end_it_where_latency_does_not() {
        let failing = Step {
            failed: 0.2,
            ..step(300.0, 5.0)
        };
        let knee =
            Knee::of(&[step(100.0, 20.0), step(200.0, 21.0), failing], None).expect("a knee");
        assert_eq!((knee.rate, knee.is_reached), (200.0, true));
    }

    #[test]
    fn what_says_nothing_is_refused() {
        assert_eq!(
            Knee::of(&[step(100.0, 20.0)], None),
            Err(KneeError::TooFewSteps)
        );
        assert_eq!(
            Knee::of(&[step(100.0, 20.0), step(200.0, 30.0)], Some(10.0)),
            Err(KneeError::SlowFromTheStart)
        );
    }
}
