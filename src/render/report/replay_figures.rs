//! How full the nodes of a group would have been, day by day.

use super::block::{Drawing, NarrowLayout};
use super::locale::Locale;
use crate::plan::{ReplayRun, ReplayedGroup};
use crate::render::figure::{UsageFigure, usage};
use crate::wording::{Text, text};

/// So many groups are drawn; the numbers of all stand in plan.json.
const DRAWN: usize = 4;

/// CPU and memory of each group: from the mean of a day to its highest hour.
pub(super) fn drawings(run: &ReplayRun, locale: Locale) -> Vec<Drawing> {
    run.groups
        .iter()
        .take(DRAWN)
        .flat_map(|group| {
            [
                drawing(run, group, "cpu", &group.cpu_per_mille_by_day, locale),
                drawing(run, group, "memory", &group.memory_per_mille_by_day, locale),
            ]
        })
        .collect()
}

fn drawing(
    run: &ReplayRun,
    group: &ReplayedGroup,
    class: &'static str,
    by_day: &[(u16, u16)],
    locale: Locale,
) -> Drawing {
    let share = |per_mille: u16| f64::from(per_mille) / 1_000.0;
    let ends: Vec<Option<(f64, f64)>> = by_day
        .iter()
        .map(|&(mean, highest)| Some((share(mean), share(highest))))
        .collect();
    let (title, used): (fn(_, _, _) -> Text, _) = match class {
        "cpu" => (
            |name: String, from: u32, to: u32| {
                text!("replay-figure-cpu", group = name, from = from, to = to)
            },
            group.node_cpu,
        ),
        _ => (
            |name: String, from: u32, to: u32| {
                text!("replay-figure-memory", group = name, from = from, to = to)
            },
            group.node_memory,
        ),
    };
    let name = format!("{}/{}", group.cluster, group.group);
    let title = locale.say(&title(name, group.fewest_nodes, group.most_nodes));
    let says = locale.say(&text!(
        "replay-figure-says",
        mean = locale.percent(used.mean, 0),
        p99 = locale.percent(used.p99, 0)
    ));
    let (from, to) = (locale.day(run.from), locale.day(run.to));
    let shown = UsageFigure {
        ends: &ends,
        request: used.mean,
        limit: Some(1.0),
        // Nothing that is drawn.
        has_today: f64::INFINITY,
        request_label: &locale.say(&text!("replay-figure-mean")),
        limit_label: &locale.say(&text!("replay-figure-all")),
        today_label: "",
        days: (&from, &to),
        amount: &|share| locale.percent(share, 0),
    };
    Drawing {
        id: format!("figure-replay-{}-{}-{class}", group.cluster, group.group),
        title,
        svg: usage(&says, &shown),
        says,
        narrow: NarrowLayout::Fits,
        resource: "",
    }
}
