//! The last moment at which an app became another one: a new release, a new customer, a cache.

/// What a level must have lasted, on either side, to be one.
const LEAST_DAYS: usize = 3;
/// What a lower level must have lasted: a holiday or an outage of a few days is none.
const LEAST_DAYS_DOWN: usize = 7;
/// How far the levels must lie apart. Less is what weeks differ by.
const APART: f64 = 1.5;

/// The first day of the level that the last of `days` is on; 0 if it was the same all along.
///
/// `days` has one value for each day, NaN where it is not known. A level begins where every day from
/// there on is at least half as high again as every day before it, or every day before is so above
/// every day after: one outlier on either side is enough to say no.
pub(super) fn last_level(days: &[f64]) -> usize {
    let candidates = LEAST_DAYS..(days.len() + 1).saturating_sub(LEAST_DAYS);
    candidates
        .rev()
        .find(|&day| is_apart(days.get(..day), days.get(day..)))
        .unwrap_or(0)
}

fn is_apart(before: Option<&[f64]>, after: Option<&[f64]>) -> bool {
    let (Some(before), Some(after)) = (before.and_then(Range::of), after.and_then(Range::of))
    else {
        return false;
    };
    after.lowest > before.highest * APART
        || (after.days >= LEAST_DAYS_DOWN && before.lowest > after.highest * APART)
}

/// Of the days that are known; `None` if they are too few.
struct Range {
    lowest: f64,
    highest: f64,
    days: usize,
}

impl Range {
    fn of(days: &[f64]) -> Option<Self> {
        let known = || days.iter().copied().filter(|day| !day.is_nan());
        let days = known().count();
        let range = Self {
            lowest: known().fold(f64::INFINITY, f64::min),
            highest: known().fold(0.0, f64::max),
            days,
        };
        (days >= LEAST_DAYS).then_some(range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_begins_where_all_days_after_it_are_apart_from_all_before() {
        let steps = |levels: &[(f64, usize)]| {
            levels
                .iter()
                .flat_map(|&(level, days)| vec![level; days])
                .collect::<Vec<_>>()
        };
        assert_eq!(last_level(&steps(&[(1.0, 10), (2.0, 4)])), 10, "up");
        assert_eq!(last_level(&steps(&[(2.0, 7), (1.0, 7)])), 7, "down");
        assert_eq!(
            last_level(&steps(&[(2.0, 10), (1.0, 4)])),
            0,
            "a long weekend is no level"
        );
        assert_eq!(
            last_level(&steps(&[(1.0, 4), (4.0, 5), (2.0, 5)])),
            4,
            "apart from all before it, or no level of its own"
        );
        assert_eq!(
            last_level(&steps(&[(1.0, 10), (1.4, 4)])),
            0,
            "weeks differ by so much"
        );
        assert_eq!(
            last_level(&steps(&[(1.0, 12), (2.0, 2)])),
            0,
            "two days are no level"
        );
        assert_eq!(
            last_level(&[1.0, 1.0, 3.0, 1.0, 2.0, 2.0, 2.0]),
            0,
            "one outlier is enough to say no"
        );
        assert_eq!(
            last_level(&[1.0, 1.0, 1.0, f64::NAN, 2.0, 2.0, 2.0]),
            4,
            "an unknown day is on neither side"
        );
        assert_eq!(last_level(&[]), 0);
    }
}
