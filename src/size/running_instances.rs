//! How many instances of an app ran at a time.

/// Of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct RunningInstances {
    /// In all but a twentieth of the time no more ran: the instances of a deployment, which come beside those that
    /// they replace, are not load, and neither is an hour of a day.
    pub(super) usual: u32,
    /// The highest number at any time.
    pub(super) most: u32,
    /// In all but a twentieth of the time no fewer ran.
    pub(super) least: u32,
    /// Whether it was the same number all the time.
    pub(super) is_steady: bool,
}

/// The share of the time in which more than the usual number may run: 72 minutes of a day.
const BUSY_SHARE: f64 = 0.05;

impl RunningInstances {
    /// By counting; `alive` is how many lived in each slot.
    #[expect(
        clippy::cast_precision_loss,
        reason = "2^53 slots are more than any history has"
    )]
    pub(super) fn of(alive: &[u16]) -> Self {
        let mut slots = vec![0_usize; usize::from(alive.iter().copied().max().unwrap_or(0)) + 1];
        for &count in alive {
            if let Some(slots) = slots.get_mut(usize::from(count)) {
                *slots += 1;
            }
        }
        let a_part = alive.len() as f64 * BUSY_SHARE;
        let usual = passed(slots.iter().enumerate().rev(), a_part);
        let least = passed(slots.iter().enumerate(), a_part);
        let as_u32 = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            usual: as_u32(usual),
            least: as_u32(least),
            most: as_u32(slots.len() - 1),
            is_steady: slots.iter().filter(|slots| **slots > 0).count() <= 1,
        }
    }
}

/// The first number, from one end, at which more slots than `a_part` have been passed.
#[expect(
    clippy::cast_precision_loss,
    reason = "2^53 slots are more than any history has"
)]
fn passed<'a>(mut numbers: impl Iterator<Item = (usize, &'a usize)>, a_part: f64) -> usize {
    let mut slots_passed = 0;
    let found = numbers.find(|(_, slots)| {
        slots_passed += **slots;
        slots_passed as f64 > a_part
    });
    found.map_or(0, |(count, _)| count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_crowd_is_not_the_usual_number() {
        // A day of 288 slots: two instances, in 14 of them (under a twentieth) four.
        let mut day = vec![2_u16; 288];
        day[100..114].fill(4);
        let running = RunningInstances::of(&day);
        assert_eq!(
            (
                running.usual,
                running.most,
                running.least,
                running.is_steady
            ),
            (2, 4, 2, false)
        );
        day[100..116].fill(4);
        assert_eq!(RunningInstances::of(&day).usual, 4, "16 of 288 are more");
        assert!(RunningInstances::of(&[3; 10]).is_steady);
        assert_eq!(RunningInstances::of(&[]).usual, 0);
    }
}
