//! The figures of the two pages that decide.

use crate::plan::{Alternative, AlternativeKind, Category, Plan};
use crate::render::answer;
use crate::render::category::{CategoryRow, rows_between};
use crate::render::figure::{
    Curve, Curves, Dot, Role, Step, StepKind, TornadoBar, curves, dots, tornado, waterfall,
};
use crate::render::report::block::{Drawing, NarrowLayout};
use crate::render::report::locale::Locale;
use crate::render::verdict::{Verdict, VerdictBasis};
use crate::units::Money;
use crate::wording::{Text, text};

/// Drivers in the figure; all are in the table behind.
const DRIVERS: usize = 5;
/// Of today's cost: smaller changes are one step together.
const SMALL_SHARE: f64 = 0.005;
/// In pixels of their own: across a page or a wide screen, in a column, on a telephone.
const WIDE: f64 = 720.0;
const HALF: f64 = 350.0;
const NARROW: f64 = 340.0;

/// What a row or a line is called: short, since its bill and its nodes stand in tables.
fn name(one: &Alternative, basis: &VerdictBasis<'_>, locale: Locale) -> String {
    let kind = match one.kind {
        AlternativeKind::AsIs => text!("as-it-is-column"),
        AlternativeKind::AsAsked => text!("as-asked-column"),
        other => other.title(),
    };
    if one.kind == basis.best.kind && one.recommended {
        let name = locale.say(&kind);
        locale.say(&match basis.verdict {
            Verdict::Not => text!("named-cheapest", name = name),
            Verdict::AsAsked | Verdict::Otherwise => text!("named-recommended", name = name),
        })
    } else {
        locale.say(&kind)
    }
}

fn role(one: &Alternative, basis: &VerdictBasis<'_>) -> Role {
    if one.kind == basis.best.kind && one.recommended {
        Role::Best
    } else if one.kind == basis.asked.kind {
        Role::Asked
    } else if one.kind == basis.as_is.kind {
        Role::Today
    } else {
        Role::Other
    }
}

/// Every alternative by what it costs.
pub(super) fn alternatives(plan: &Plan, basis: &VerdictBasis<'_>, locale: Locale) -> Drawing {
    let mut all: Vec<&Alternative> = plan.economics.choosing.alternatives.iter().collect();
    all.sort_by_key(|one| (one.monthly, one.kind));
    let rows: Vec<Dot> = all
        .iter()
        .map(|one| Dot {
            label: name(one, basis, locale),
            value: locale.on_axis(one.monthly),
            low: locale.on_axis(one.likely.low),
            high: locale.on_axis(one.likely.high),
            shown: answer::marked(locale.whole_money(one.monthly), one.unpriced_lines > 0),
            role: role(one, basis),
        })
        .collect();
    let cheapest = all
        .first()
        .map_or_else(String::new, |one| locale.say(&one.title));
    let says = locale.say(&text!("dots-says"));
    let money = |value: f64| locale.axis_mark(value);
    Drawing {
        id: "figure-alternatives".to_owned(),
        title: locale.say(&text!("dots-title", title = cheapest)),
        svg: dots(&says, WIDE, &rows, &money),
        narrow: NarrowLayout::Own(dots(&says, NARROW, &rows, &money)),
        says,
        resource: "",
    }
}

/// Net changes by what is paid for, from today to the best plan, and from there to the plan as asked.
pub(super) fn changes(plan: &Plan, basis: &VerdictBasis<'_>, locale: Locale) -> Drawing {
    let end = |label: Text, one: &Alternative, kind| Step {
        label: locale.say(&label),
        value: locale.on_axis(one.monthly),
        shown: answer::marked(locale.whole_money(one.monthly), one.unpriced_lines > 0),
        kind,
    };
    let today = text!("as-it-is-column");
    let mut steps = vec![end(today, basis.as_is, StepKind::Measured)];
    let between = |from: &Alternative, to: &Alternative| {
        let rows = rows_between(plan.bill(from.bill), plan.bill(to.bill));
        net(&rows, basis.as_is.monthly, locale)
    };
    steps.extend(between(basis.as_is, basis.best));
    if basis.is_other() {
        steps.push(end(basis.best_title(), basis.best, StepKind::Planned));
        steps.extend(between(basis.best, basis.asked));
    }
    steps.push(end(
        text!("as-asked-column"),
        basis.asked,
        StepKind::Planned,
    ));
    let says = locale.say(&text!("waterfall-says"));
    Drawing {
        id: "figure-waterfall".to_owned(),
        title: locale.say(&text!("waterfall-title")),
        svg: waterfall(&says, HALF, &steps),
        narrow: NarrowLayout::Fits,
        says,
        resource: "",
    }
}

