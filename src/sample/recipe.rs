//! What a made-up fleet is made from.

use jiff::{SignedDuration, Timestamp};

use crate::snapshot::Window;

/// The grid of the histories, that of CloudWatch's basic monitoring.
pub(super) const PERIOD_SECONDS: u32 = 300;

/// The default end of the window. The fixture in git was made with it, so it may not move.
const END: Timestamp = Timestamp::constant(1_794_700_800, 0);

/// How large a fleet, how long a history, and which one of all the possible ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// Live environments. Each 24 of them bring a terminated one along.
    pub environments: u32,
    /// Length of the window.
    pub days: u32,
    /// Another seed, another fleet; the same seed, the same bytes.
    pub seed: u64,
    /// The end of the window, and the day of the collection.
    pub end: Timestamp,
}

impl Default for Recipe {
    /// The fleet in `fixtures/sample`: 24 environments and the 63 days for which CloudWatch keeps
    /// 5-minute samples.
    fn default() -> Self {
        Self {
            environments: 24,
            days: 63,
            seed: 1,
            end: END,
        }
    }
}

impl Recipe {
    /// The days before the end.
    #[must_use]
    pub fn window(&self) -> Window {
        Window {
            start: self.before_end(i64::from(self.days) * 24),
            end: self.end,
        }
    }

    /// So many hours before the end, or the earliest moment there is.
    pub(super) fn before_end(&self, hours: i64) -> Timestamp {
        self.end
            .checked_sub(SignedDuration::from_hours(hours))
            .unwrap_or(Timestamp::MIN)
    }

    /// What the manifest tells people.
    pub(super) fn note(&self) -> String {
        let Self {
            environments,
            days,
            seed,
            end,
        } = self;
        format!(
            "made up: every name, setting and sample comes from a seeded generator and describes no real system; \
             made by: eb2eks sample --environments {environments} --days {days} --seed {seed} --end {end}"
        )
    }
}
