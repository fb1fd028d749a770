//! What each way has brought in, month by month.

use super::scale::Scale;
use super::svg::{Anchor, Svg, cut, short, width_of};
use super::ticks::ticks_between;

/// A line of the figure.
#[derive(Debug, Clone)]
pub(in crate::render) struct Curve {
    /// What stands at its right end.
    pub(in crate::render) label: String,
    /// Sum up to each month, from 1.
    pub(in crate::render) sums: Vec<f64>,
    /// The month in which it has paid for itself: a mark.
    pub(in crate::render) paid_back: Option<u32>,
    /// Class of the page's style: `plan-line`, `best-line`, `other-line`.
    pub(in crate::render) class: &'static str,
}

/// The figure around the lines.
pub(in crate::render) struct Curves<'a> {
    pub(in crate::render) curves: &'a [Curve],
    /// First and last month in which both systems run, and what is written there.
    pub(in crate::render) both_run: Option<(u32, u32, &'a str)>,
    /// What stands under the axis.
    pub(in crate::render) axis: &'a str,
    /// How an amount of money is written.
    pub(in crate::render) money: &'a dyn Fn(f64) -> String,
}

const TOP: f64 = 12.0;
/// Between labels at the ends of lines.
const LINE: f64 = 13.0;
const SIZE: f64 = 11.0;

/// Lines around zero, so wide; each is labelled at its end, labels in the order of the ends.
pub(in crate::render) fn curves(label: &str, width: f64, shown: &Curves<'_>) -> String {
    let drawn = || shown.curves.iter().filter(|curve| !curve.sums.is_empty());
    let months = drawn().map(|curve| curve.sums.len()).max().unwrap_or(1);
    #[expect(clippy::cast_precision_loss, reason = "months")]
    let span = months as f64;
    let ends = || drawn().flat_map(|curve| curve.sums.iter().copied());
    let (marks, money) = ticks_between(
        (ends().fold(0.0, f64::min), ends().fold(0.0, f64::max)),
        if width > 500.0 { 6 } else { 5 },
    );
    let left = marks
        .iter()
        .map(|mark| width_of(&(shown.money)(*mark), 10.0))
        .fold(0.0, f64::max)
        + 8.0;
    let labels = drawn()
        // Those that matter are set bold, which is wider.
        .map(|curve| width_of(&curve.label, SIZE) * 1.06)
        .fold(0.0, f64::max)
        .min(width * 0.44);
    #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
    let height = (drawn().count() as f64 * LINE).max(150.0);
    let (base, right) = (TOP + height, width - labels - 16.0);
    let time = Scale::new((0.0, span), (left, right));
    let value = Scale::new(money, (base, TOP));
    let mut svg = Svg::new(width, base + 34.0, label);
    if let Some((first, last, words)) = shown.both_run {
        let (from, to) = (time.at(f64::from(first) - 1.0), time.at(f64::from(last)));
        svg.rect("shade", (from, TOP), (to - from, height), words);
        svg.text("small halo", (from + 3.0, TOP + 10.0), Anchor::Start, words);
    }
    for mark in marks {
        let class = if mark == 0.0 { "axis" } else { "joint" };
        svg.line(class, (left, value.at(mark)), (right, value.at(mark)));
        svg.text(
            "small",
            (left - 4.0, value.at(mark) + 3.5),
            Anchor::End,
            &(shown.money)(mark),
        );
    }
    for curve in drawn() {
        line(&mut svg, curve, time, value);
    }
    let mut ends: Vec<(f64, &Curve)> = drawn()
        .filter_map(|curve| Some((value.at(*curve.sums.last()?), curve)))
        .collect();
    ends.sort_by(|(a, one), (b, other)| a.total_cmp(b).then_with(|| one.label.cmp(&other.label)));
    for ((end, curve), y) in ends.iter().zip(apart(&ends, (TOP, base))) {
        let months = curve.sums.len();
        #[expect(clippy::cast_precision_loss, reason = "months")]
        let x = time.at(months as f64);
        svg.line("leader", (x + 1.0, *end), (right + 10.0, y));
        let class = if curve.class == "other-line" {
            "end"
        } else {
            "end bold"
        };
        svg.text(
            class,
            (right + 13.0, y + 3.8),
            Anchor::Start,
            &cut(&curve.label, labels + 2.0, SIZE),
        );
    }
    #[expect(clippy::cast_possible_truncation, reason = "months")]
    let horizon = months as u32;
    let step = if horizon > 24 { 6 } else { 3 };
    for month in (0..=horizon).filter(|month| month.is_multiple_of(step)) {
        svg.text(
            "small",
            (time.at(f64::from(month)), base + 14.0),
            Anchor::Middle,
            &month.to_string(),
        );
    }
    svg.text("small", (left, base + 29.0), Anchor::Start, shown.axis);
    svg.finish()
}

fn line(svg: &mut Svg, curve: &Curve, time: Scale, value: Scale) {
    let mut path = format!("M{} {}", short(time.at(0.0)), short(value.at(0.0)));
    for (month, sum) in (1_u32..).zip(&curve.sums) {
        path.push_str(&format!(
            "L{} {}",
            short(time.at(f64::from(month))),
            short(value.at(*sum))
        ));
    }
    svg.path(curve.class, &path);
    let place = |month: u32| usize::try_from(month).ok()?.checked_sub(1);
    let paid = curve
        .paid_back
        .and_then(|month| Some((month, *curve.sums.get(place(month)?)?)));
    if let Some((month, sum)) = paid {
        svg.circle("mark", (time.at(f64::from(month)), value.at(sum)), 3.5);
    }
}

/// Places for labels, one line apart, as near to their ends as the drawing has room.
fn apart(ends: &[(f64, &Curve)], (top, base): (f64, f64)) -> Vec<f64> {
    let mut places: Vec<f64> = Vec::new();
    for (end, _) in ends {
        let least = places.last().map_or(top, |last| last + LINE);
        places.push(end.max(least));
    }
    let mut most = base;
    for place in places.iter_mut().rev() {
        *place = place.min(most);
        most = *place - LINE;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_in_the_order_of_the_ends_and_never_on_each_other() {
        let curve = |label: &str, end: f64| Curve {
            label: label.to_owned(),
            sums: vec![-10.0, end],
            paid_back: None,
            class: "other-line",
        };
        let all = [
            curve("low", -50.0),
            curve("equal", 7.0),
            curve("same", 7.0),
            curve("top", 90.0),
        ];
        let shown = Curves {
            curves: &all,
            both_run: None,
            axis: "",
            money: &|value| format!("{value}"),
        };
        let drawn = curves("", 720.0, &shown);
        let y = |label: &str| {
            let at = drawn.find(&format!(">{label}<")).expect("it is there");
            let y = drawn[..at].rfind("y=\"").expect("a place") + 3;
            let number: String = drawn[y..].chars().take_while(|c| *c != '"').collect();
            number.parse::<f64>().expect("a number")
        };
        let places = ["top", "equal", "same", "low"].map(y);
        assert!(
            places
                .windows(2)
                .all(|pair| pair[1] - pair[0] >= LINE - 0.2),
            "{places:?}"
        );
    }
}
