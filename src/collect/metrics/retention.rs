//! How far back CloudWatch answers.
//!
//! It keeps 1 minute for 15 days, 5 minutes for 63 and an hour for 455 (CloudWatch API reference,
//! GetMetricData), counted from the moment of the call: a start before that brings nothing at all, not
//! what is left.

use super::series_request::Span;

const DAY: i64 = 86_400;

/// A run takes hours, and its grid ends with a whole one.
const SPARE_DAYS: u32 = 1;

/// Asked for at `now`, in seconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::collect) struct Retention {
    pub(in crate::collect) now: i64,
}

impl Retention {
    /// `days`, or as many as a run that begins now can still ask for at its end.
    pub(in crate::collect) fn days(days: u32, period: u32) -> u32 {
        days.min(kept_days(period) - SPARE_DAYS)
    }

    /// The part of `span` that still answers: a run that goes on days later asks for that much less.
    pub(in crate::collect) fn within(self, span: Span) -> Span {
        let oldest = self.now - i64::from(kept_days(span.period)) * DAY + DAY / 2;
        if span.start >= oldest {
            return span;
        }
        let whole_hour = (oldest + 3_599).div_euclid(3_600) * 3_600;
        span.within(Some(whole_hour), None)
    }
}

const fn kept_days(period: u32) -> u32 {
    match period {
        ..300 => 15,
        300..3_600 => 63,
        _ => 455,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_stays_inside_the_limit_however_late_it_is_asked_for() {
        let hour = 1_000_000 * 3_600;
        for (period, kept) in [(60, 15), (300, 63), (3_600, 455)] {
            assert_eq!(Retention::days(kept, period), kept - 1);
            assert_eq!(Retention::days(3, period), 3);
            let span = Span::back(hour, Retention::days(kept, period), period);
            assert_eq!(
                Retention { now: hour + 3_599 }.within(span),
                span,
                "the same day nothing changes"
            );
            for days in [1, 5, 14] {
                let now = hour + days * DAY + 1_234;
                let later = Retention { now }.within(span);
                assert!(
                    later.start > now - i64::from(kept) * DAY && later.start <= later.end,
                    "{period} after {days} days"
                );
                assert_eq!(later.start % 3_600, 0);
            }
        }
    }
}
