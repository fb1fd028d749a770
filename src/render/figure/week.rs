//! A usual week, hour by hour.

use super::scale::{Scale, round_up};
use super::svg::{Anchor, Svg, short};

/// 168 hours from Monday 00:00.
pub(in crate::render) struct WeekFigure<'a> {
    /// Mean and highest of each hour.
    pub(in crate::render) hours: &'a [Option<(f64, f64)>],
    /// Names of the days, from Monday on.
    pub(in crate::render) days: [String; 7],
    /// A value in words.
    pub(in crate::render) amount: &'a dyn Fn(f64) -> String,
}

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 110.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 354.0;
const TOP: f64 = 8.0;
const BASE: f64 = 88.0;
const HOURS: f64 = 168.0;

/// The mean as an area, the highest as a line above it.
pub(in crate::render) fn week(label: &str, shown: &WeekFigure<'_>) -> String {
    let most = round_up(
        shown
            .hours
            .iter()
            .flatten()
            .map(|(_, high)| *high)
            .fold(0.0, f64::max),
    );
    let time = Scale::new((0.0, HOURS), (LEFT, RIGHT));
    let value = Scale::new((0.0, most), (BASE, TOP));
    let mut svg = Svg::new(WIDTH, HEIGHT, label);
    let (mut area, mut line) = (String::new(), String::new());
    let mut is_open = false;
    let mut x = 0.0;
    for hour in shown.hours {
        if let Some((mean, high)) = hour {
            let (left, right) = (short(time.at(x)), short(time.at(x + 1.0)));
            area.push_str(&format!(
                "M{left} {BASE}V{}H{right}V{BASE}Z",
                short(value.at(*mean))
            ));
            line.push_str(&format!(
                "{}{left} {}H{right}",
                if is_open { 'L' } else { 'M' },
                short(value.at(*high))
            ));
        }
        is_open = hour.is_some();
        x += 1.0;
    }
    svg.path("band", &area);
    svg.path("highest", &line);
    svg.line("axis", (LEFT, BASE), (RIGHT, BASE));
    for at in [0.0, most] {
        svg.text(
            "small",
            (LEFT - 4.0, value.at(at) + 3.5),
            Anchor::End,
            &(shown.amount)(at),
        );
    }
    let mut noon = 12.0;
    for day in &shown.days {
        svg.text("small", (time.at(noon), BASE + 14.0), Anchor::Middle, day);
        noon += 24.0;
    }
    svg.finish()
}
