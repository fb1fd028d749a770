//! The first two printed pages: the answer, what it rests on, what would change it, and what to decide.

use std::fmt::Write as _;

use super::write;
use crate::plan::{BillKey, Bound, Category, EnvironmentPlan, Grade, Plan};
use crate::render::figure::{Curve, Step, StepKind, Swing, curve, escaped, tornado, waterfall};
use crate::render::report::Head;
use crate::render::report::block::{Block, Cell, Drawing, Table};
use crate::render::report::voice::Voice;
use crate::render::report::{decisions, idle, risks};
use crate::render::{answer, category};
use crate::units::Money;
use crate::wording::{Text, text};

/// Rows of the risks that stand in front; all are behind.
const RISKS: usize = 6;
/// Drivers in the figure; all are in the table behind.
const DRIVERS: usize = 5;
/// Of today's cost: smaller changes are one step together.
const SMALL_SHARE: f64 = 0.005;

/// The two printed pages that decide.
pub(super) fn write(page: &mut String, plan: &Plan, head: &Head, voice: Voice) {
    let _ = write!(
        page,
        "<header><div class=\"tools\" id=\"tools\" hidden></div><h1>{}</h1><p class=\"head-band\">",
        escaped(&head.title)
    );
    write::line(page, &head.coverage);
    page.push_str(
        "</p></header>\n<main id=\"main\" tabindex=\"-1\"><div class=\"front\"><section id=\"answer\" aria-labelledby=\"answer-title\">",
    );
    let _ = write!(
        page,
        "<h2 id=\"answer-title\">{}</h2><p class=\"answer\">{}</p>",
        escaped(&voice.say(&text!("answer-title"))),
        escaped(&head.answer)
    );
    write::blocks(page, &head.warnings);
    cards(page, plan, voice);
    write::blocks(page, &[Block::Notice(voice.line(&text!("directional")))]);
    page.push_str("<div class=\"waterfall\">");
    write::drawing(page, &waterfall_drawing(plan, voice));
    page.push_str("</div>");
    link(page, "money", voice);
    pair(page, &idle::drawings(plan, voice));
    link(page, "idle", voice);
    page.push_str(
        "</section>\n<section class=\"second\" id=\"choices\" aria-labelledby=\"choices-title\">",
    );
    let _ = write!(
        page,
        "<h2 id=\"choices-title\">{}</h2>",
        escaped(&voice.say(&text!("choices-title")))
    );
    write::table(page, &alternatives(plan, voice));
    link(page, "alternatives", voice);
    pair(
        page,
        &[curve_drawing(plan, voice), tornado_drawing(plan, voice)],
    );
    link(page, "move", voice);
    let _ = write!(
        page,
        "<h2>{}</h2>",
        escaped(&voice.say(&text!("risks-title")))
    );
    let all = risks::risks(plan, voice);
    if all.is_empty() {
        write::blocks(page, &[Block::Paragraph(voice.line(&text!("risks-empty")))]);
    } else {
        write::table(
            page,
            &risks::table(
                "first-risks",
                all.get(..RISKS.min(all.len())).unwrap_or_default(),
                voice,
            ),
        );
        link(page, "risks", voice);
    }
    let _ = write!(
        page,
        "<h2>{}</h2>",
        escaped(&voice.say(&text!("decisions-title")))
    );
    write::blocks(page, &[Block::List(decisions::decisions(plan, voice))]);
    page.push_str("</section></div>\n");
}

fn link(page: &mut String, section: &str, voice: Voice) {
    let _ = write!(
        page,
        "<p class=\"more-link\"><a href=\"#{section}\">{}</a></p>",
        escaped(&voice.say(&text!("to-the-table")))
    );
}

fn pair(page: &mut String, drawings: &[Drawing]) {
    page.push_str("<div class=\"pair\">");
    drawings
        .iter()
        .for_each(|drawing| write::drawing(page, drawing));
    page.push_str("</div>");
}

/// The total of a bill in whole dollars; the least that it can be, where a line has no price.
fn total(plan: &Plan, key: BillKey, voice: Voice) -> Text {
    let Some(bill) = plan.bill(key) else {
        return Text::default();
    };
    at_least(bill.total, bill.unpriced_lines, voice)
}

