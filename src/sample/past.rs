//! The evenings on which one environment has more instances than today.

use jiff::{SignedDuration, Timestamp};

use crate::snapshot::Window;

use super::demand::Moment;
use super::recipe::Recipe;

/// Instances that ran before today beyond those that run now.
pub(super) const EXTRA_INSTANCES: u32 = 2;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// Each Saturday from 17:00 to midnight in Japan, if all of it lies in the window.
pub(super) fn saturday_evenings(recipe: &Recipe) -> Vec<Window> {
    let window = recipe.window();
    let mut evenings = Vec::new();
    let mut hour = window.start;
    while let Ok(end) = hour.checked_add(HOUR * 7)
        && end <= window.end
    {
        if is_saturday_at_five(hour) {
            evenings.push(Window { start: hour, end });
        }
        let Ok(next) = hour.checked_add(HOUR) else {
            break;
        };
        hour = next;
    }
    evenings
}

fn is_saturday_at_five(time: Timestamp) -> bool {
    let moment = Moment::of(time.as_second());
    moment.weekday == 5 && (17.0..18.0).contains(&moment.hour)
}
