//! A turnstile: so much a second, in the order of arrival, slower after a refusal.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

use super::paces::Pace;

/// After a refusal the rate falls to this share of what it was, at most once in [`REACTION`].
const SLOWER: f64 = 0.7;

/// With each answer it rises again by this share of the full rate.
const FASTER: f64 = 0.02;

/// It never falls below this share of the full rate: a refusal is answered by the attempts, too.
const SLOWEST: f64 = 0.2;

/// Refusals within this time speak of the same burst.
const REACTION: Duration = Duration::from_secs(1);

/// One limit of one service in one region of one account.
#[derive(Debug)]
pub(super) struct RateLimiter {
    pace: Pace,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Units in a second, now.
    rate: f64,
    /// When the next unit may pass.
    next: Instant,
    slowed: Option<Instant>,
}

impl RateLimiter {
    pub(super) fn new(pace: Pace) -> Self {
        Self {
            pace,
            state: Mutex::new(State {
                rate: pace.per_second,
                next: Instant::now(),
                slowed: None,
            }),
        }
    }

    /// Waits until `units` may pass. Whoever came first goes first. A gate that was idle lets a burst
    /// through; something larger than the burst passes alone and is paid for by those behind it.
    pub(super) async fn pass(&self, units: f64) {
        let turn = self.turn(Instant::now(), units);
        tokio::time::sleep_until(turn).await;
    }

    /// When `units` that arrive now may pass.
    fn turn(&self, now: Instant, units: f64) -> Instant {
        let mut state = self.lock();
        // What was not used before the burst's time is lost, so that a pause is not followed by a flood.
        let earliest = now
            .checked_sub(Duration::from_secs_f64(self.pace.burst / state.rate))
            .unwrap_or(now);
        let turn = state.next.max(earliest);
        state.next = turn + Duration::from_secs_f64(units / state.rate);
        turn
    }

    /// The service refused for speed.
    pub(super) fn throttled(&self) {
        self.throttled_at(Instant::now());
    }

    fn throttled_at(&self, now: Instant) {
        let mut state = self.lock();
        if state
            .slowed
            .is_none_or(|at| now.duration_since(at) >= REACTION)
        {
            state.rate = (state.rate * SLOWER).max(self.pace.per_second * SLOWEST);
            state.slowed = Some(now);
        }
    }

    /// Tells the gate that the service answered.
    pub(super) fn answered(&self) {
        let mut state = self.lock();
        state.rate = (state.rate + self.pace.per_second * FASTER).min(self.pace.per_second);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        // Nothing in here panics while it holds the lock; if it did, the state would still be usable.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(per_second: f64, burst: f64) -> RateLimiter {
        RateLimiter::new(Pace { per_second, burst })
    }

    /// When each of `count` single units passes that arrive together after `pause`, in milliseconds after
    /// their arrival.
    fn turns(gate: &RateLimiter, pause: Duration, count: u32) -> Vec<u128> {
        let arrival = gate.lock().next + pause;
        (0..count)
            .map(|_| {
                gate.turn(arrival, 1.0)
                    .saturating_duration_since(arrival)
                    .as_millis()
            })
            .collect()
    }

    #[test]
    fn nothing_passes_faster_than_the_pace() {
        assert_eq!(
            turns(&gate(2.0, 0.0), Duration::ZERO, 4),
            [0, 500, 1_000, 1_500]
        );
    }

    #[test]
    fn a_pause_is_followed_by_the_burst_and_no_more() {
        assert_eq!(
            turns(&gate(10.0, 3.0), Duration::from_secs(600), 6),
            [0, 0, 0, 0, 100, 200]
        );
    }

    #[test]
    fn large_things_are_paid_for_by_those_behind_them() {
        let gate = gate(1_000.0, 0.0);
        let arrival = gate.lock().next;
        assert_eq!(gate.turn(arrival, 5_000.0), arrival);
        assert_eq!(gate.turn(arrival, 1.0), arrival + Duration::from_secs(5));
    }

    #[test]
    fn refusals_slow_it_down_and_answers_bring_it_back() {
        let gate = gate(2.0, 0.0);
        let mut now = Instant::now();
        gate.throttled_at(now);
        gate.throttled_at(now);
        assert!(
            (gate.lock().rate - 1.4).abs() < 1e-9,
            "two refusals at once are one"
        );
        for _ in 0..100 {
            now += REACTION;
            gate.throttled_at(now);
        }
        assert!(
            (gate.lock().rate - 0.4).abs() < 1e-9,
            "never slower than a fifth"
        );
        for _ in 0..100 {
            gate.answered();
        }
        assert!(
            (gate.lock().rate - 2.0).abs() < 1e-9,
            "never faster than the pace"
        );
    }
}