/// What goes first, then what comes, then all small changes together.
fn net(rows: &[CategoryRow], today: Money, locale: Locale) -> Vec<Step> {
    let step = |label: String, amount: Money| Step {
        label,
        value: locale.on_axis(amount),
        shown: locale.signed_money(amount),
        kind: StepKind::Change,
    };
    let threshold = today.as_f64() * SMALL_SHARE;
    let (mut large, mut small) = (Vec::new(), Money::ZERO);
    for row in rows {
        let by = row.after.amount - row.today.amount;
        // What only the clusters bring is always named.
        let is_named = row.category == Category::ControlPlanes && by != Money::ZERO;
        if by.as_f64().abs() < threshold && !is_named {
            small += by;
        } else {
            large.push((by, locale.say(&row.title())));
        }
    }
    large.sort();
    let mut steps: Vec<Step> = large
        .into_iter()
        .map(|(by, label)| step(label, by))
        .collect();
    // What rounds to nothing would be a bar of nothing.
    if small.as_f64().abs() >= 0.5 {
        steps.push(step(locale.say(&text!("waterfall-small")), small));
    }
    steps
}

/// What every alternative has brought in, month by month.
pub(super) fn paybacks(plan: &Plan, basis: &VerdictBasis<'_>, locale: Locale) -> Drawing {
    let moved = &plan.economics.move_;
    let both = || {
        moved
            .curve
            .iter()
            .filter(|month| month.beanstalk > Money::ZERO && month.clusters > Money::ZERO)
            .map(|month| month.month)
    };
    let both_run = both().min().zip(both().max());
    let all = &plan.economics.choosing.alternatives;
    let mut drawn: Vec<&Alternative> = all
        .iter()
        .filter(|one| !one.cumulative_by_month.is_empty())
        .collect();
    // Those that matter are drawn over the others.
    drawn.sort_by_key(|one| match role(one, basis) {
        Role::Best => 2,
        Role::Asked => 1,
        Role::Today | Role::Other => 0,
    });
    let lines: Vec<Curve> = drawn
        .iter()
        .map(|one| Curve {
            label: locale.say(&text!(
                "curve-end",
                name = name(one, basis, locale),
                sum = locale.short_money(one.cumulative)
            )),
            sums: one
                .cumulative_by_month
                .iter()
                .map(|sum| locale.on_axis(*sum))
                .collect(),
            paid_back: one.payback_month,
            class: match role(one, basis) {
                Role::Best => "best-line",
                Role::Asked => "plan-line",
                Role::Today | Role::Other => "other-line",
            },
        })
        .collect();
    let best = basis.best;
    let title = locale.say(&match best.payback_month {
        Some(month) if best.saving > Money::ZERO => text!("curve-break-even", month = month),
        _ => text!("curve-never", months = moved.curve.len()),
    });
    let says = locale.say(&match both_run {
        Some((first, last)) => text!(
            "curve-says",
            first = first,
            last = last,
            double = locale.whole_money(answer::unsigned(moved.double_running)),
            way = answer::more_or_less(moved.double_running)
        ),
        None => text!("curve-nothing-moves"),
    });
    let words = locale.say(&text!("curve-both-run"));
    let shown = Curves {
        curves: &lines,
        both_run: both_run.map(|(first, last)| (first, last, words.as_str())),
        axis: &locale.say(&text!("curve-axis")),
        money: &|value| locale.axis_mark(value),
    };
    Drawing {
        id: "figure-break-even".to_owned(),
        title,
        svg: curves(&says, WIDE, &shown),
        narrow: NarrowLayout::Own(curves(&says, NARROW, &shown)),
        says,
        resource: "",
    }
}

/// What would change the result of the plan as asked.
pub(super) fn drivers(plan: &Plan, locale: Locale) -> Drawing {
    let economics = &plan.economics;
    let expected = economics
        .move_
        .curve
        .last()
        .map_or(Money::ZERO, |month| month.cumulative);
    let swings: Vec<TornadoBar> = economics
        .tornado
        .iter()
        .take(DRIVERS)
        .map(|row| TornadoBar {
            label: locale.say(&row.driver.text()),
            at_low: locale.on_axis(row.net_at_low),
            at_high: locale.on_axis(row.net_at_high),
        })
        .collect();
    let label = locale.say(&text!(
        "tornado-expected",
        net = locale.short_money(expected)
    ));
    let says = locale.say(&match economics.tornado.first() {
        Some(_) => text!("tornado-says-front", months = economics.move_.curve.len()),
        None => text!("tornado-empty"),
    });
    let money = |value: f64| locale.axis_mark(value);
    Drawing {
        id: "figure-tornado".to_owned(),
        title: locale.say(&text!("tornado-title")),
        svg: tornado(
            &says,
            HALF,
            (locale.on_axis(expected), &label),
            &swings,
            &money,
        ),
        narrow: NarrowLayout::Fits,
        says,
        resource: "",
    }
}
