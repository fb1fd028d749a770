//! What was used over time, between its lowest and its highest, with what is asked for.

use super::scale::{Scale, round_up};
use super::svg::{Anchor, Svg, cut, short};

/// Stretches of equal length.
pub(in crate::render) struct UsageFigure<'a> {
    /// Lowest and highest of each stretch; a gap is a gap.
    pub(in crate::render) ends: &'a [Option<(f64, f64)>],
    /// What is asked for.
    pub(in crate::render) request: f64,
    /// What may not be exceeded, if anything.
    pub(in crate::render) limit: Option<f64>,
    /// What it has today.
    pub(in crate::render) has_today: f64,
    /// Words for the three, and for the band.
    pub(in crate::render) request_label: &'a str,
    pub(in crate::render) limit_label: &'a str,
    pub(in crate::render) today_label: &'a str,
    /// First and last day.
    pub(in crate::render) days: (&'a str, &'a str),
    /// A value in words.
    pub(in crate::render) amount: &'a dyn Fn(f64) -> String,
}

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 150.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 354.0;
const TOP: f64 = 8.0;
const BASE: f64 = 128.0;

/// A band, and lines for what is asked for.
pub(in crate::render) fn usage(label: &str, shown: &UsageFigure<'_>) -> String {
    let highest = shown
        .ends
        .iter()
        .flatten()
        .map(|(_, high)| *high)
        .fold(0.0, f64::max);
    // What the instance has may be far above all that matters: it is drawn where it fits.
    let needed = [highest, shown.request, shown.limit.unwrap_or_default()]
        .into_iter()
        .fold(0.0, f64::max);
    let axis = round_up(needed * 1.02);
    #[expect(clippy::cast_precision_loss, reason = "a hundred points")]
    let time = Scale::new((0.0, shown.ends.len().max(1) as f64), (LEFT, RIGHT));
    let value = Scale::new((0.0, axis), (BASE, TOP));
    let mut svg = Svg::new(WIDTH, HEIGHT, label);
    svg.path("band", &band(shown.ends, &time, &value));
    let mut words: Vec<(f64, String)> = Vec::new();
    let mut line = |svg: &mut Svg, class: &str, at: f64, name: &str| {
        if at <= axis {
            svg.line(class, (LEFT, value.at(at)), (RIGHT, value.at(at)));
            words.push((value.at(at), format!("{name} {}", (shown.amount)(at))));
        }
    };
    line(&mut svg, "today", shown.has_today, shown.today_label);
    if let Some(limit) = shown.limit {
        line(&mut svg, "limit", limit, shown.limit_label);
    }
    line(&mut svg, "request", shown.request, shown.request_label);
    words.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut lowest = TOP - 2.0;
    for (y, words) in words {
        // One above the other, never over each other.
        lowest = (y - 3.0).max(lowest + 11.0);
        svg.text(
            "small halo",
            (RIGHT - 2.0, lowest),
            Anchor::End,
            &cut(&words, 200.0, 10.0),
        );
    }
    svg.line("axis", (LEFT, BASE), (RIGHT, BASE));
    for at in [0.0, axis / 2.0, axis] {
        svg.text(
            "small",
            (LEFT - 4.0, value.at(at) + 3.5),
            Anchor::End,
            &(shown.amount)(at),
        );
    }
    svg.text("small", (LEFT, HEIGHT - 8.0), Anchor::Start, shown.days.0);
    svg.text("small", (RIGHT, HEIGHT - 8.0), Anchor::End, shown.days.1);
    svg.finish()
}

/// Highs from left to right, lows back; a piece for each run without gaps.
fn band(ends: &[Option<(f64, f64)>], time: &Scale, value: &Scale) -> String {
    let mut path = String::new();
    let mut place = 0.0;
    for run in ends.chunk_by(|a, b| a.is_some() == b.is_some()) {
        let from = place;
        #[expect(clippy::cast_precision_loss, reason = "a hundred points")]
        let length = run.len() as f64;
        place += length;
        let known: Vec<(f64, f64)> = run.iter().flatten().copied().collect();
        if known.is_empty() {
            continue;
        }
        // Steps: a stretch is as wide as it is, and a single one is seen.
        let x = |index: usize| time.at(from + index as f64);
        let mut command = 'M';
        for (index, (_, high)) in known.iter().enumerate() {
            path.push_str(&format!(
                "{command}{} {}H{}",
                short(x(index)),
                short(value.at(*high)),
                short(x(index + 1))
            ));
            command = 'L';
        }
        for (index, (low, _)) in known.iter().enumerate().rev() {
            // At least half a pixel: a stretch of one value is seen.
            path.push_str(&format!(
                "L{} {}H{}",
                short(x(index + 1)),
                short(value.at(*low) + 0.5),
                short(x(index))
            ));
        }
        path.push('Z');
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_gaps_and_peaks_are_kept() {
        let time = Scale::new((0.0, 4.0), (0.0, 40.0));
        let value = Scale::new((0.0, 10.0), (100.0, 0.0));
        let path = band(
            &[Some((1.0, 9.0)), None, Some((2.0, 3.0)), Some((2.0, 2.0))],
            &time,
            &value,
        );
        assert_eq!(
            path,
            "M0 10H10L10 90.5H0ZM20 70H30L30 80H40L40 80.5H30L30 80.5H20Z"
        );
        assert_eq!(band(&[None, None], &time, &value), "");
    }
}