fn at_least(amount: Money, unpriced_lines: u32, voice: Voice) -> Text {
    answer::bounded(voice.whole_money(amount), Bound::of_total(unpriced_lines))
}

/// The four numbers with their ranges, and how far they can be trusted.
fn cards(page: &mut String, plan: &Plan, voice: Voice) {
    let range = |key: BillKey| {
        let bill = plan.bill(key);
        let ends = bill.map_or((Money::ZERO, Money::ZERO), |bill| (bill.low, bill.high));
        let (low, high) = (voice.whole_money(ends.0), voice.whole_money(ends.1));
        voice.say(&match bill.map_or(0, |bill| bill.unpriced_lines) {
            0 => text!("card-range", low = low, high = high),
            _ => text!("card-range-priced", low = low, high = high),
        })
    };
    let scenario = |name: &str| {
        plan.economics
            .scenarios
            .iter()
            .find(|scenario| scenario.name == name)
    };
    let saving_range = match (scenario("cautious"), scenario("optimistic")) {
        (Some(low), Some(high)) => {
            let (low, high) = (
                voice.whole_money(low.saving),
                voice.whole_money(high.saving),
            );
            voice.say(&match plan.saving.bound {
                Bound::Exact => text!("card-saving-range", low = low, high = high),
                Bound::AtLeast | Bound::AtMost | Bound::Unknown => {
                    text!("card-saving-range-priced", low = low, high = high)
                }
            })
        }
        _ => String::new(),
    };
    let once_range = match (scenario("optimistic"), scenario("cautious")) {
        (Some(low), Some(high)) => voice.say(&text!(
            "card-range",
            low = voice.whole_money(low.once),
            high = voice.whole_money(high.once)
        )),
        _ => String::new(),
    };
    let moved = &plan.economics.move_;
    let break_even = match moved.break_even_month {
        Some(month) => text!("card-break-even", month = month),
        None => text!("card-never", months = moved.curve.len()),
    };
    let a_year = plan.saving.per_month.times(12);
    let cards = [
        (
            text!("card-today"),
            voice.say(&total(plan, BillKey::TODAY, voice)),
            range(BillKey::TODAY),
            String::new(),
        ),
        (
            text!("card-after"),
            voice.say(&total(plan, BillKey::AFTER, voice)),
            range(BillKey::AFTER),
            String::new(),
        ),
        (
            text!("card-saving"),
            voice.say(&answer::bounded(
                voice.whole_money(plan.saving.per_month),
                plan.saving.bound,
            )),
            saving_range,
            voice.say(&text!(
                "card-a-year",
                saving = answer::bounded(voice.whole_money(a_year), plan.saving.bound)
            )),
        ),
        (
            text!("card-once"),
            voice.whole_money(moved.once.total),
            once_range,
            voice.say(&break_even),
        ),
    ];
    page.push_str("<ul class=\"cards\">");
    for (title, number, range, more) in cards {
        let _ = write!(
            page,
            "<li><span>{}</span><b>{}</b><span>{}</span><span>{}</span></li>",
            escaped(&voice.say(&title)),
            escaped(&number),
            escaped(&range),
            escaped(&more)
        );
    }
    let _ = write!(
        page,
        "</ul><p class=\"basis\">{}</p>",
        escaped(&trust(plan, voice))
    );
}

fn trust(plan: &Plan, voice: Voice) -> String {
    let grades = || {
        let planned = plan
            .environments
            .iter()
            .filter_map(EnvironmentPlan::planned);
        planned.map(|(_, sizing)| sizing.evidence.cpu.grade.max(sizing.evidence.memory.grade))
    };
    let firm = grades().filter(|grade| *grade <= Grade::B).count();
    voice.say(&text!(
        "card-trust",
        planned = plan.coverage.planned,
        seen = plan.coverage.seen,
        unknown = plan.coverage.unknown,
        firm = firm,
        thin = grades().count() - firm
    ))
}

