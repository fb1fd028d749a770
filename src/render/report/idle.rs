//! How much of what is paid for today is used.

use super::block::{Block, Cell, Drawing, NarrowLayout, Section, Table};
use super::locale::Locale;
use crate::plan::{Plan, TENTHS, Tenths};
use crate::render::figure::{TenthsFigure, tenths};
use crate::wording::{Text, text};

const ROOM: usize = 1_500;

/// Both distributions with their table; a sentence where nothing is known.
pub(super) fn section(plan: &Plan, locale: Locale) -> Section {
    let section = Section::new(
        "idle",
        locale.say(&text!("idle-title")),
        locale.line(&finding(plan, locale)),
    )
    .with(Block::Paragraph(locale.line(&text!("idle-basis"))));
    let drawn = drawings(plan, locale);
    if drawn.is_empty() {
        return section;
    }
    section
        .with(Block::Drawings(drawn))
        .with(Block::Table(table(plan, locale)))
}

/// How much of it is under a fifth in use.
fn finding(plan: &Plan, locale: Locale) -> Text {
    let share = |of: &Tenths| Some(locale.percent(of.share_under(2)?, 0));
    let (cpu, memory) = (
        share(&plan.utilisation.cpu),
        share(&plan.utilisation.memory),
    );
    match (cpu, memory) {
        (Some(cpu), Some(memory)) => text!("finding-idle", cpu = cpu, memory = memory),
        (Some(cpu), None) => text!("finding-idle-cpu", cpu = cpu),
        (None, Some(memory)) => text!("finding-idle-memory", memory = memory),
        (None, None) => text!("idle-empty"),
    }
}

/// A drawing for CPU and one for memory; none where production has no machine.
pub(in crate::render) fn drawings(plan: &Plan, locale: Locale) -> Vec<Drawing> {
    let cpu = (
        &plan.utilisation.cpu,
        text!("cpu"),
        text!("idle-cpu-unit"),
        "of-cpu",
    );
    let memory = (
        &plan.utilisation.memory,
        text!("memory"),
        text!("idle-memory-unit"),
        "of-memory",
    );
    let drawn = [cpu, memory]
        .into_iter()
        .filter(|(tenths, ..)| whole(tenths) > 0.0);
    drawn
        .map(|(of, name, unit, class)| drawing(of, &name, &unit, class, locale))
        .collect()
}

fn whole(of: &Tenths) -> f64 {
    of.known() + of.unknown
}

fn drawing(of: &Tenths, name: &Text, unit: &Text, class: &'static str, locale: Locale) -> Drawing {
    let all = whole(of);
    let labels: [String; TENTHS] =
        std::array::from_fn(|tenth| format!("{}–{}", tenth * 10, tenth * 10 + 10));
    let percent = |share: f64| locale.percent(share, 0);
    let unknown = of.unknown / all;
    let says = match of.share_under(2) {
        Some(share) => text!(
            "idle-says",
            unit = unit.clone(),
            share = locale.percent(share, 0),
            unknown = locale.percent(unknown, 0)
        ),
        None => text!("idle-unknown", resource = name.clone()),
    };
    let says = locale.say(&says);
    let shown = TenthsFigure {
        shares: of.hours.map(|hours| hours / all),
        unknown,
        labels,
        unknown_label: &locale.say(&text!("idle-unknown-label")),
        axis: &locale.say(&text!(
            "idle-axis",
            resource = name.clone(),
            unit = unit.clone()
        )),
        percent: &percent,
    };
    Drawing {
        id: format!("figure-idle-{class}"),
        title: locale.say(&text!("idle-finding", resource = name.clone())),
        svg: tenths(&says, &shown),
        says,
        narrow: NarrowLayout::Fits,
        resource: class,
    }
}

fn table(plan: &Plan, locale: Locale) -> Table {
    let titles = [
        text!("idle-used-column"),
        text!("idle-vcpu-column"),
        text!("share-column"),
        text!("idle-gib-column"),
        text!("share-column"),
    ];
    let titles = titles.map(|title| locale.say(&title));
    let mut table = Table::new(
        "idle-hours",
        locale.say(&text!("idle-caption")),
        &titles,
        ROOM,
        "plan.json",
    );
    let (cpu, memory) = (&plan.utilisation.cpu, &plan.utilisation.memory);
    let hours = |hours: f64, of: &Tenths| {
        let share = if whole(of) > 0.0 {
            hours / whole(of)
        } else {
            0.0
        };
        [
            Cell::number(locale.grouped(hours), hours),
            Cell::number(locale.percent(share, 1), share),
        ]
    };
    for tenth in 0..TENTHS {
        let (from, to) = (tenth * 10, tenth * 10 + 10);
        let at = |of: &Tenths| of.hours.get(tenth).copied().unwrap_or_default();
        let [one, two] = hours(at(cpu), cpu);
        let [three, four] = hours(at(memory), memory);
        table.row([
            Cell::words(locale.say(&text!("idle-from-to", from = from, to = to))),
            one,
            two,
            three,
            four,
        ]);
    }
    let [one, two] = hours(cpu.unknown, cpu);
    let [three, four] = hours(memory.unknown, memory);
    table.row([
        Cell::words(locale.say(&text!("idle-not-reported"))),
        one,
        two,
        three,
        four,
    ]);
    let [one, two] = hours(whole(cpu), cpu);
    let [three, four] = hours(whole(memory), memory);
    table.total([
        Cell::words(locale.say(&text!("total"))),
        one,
        two,
        three,
        four,
    ]);
    table
}