/// Machines go and nodes come; the rest is what changes by category, small changes together.
fn waterfall_drawing(plan: &Plan, voice: Voice) -> Drawing {
    let change = |label: String, amount: Money| Step {
        label,
        value: amount.as_f64(),
        shown: voice.signed_money(amount),
        kind: StepKind::Change,
    };
    let end = |label, bill: BillKey, amount: Money, kind| Step {
        label: voice.say(&label),
        value: amount.as_f64(),
        shown: voice.say(&total(plan, bill, voice)),
        kind,
    };
    let mut steps = vec![end(
        text!("waterfall-today"),
        BillKey::TODAY,
        plan.saving.today,
        StepKind::Measured,
    )];
    let (mut less, mut more, mut small) = (Vec::new(), Vec::new(), Money::ZERO);
    let threshold = plan.saving.today.as_f64() * SMALL_SHARE;
    for row in category::rows(plan) {
        let (today, after) = (row.today.amount, row.after.amount);
        if row.category == Category::Machines {
            less.push(change(voice.say(&text!("waterfall-instances")), -today));
            more.push(change(voice.say(&text!("waterfall-nodes")), after));
            continue;
        }
        let by = after - today;
        // What only the clusters bring is always named.
        let is_added = today == Money::ZERO && after != Money::ZERO;
        if by == Money::ZERO {
        } else if by.as_f64().abs() < threshold && !is_added {
            small += by;
        } else if by.is_negative() {
            less.push(change(voice.say(&row.title()), by));
        } else {
            more.push(change(voice.say(&row.title()), by));
        }
    }
    steps.append(&mut less);
    steps.append(&mut more);
    // What rounds to nothing would be a bar of nothing.
    if small.as_f64().abs() >= 0.5 {
        steps.push(change(voice.say(&text!("waterfall-small")), small));
    }
    steps.push(end(
        text!("waterfall-after"),
        BillKey::AFTER,
        plan.saving.after,
        StepKind::Planned,
    ));
    let says = voice.say(&text!(
        "waterfall-says",
        today = total(plan, BillKey::TODAY, voice),
        after = total(plan, BillKey::AFTER, voice)
    ));
    Drawing {
        id: "figure-waterfall".to_owned(),
        title: voice.say(&text!("waterfall-title")),
        svg: waterfall(&says, &steps),
        says,
        resource: "",
    }
}

fn alternatives(plan: &Plan, voice: Voice) -> Table {
    let titles = [
        text!("alternative-column"),
        text!("a-month-column"),
        text!("saves-column"),
        text!("saves-terms-column"),
    ];
    let titles = titles.map(|title| voice.say(&title));
    let mut table = Table::new(
        "alternatives-short",
        voice.say(&text!("alternatives-caption")),
        &titles,
        usize::MAX,
        "bills.csv",
    );
    let today = plan.bill(BillKey::TODAY);
    for one in &plan.economics.choosing.alternatives {
        let bound = one.saving_bound(today);
        let saved = |amount: Money| {
            Cell::number(
                voice.say(&answer::bounded(voice.whole_money(amount), bound)),
                amount.as_f64(),
            )
        };
        let total = Cell::number(
            voice.say(&at_least(one.monthly, one.unpriced_lines, voice)),
            one.monthly.as_f64(),
        );
        table.row([
            Cell::words(voice.say(&one.title)),
            total,
            saved(one.saving),
            saved(one.saving_with_terms),
        ]);
    }
    table
}

fn curve_drawing(plan: &Plan, voice: Voice) -> Drawing {
    let moved = &plan.economics.move_;
    let both = || {
        moved
            .curve
            .iter()
            .filter(|month| month.beanstalk > Money::ZERO && month.clusters > Money::ZERO)
            .map(|month| month.month)
    };
    let both_run = both().min().zip(both().max());
    let verdict = voice.say(&match moved.break_even_month {
        Some(month) => text!("curve-break-even", month = month),
        None => text!("curve-never", months = moved.curve.len()),
    });
    let says = voice.say(&match both_run {
        Some((first, last)) => text!(
            "curve-says",
            verdict = verdict.as_str(),
            once = voice.whole_money(moved.once.total),
            first = first,
            last = last,
            double = voice.whole_money(answer::unsigned(moved.double_running)),
            way = answer::way(moved.double_running)
        ),
        None => text!("curve-nothing-moves"),
    });
    let money = |value: f64| voice.short_money(value);
    let shown = Curve {
        sums: moved
            .curve
            .iter()
            .map(|month| month.cumulative.as_f64())
            .collect(),
        both_run,
        both_run_label: &voice.say(&text!("curve-both-run")),
        break_even: moved.break_even_month,
        verdict: &verdict,
        axis: &voice.say(&text!("curve-axis")),
        money: &money,
    };
    Drawing {
        id: "figure-break-even".to_owned(),
        title: voice.say(&text!("curve-title")),
        svg: curve(&says, &shown),
        says,
        resource: "",
    }
}

fn tornado_drawing(plan: &Plan, voice: Voice) -> Drawing {
    let economics = &plan.economics;
    let expected = economics
        .move_
        .curve
        .last()
        .map_or(Money::ZERO, |month| month.cumulative);
    let swings: Vec<Swing> = economics
        .tornado
        .iter()
        .take(DRIVERS)
        .map(|row| Swing {
            label: voice.say(&row.driver.text()),
            at_low: row.net_at_low.as_f64(),
            at_high: row.net_at_high.as_f64(),
            shown: voice.say(&text!(
                "tornado-ends",
                low = voice.short_money(row.net_at_low.as_f64()),
                high = voice.short_money(row.net_at_high.as_f64())
            )),
        })
        .collect();
    let says = voice.say(&match economics.tornado.first() {
        Some(first) => text!(
            "tornado-says",
            driver = voice.say(&first.driver.text()),
            months = economics.move_.curve.len(),
            low = voice.whole_money(first.net_at_low),
            high = voice.whole_money(first.net_at_high)
        ),
        None => text!("tornado-empty"),
    });
    let label = voice.say(&text!(
        "tornado-expected",
        net = voice.short_money(expected.as_f64())
    ));
    Drawing {
        id: "figure-tornado".to_owned(),
        title: voice.say(&text!("tornado-title")),
        svg: tornado(&says, (expected.as_f64(), &label), &swings),
        says,
        resource: "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Note;
    use crate::render::report::head;
    use crate::render::test_plan::hand_made;
    use crate::wording::Language;

    #[test]
    fn a_total_that_is_a_lower_bound_says_so_wherever_it_stands() {
        let plan = hand_made();
        let unpriced = |key| plan.bill(key).is_some_and(|bill| bill.unpriced_lines > 0);
        assert_eq!(
            [unpriced(BillKey::TODAY), unpriced(BillKey::AFTER)],
            [false, true]
        );
        let voice = Voice::new(Language::English);
        let mut page = String::new();
        write(&mut page, &plan, &head(&plan, voice), voice);
        let cards: Vec<&str> = page
            .split("<b>")
            .skip(1)
            .filter_map(|card| card.split("</b>").next())
            .collect();
        assert_eq!(cards[1], "at least $2,725", "{cards:?}");
        assert!(cards[2].starts_with("at most "), "{cards:?}");
        assert!(
            page.matches(">at least $2,725<").count() >= 2,
            "the card and the waterfall"
        );
        assert!(
            page.contains("to at least $2,725 after the move"),
            "the sentence under the waterfall"
        );
        assert!(
            page.contains("if all goes well, without the lines that have no price"),
            "the range of the saving"
        );
        assert!(
            page.contains("a year</span>") && page.matches(">at most ").count() >= 3,
            "a year, and what alternatives save"
        );
    }

    #[test]
    fn subnets_without_room_hold_up_everything_and_are_decided_on() {
        let mut plan = hand_made();
        let voice = Voice::new(Language::English);
        assert!(
            !decisions::decisions(&plan, voice)
                .iter()
                .any(|line| line.plain().contains("enough addresses"))
        );
        let note = || {
            Note::warning(
                risks::NO_ROOM,
                "subnet-1",
                Text::plain("no room"),
                Text::plain("a larger one"),
            )
        };
        plan.notes.extend([note(), note()]);
        let risks = risks::risks(&plan, voice);
        assert_eq!(
            (risks[0].what.as_str(), risks[0].subjects.len()),
            ("no room", 1),
            "{risks:?}"
        );
        assert!(
            decisions::decisions(&plan, voice)
                .iter()
                .any(|line| line.plain().contains("enough addresses"))
        );
    }

    #[test]
    fn findings_that_differ_are_told_by_an_example() {
        let mut plan = hand_made();
        let mut other = plan.notes[0].clone();
        other.subject = Text::plain("another");
        other.message = Text::plain("something else");
        plan.notes.push(other);
        let risks = risks::risks(&plan, Voice::new(Language::English));
        assert!(
            risks
                .iter()
                .any(|risk| risk.what.starts_with("for example ")),
            "{risks:?}"
        );
    }
}
